package io.hasupervisor.publish;

import java.time.Duration;

/**
 * A length of time as people say it: its two greatest units, such as {@code 1h 5m} or {@code 12s}.
 */
public final class Span {
  private Span() {}

  /** {@code length} to the second, below one second to the millisecond; never negative. */
  public static String text(Duration length) {
    if (length.compareTo(Duration.ofSeconds(1)) < 0) {
      long millis = Math.max(0, length.toMillis());
      return millis == 0 ? "0s" : millis + "ms";
    }
    Duration rounded = Duration.ofSeconds(length.plusMillis(500).toSeconds());
    if (rounded.toDays() > 0) {
      return two(rounded.toDays(), "d", rounded.toHoursPart(), "h");
    }
    if (rounded.toHours() > 0) {
      return two(rounded.toHours(), "h", rounded.toMinutesPart(), "m");
    }
    return rounded.toMinutes() > 0
        ? two(rounded.toMinutes(), "m", rounded.toSecondsPart(), "s")
        : rounded.toSeconds() + "s";
  }

  private static String two(long great, String greatUnit, long small, String smallUnit) {
    return great + greatUnit + (small == 0 ? "" : " " + small + smallUnit);
  }
}
