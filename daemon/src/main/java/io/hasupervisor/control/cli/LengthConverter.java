package io.hasupervisor.control.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Lengths of time as on the command line: {@code 90s}, {@code 30m}, {@code 1h30m}, {@code 2d}. */
public final class LengthConverter implements ITypeConverter<Duration> {
  private static final Pattern LENGTH =
      Pattern.compile("(?:(\\d{1,5})d)?(?:(\\d{1,5})h)?(?:(\\d{1,5})m)?(?:(\\d{1,5})s)?");

  @Override
  public Duration convert(String text) {
    Matcher matcher = LENGTH.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(wrong(text));
    }
    Duration length =
        Duration.ofDays(part(matcher, 1))
            .plusHours(part(matcher, 2))
            .plusMinutes(part(matcher, 3))
            .plusSeconds(part(matcher, 4));
    if (!length.isPositive()) {
      throw new TypeConversionException(wrong(text));
    }
    return length;
  }

  private static String wrong(String text) {
    return "'" + text + "' is not a length of time such as 90s, 30m, 1h30m or 2d";
  }

  private static long part(Matcher matcher, int group) {
    return Optional.ofNullable(matcher.group(group)).map(Long::parseLong).orElse(0L);
  }
}
