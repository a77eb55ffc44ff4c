package io.hasupervisor.assess.credential;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;

/** Files, dates and lists as people say them. */
final class Words {
  private Words() {}

  /** The file's name; etcd's with its folder, as {@code etcd/ca.crt} is not {@code ca.crt}. */
  static String name(Path file) {
    boolean etcd =
        file.getNameCount() > 1 && file.getName(file.getNameCount() - 2).endsWith("etcd");
    return etcd ? "etcd/" + file.getFileName() : file.getFileName().toString();
  }

  /** {@code 2026-12-01}, in UTC. */
  static String date(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  /** {@code 12 days}, {@code 30 hours}, {@code 5 minutes}. */
  static String length(Duration time) {
    if (time.toHours() >= 48) {
      return time.toDays() + " days";
    }
    return time.toMinutes() >= 120 ? time.toHours() + " hours" : time.toMinutes() + " minutes";
  }

  /** {@code a, b and c}, in the order given. */
  static String list(Collection<String> words) {
    String all = String.join(", ", words);
    int last = all.lastIndexOf(", ");
    return last < 0 ? all : all.substring(0, last) + " and " + all.substring(last + 2);
  }
}
