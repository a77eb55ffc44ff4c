package io.hasupervisor.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types of what is counted or measured. */
final class Amounts {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(KiB|MiB|GiB)");

  /** A week: who needs longer wants a hold, not a delay. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private Amounts() {}

  /** A duration from {@code least}, such as {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h}. */
  static Type<Duration> duration(Duration least) {
    return duration(least, LONGEST, ", such as 500ms, 10s, 5m or 2h");
  }

  /** One from {@code least} to {@code most}. */
  static Type<Duration> duration(Duration least, Duration most) {
    return duration(least, most, "");
  }

  private static Type<Duration> duration(Duration least, Duration most, String examples) {
    return Type.text(
        "a duration from " + shown(least) + " to " + shown(most) + examples,
        text ->
            Optional.of(text)
                .filter(t -> !t.endsWith("d"))
                .flatMap(Amounts::duration)
                .filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0));
  }

  /** How long before the end of something, such as {@code 36h}, {@code 30d}: up to ten years. */
  static Type<Duration> days() {
    return Type.text(
        "a duration from 1h to 3650d, such as 36h or 30d",
        text ->
            duration(text)
                .filter(d -> d.compareTo(Duration.ofHours(1)) >= 0)
                .filter(d -> d.compareTo(Duration.ofDays(3650)) <= 0));
  }

  private static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        });
  }

  /** As it would be written. */
  static String shown(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
  }

  /** Bytes, such as {@code 64MiB}. */
  static Type<Long> size(long least, long most) {
    return Type.text(
        "a size from %s to %s, such as 512KiB, 64MiB or 1GiB".formatted(shown(least), shown(most)),
        text -> size(text).filter(bytes -> bytes >= least && bytes <= most));
  }

  private static String shown(long bytes) {
    int unit = Math.clamp(Long.numberOfTrailingZeros(bytes) / 10, 1, 3);
    return (bytes >> (10 * unit)) + List.of("KiB", "MiB", "GiB").get(unit - 1);
  }

  private static Optional<Long> size(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int shift = 10 * (1 + "KMG".indexOf(matcher.group(2).charAt(0)));
    return Optional.of(Long.parseLong(matcher.group(1)) << shift);
  }

  static Type<Integer> whole(int least, int most) {
    return Type.text(
        "a whole number from " + least + " to " + most,
        text ->
            text.matches("[0-9]{1,9}")
                ? Optional.of(Integer.valueOf(text)).filter(n -> n >= least && n <= most)
                : Optional.empty());
  }

  /** From 0 to 1. */
  static Type<Double> fraction() {
    return Type.text(
        "a number from 0 to 1, such as 0.25",
        text ->
            text.matches("[0-9](\\.[0-9]{1,6})?")
                ? Optional.of(new BigDecimal(text).doubleValue()).filter(n -> n <= 1)
                : Optional.empty());
  }
}
