package io.hasupervisor.assess.etcd;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Times, addresses and lists as people say them. */
public final class Words {
  private Words() {}

  /** {@code 12 s}, {@code 4 min 10 s}, {@code 2 h 5 min}, {@code 3 d 4 h}; never negative. */
  public static String length(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return two(seconds / 60, "min", seconds % 60, "s");
    }
    return seconds < 86_400
        ? two(seconds / 3600, "h", seconds % 3600 / 60, "min")
        : two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  private static String two(long great, String greatUnit, long small, String smallUnit) {
    return great + " " + greatUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /** {@code a, b and c}. */
  public static String list(List<String> words) {
    return words.size() < 2
        ? String.join("", words)
        : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
  }

  /** {@code 1 voter}, {@code 2 voters}. */
  public static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** With a capital. */
  public static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
