package io.hasupervisor.decide.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.BackupSettings;
import io.hasupervisor.cluster.BackupSettings.Keep;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.BackupName;
import io.hasupervisor.observe.backup.Sidecar;
import io.hasupervisor.observe.etcd.EtcdId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RetentionTest {
  private static final Instant START = Instant.parse("2026-01-01T00:10:00Z");
  private static final Keep KEEP = BackupSettings.DEFAULT.keep();
  private static final Retention ROOMY = new Retention(KEEP, Long.MAX_VALUE);

  static Backup backup(long sequence, Instant at, long revision, String problem) {
    BackupName name = new BackupName("c", at, revision);
    Sidecar sidecar =
        new Sidecar(
            sequence,
            at,
            "0f".repeat(32),
            100,
            EtcdId.of(1),
            EtcdId.of(2),
            revision,
            1,
            "3.4.23",
            100,
            100,
            Duration.ofSeconds(1),
            at,
            problem);
    return new Backup(Path.of("/b/" + name + ".db"), name, 100, Optional.of(sidecar));
  }

  static Backup unchecked(Instant at) {
    BackupName name = new BackupName("c", at, 1);
    return new Backup(Path.of("/b/" + name + ".db"), name, 100, Optional.empty());
  }

  private static List<Backup> hourly(int hours) {
    List<Backup> all = new ArrayList<>();
    for (int hour = 0; hour < hours; hour++) {
      all.add(backup(hour + 1, START.plus(Duration.ofHours(hour)), 100 + hour, ""));
    }
    return all;
  }

  private static List<Backup> after(Retention retention, List<Backup> all) {
    List<Backup> left = new ArrayList<>(all);
    left.removeAll(retention.expired(all));
    return left;
  }

  @Test
  void aHundredDaysOfHoursLeaveHoursDaysAndWeeks() {
    List<Backup> kept = after(ROOMY, hourly(24 * 100));
    // The last Sunday is one of the seven days.
    assertEquals(24 + 6 + 2, kept.size());
    Instant last = START.plus(Duration.ofHours(24 * 100 - 1));
    assertEquals(
        24, kept.stream().filter(b -> b.at().isAfter(last.minus(Duration.ofHours(24)))).count());
    assertTrue(kept.getFirst().at().isBefore(last.minus(Duration.ofDays(15))));
  }

  @Test
  void nothingGoesOfWhatIsFew() {
    assertEquals(List.of(), ROOMY.expired(hourly(24)));
    assertEquals(List.of(), ROOMY.expired(List.of()));
  }

  @Test
  void brokenOnesDoNotPushVerifiedOnesOut() {
    List<Backup> all = hourly(24);
    for (int i = 0; i < 100; i++) {
      all.add(backup(100 + i, START.plus(Duration.ofHours(24 + i)), 500, "bad"));
    }
    List<Backup> kept = after(ROOMY, all);
    assertEquals(24, kept.stream().filter(Backup::verified).count());
    assertEquals(Retention.BROKEN, kept.stream().filter(b -> !b.verified()).count());
  }

  @Test
  void whatNobodyHasCheckedIsNotRemoved() {
    List<Backup> all = hourly(200);
    for (int i = 0; i < 50; i++) {
      all.add(unchecked(START.minus(Duration.ofDays(i + 1))));
    }
    assertEquals(
        50, after(new Retention(KEEP, 1), all).stream().filter(b -> b.sidecar().isEmpty()).count());
  }

  @Test
  void aFullQuotaTakesTheOldestButNeverTheNewest() {
    List<Backup> all = hourly(20);
    List<Backup> kept = after(new Retention(KEEP, 500), all);
    assertEquals(all.subList(15, 20), kept);
    assertEquals(List.of(all.getLast()), after(new Retention(KEEP, 1), all));
  }

  @Test
  void theLastOneBeforeDataWasLostIsKept() {
    List<Backup> all = hourly(10);
    for (int i = 0; i < 24 * 60; i++) {
      all.add(backup(100 + i, START.plus(Duration.ofHours(10 + i)), 1 + i, ""));
    }
    assertTrue(after(ROOMY, all).contains(all.get(9)));
  }

  @Test
  void aClockThatWasWrongForDaysPushesNothingOutForEver() {
    List<Backup> all = hourly(48);
    for (int i = 0; i < 48; i++) {
      all.add(
          backup(
              100 + i, START.plus(Duration.ofDays(4000)).plus(Duration.ofHours(i)), 200 + i, ""));
    }
    for (int i = 0; i < 30; i++) {
      all.add(backup(200 + i, START.plus(Duration.ofHours(48 + i)), 300 + i, ""));
    }
    List<Backup> kept = after(ROOMY, all);
    assertEquals(all.getLast(), kept.stream().min(Backup.NEWEST_FIRST).orElseThrow());
    assertEquals(
        24,
        kept.stream().filter(b -> b.sequence() >= 200).count(),
        "the newest hours are all there");
  }

  /** Scenario 30, with clocks that jump, broken and foreign files, and a small disk. */
  @Test
  void inSixtyDaysOfTroubleTheNewestVerifiedOneIsAlwaysThere() {
    for (long seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      List<Backup> all = new ArrayList<>();
      Instant wall = START;
      long sequence = 0;
      Optional<Backup> newest = Optional.empty();
      for (int hour = 0; hour < 60 * 24; hour++) {
        wall = wall.plus(Duration.ofHours(1));
        if (random.nextInt(100) == 0) {
          wall = wall.plus(Duration.ofHours(random.nextInt(4000) - 2000));
        }
        int dice = random.nextInt(10);
        if (dice < 4) {
          continue; // It failed: nothing was made, and nothing is removed.
        }
        if (dice == 4 && !all.isEmpty()) {
          Backup bad = all.remove(random.nextInt(all.size()));
          all.add(backup(bad.sequence(), bad.at(), bad.revision(), "a bit has changed"));
          newest = all.stream().filter(Backup::verified).min(Backup.NEWEST_FIRST);
          continue;
        }
        if (dice == 5) {
          all.add(unchecked(wall.minusSeconds(1)));
        }
        sequence++;
        Backup made =
            backup(sequence, wall, 100 + hour / 2 - (random.nextInt(50) == 0 ? 90 : 0), "");
        all.add(made);
        newest = Optional.of(made);
        List<Backup> expired =
            new Retention(KEEP, random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(3000))
                .expired(all);
        assertFalse(expired.contains(made), "seed " + seed + " hour " + hour);
        all.removeAll(expired);
        assertTrue(all.containsAll(newest.stream().toList()));
        assertEquals(newest, all.stream().filter(Backup::verified).min(Backup.NEWEST_FIRST));
      }
      assertTrue(newest.isPresent());
    }
  }
}
