package io.hasupervisor.decide.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the next backup is due. Time is cut into slots; each master's begin at another minute, and
 * each slot gets one backup, as soon as it has begun or is seen to have been missed.
 *
 * @param every length of a slot
 * @param rank of this host's member among the voters, by id, from 0
 * @param voters at least 1
 */
public record Schedule(Duration every, int rank, int voters) {
  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final Duration LAST_RETRY = Duration.ofMinutes(30);

  /** Between two backups at least a slot's sixth, however the clock jumps. */
  private static final int GAP = 6;

  /**
   * What was tried.
   *
   * @param at monotonic time of the end of the last try
   * @param failures since the last success; 0 after one
   */
  public record Tried(Duration at, int failures) {}

  /**
   * How long to wait from now; zero: it is due.
   *
   * @param newest when the newest verified backup was made; it may lie in the future, where the
   *     clock was wrong
   * @param tried empty before the first try of this daemon
   */
  public Duration wait(
      Instant wall, Optional<Instant> newest, Duration now, Optional<Tried> tried) {
    Duration slot =
        newest.filter(at -> slot(at) == slot(wall)).map(_ -> untilNext(wall)).orElse(Duration.ZERO);
    Duration gap = tried.map(last -> last.at().plus(gap(last)).minus(now)).orElse(Duration.ZERO);
    Duration longest = slot.compareTo(gap) > 0 ? slot : gap;
    return longest.isNegative() ? Duration.ZERO : longest;
  }

  private Duration gap(Tried last) {
    if (last.failures() == 0) {
      return every.dividedBy(GAP);
    }
    Duration retry = FIRST_RETRY.multipliedBy(1L << Math.min(10, last.failures() - 1));
    return retry.compareTo(LAST_RETRY) < 0 ? retry : LAST_RETRY;
  }

  private Duration untilNext(Instant wall) {
    return Duration.ofMillis(every.toMillis() - Math.floorMod(sinceOffset(wall), every.toMillis()));
  }

  private long slot(Instant wall) {
    return Math.floorDiv(sinceOffset(wall), every.toMillis());
  }

  private long sinceOffset(Instant wall) {
    return wall.toEpochMilli() - every.toMillis() * rank / voters;
  }
}
