package io.hasupervisor.act;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one incident, such as {@code 20261124T211453Z-docker-3}: sorts by time, and is safe as a
 * file name.
 *
 * @param stamp wall time of its beginning, in UTC
 * @param number counts the incidents of the service; unlike the time it never goes back
 */
record IncidentId(String stamp, String service, long number) {
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{8}T[0-9]{6}Z)-([A-Za-z0-9][A-Za-z0-9._@-]{0,63})-([1-9][0-9]{0,17})",
          Pattern.DOTALL);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Characters outside a file name's are replaced; the incident itself keeps the whole name. */
  static IncidentId of(Instant at, String service, long number) {
    String safe = service.replaceAll("[^A-Za-z0-9._@-]", "_").replaceFirst("^[^A-Za-z0-9]+", "");
    String name = safe.isEmpty() ? "service" : safe.substring(0, Math.min(64, safe.length()));
    return new IncidentId(STAMP.format(at), name, number);
  }

  /** Reads an id; empty for anything else, so that nothing else ever becomes part of a path. */
  static Optional<IncidentId> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      Instant _ = STAMP.parse(form.group(1), Instant::from);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    return Optional.of(new IncidentId(form.group(1), form.group(2), Long.parseLong(form.group(3))));
  }

  @Override
  public String toString() {
    return stamp + "-" + service + "-" + number;
  }
}
