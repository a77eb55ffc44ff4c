package io.hasupervisor.observe.backup;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backup's name, {@code etcd-CLUSTER-20260131T141500Z-r812233}, to which {@code .db} is added for
 * the snapshot and {@code .json} for what is known of it.
 *
 * @param cluster as configured, without characters that a file name should not have
 * @param at whole seconds
 * @param revision that it holds at least
 */
public record BackupName(String cluster, Instant at, long revision) {
  private static final Pattern NAME =
      Pattern.compile("etcd-(.+)-([0-9]{8}T[0-9]{6}Z)-r([0-9]{1,18})");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  public BackupName {
    cluster = fit(cluster);
    at = at.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Reads a name without its ending; empty where it is none of a backup. */
  public static Optional<BackupName> parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new BackupName(
              matcher.group(1),
              LocalDateTime.parse(matcher.group(2), STAMP).toInstant(ZoneOffset.UTC),
              Long.parseLong(matcher.group(3))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A cluster's name as it stands in a file's. */
  public static String fit(String cluster) {
    return cluster.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /** A time as it stands in a file's name. */
  public static String stamp(Instant at) {
    return STAMP.format(at);
  }

  @Override
  public String toString() {
    return "etcd-%s-%s-r%d".formatted(cluster, stamp(at), revision);
  }
}
