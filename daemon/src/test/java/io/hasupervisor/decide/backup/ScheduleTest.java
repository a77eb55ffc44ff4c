package io.hasupervisor.decide.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.backup.Schedule.Tried;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration NOW = Duration.ofDays(3);

  private static Duration waiting(int rank, String wall, String newest) {
    return new Schedule(HOUR, rank, 3)
        .wait(
            Instant.parse("2026-01-01T" + wall + ":00Z"),
            newest.isEmpty()
                ? Optional.empty()
                : Optional.of(Instant.parse("2026-01-01T" + newest + ":00Z")),
            NOW,
            Optional.empty());
  }

  @Test
  void eachVoterHasAMinuteOfItsOwn() {
    assertEquals(Duration.ofMinutes(50), waiting(0, "10:10", "10:00"));
    assertEquals(Duration.ofMinutes(10), waiting(1, "10:10", "10:00"));
    assertEquals(Duration.ofMinutes(30), waiting(2, "10:10", "10:00"));
  }

  @Test
  void isDueAtOnceWhereThereIsNoneOrAnHourWasMissed() {
    assertEquals(Duration.ZERO, waiting(1, "10:10", ""));
    assertEquals(Duration.ZERO, waiting(0, "10:10", "08:59"));
    assertEquals(Duration.ZERO, waiting(0, "10:00", "09:59"));
  }

  @Test
  void aNewestOneFromAFutureThatNeverCameDoesNotEndBackups() {
    assertEquals(Duration.ZERO, waiting(0, "10:10", "23:10"));
  }

  @Test
  void afterFailuresItWaitsLongerEachTimeUpToHalfAnHour() {
    Schedule schedule = new Schedule(HOUR, 0, 1);
    long[] minutes = {1, 2, 4, 8, 16, 30, 30};
    for (int failures = 1; failures <= minutes.length; failures++) {
      assertEquals(
          Duration.ofMinutes(minutes[failures - 1]),
          schedule.wait(
              Instant.EPOCH, Optional.empty(), NOW, Optional.of(new Tried(NOW, failures))));
    }
    assertEquals(
        Duration.ofMinutes(30),
        schedule.wait(
            Instant.EPOCH, Optional.empty(), NOW, Optional.of(new Tried(NOW, 1_000_000))));
  }

  @Test
  void noClockThatJumpsMakesAStorm() {
    Random random = new Random(1);
    Schedule schedule = new Schedule(HOUR, 1, 3);
    Duration now = NOW;
    Optional<Instant> newest = Optional.empty();
    Optional<Tried> tried = Optional.empty();
    int made = 0;
    for (int second = 0; second < 24 * 3600; second += 30) {
      now = now.plusSeconds(30);
      Instant wall = Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
      if (schedule.wait(wall, newest, now, tried).isZero()) {
        made++;
        newest = Optional.of(wall);
        tried = Optional.of(new Tried(now, 0));
      }
    }
    assertTrue(made >= 24 && made <= 24 * 6, "made " + made);
  }

  @Test
  void aSteadyClockMakesOneEachHour() {
    Schedule schedule = new Schedule(HOUR, 2, 3);
    Optional<Instant> newest = Optional.empty();
    Optional<Tried> tried = Optional.empty();
    int made = 0;
    for (int minute = 0; minute < 24 * 60; minute++) {
      Instant wall = Instant.parse("2026-01-01T00:39:00Z").plus(Duration.ofMinutes(minute));
      Duration now = NOW.plusMinutes(minute);
      if (schedule.wait(wall, newest, now, tried).isZero()) {
        made++;
        newest = Optional.of(wall);
        tried = Optional.of(new Tried(now, 0));
      }
    }
    assertTrue(made == 24 || made == 25, "made " + made);
  }
}
