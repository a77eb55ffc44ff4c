package io.hasupervisor.decide.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.observe.backup.Backup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecheckTest {
  private static final Instant START = Instant.parse("2026-01-01T00:10:00Z");

  private static Optional<Backup> due(List<Backup> all, Instant wall) {
    return Recheck.due(all, wall, bound -> bound - 1);
  }

  @Test
  void oneByChanceIsReadAgainEachDayOverRestarts() {
    List<Backup> all = new ArrayList<>();
    int checks = 0;
    for (int hour = 0; hour < 240; hour++) {
      Instant wall = START.plus(Duration.ofHours(hour));
      all.add(RetentionTest.backup(hour + 1, wall, 1, ""));
      Optional<Backup> due = due(all, wall);
      if (due.isPresent()) {
        checks++;
        Backup old = due.get();
        all.remove(old);
        all.add(
            new Backup(
                old.file(),
                old.name(),
                old.size(),
                old.sidecar().map(known -> known.checked(wall, ""))));
      }
    }
    assertEquals(9, checks);
  }

  @Test
  void whatNobodyHasCheckedComesFirst() {
    Backup unchecked = RetentionTest.unchecked(START);
    assertEquals(
        Optional.of(unchecked),
        due(List.of(RetentionTest.backup(1, START, 1, ""), unchecked), START));
  }

  @Test
  void brokenOnesAreNotReadOverAndOver() {
    assertEquals(
        Optional.empty(),
        due(List.of(RetentionTest.backup(1, START, 1, "bad")), START.plus(Duration.ofDays(9))));
  }

  @Test
  void oneFromTheFutureDoesNotEndIt() {
    Backup future = RetentionTest.backup(1, START.plus(Duration.ofDays(900)), 1, "");
    assertEquals(Optional.of(future), due(List.of(future), START));
  }
}
