package io.hasupervisor.monit;

import io.hasupervisor.monit.Statement.Kind;
import io.hasupervisor.monit.Statement.Test;
import java.util.Map;
import java.util.Optional;

/** The one place that knows what has a counterpart which this import does not write yet. */
final class NotYet {
  static final String ALERTS = "not imported yet: alerts";
  static final String CERTIFICATE_DAYS = "not imported yet: days left of a certificate";

  /** By the kind of the entry and the word that the test is about. */
  private static final Map<Kind, Map<String, String>> HOST_CHECKS =
      Map.of(
          Kind.FILESYSTEM,
          Map.of("space", "space of a filesystem", "inode", "inodes of a filesystem"),
          Kind.SYSTEM,
          Map.of("mem", "memory of the host", "load", "load of the host"),
          Kind.FILE,
          Map.of("checksum", "checksum of a file"));

  private NotYet() {}

  /** What is to be told of a test of the host. */
  static Optional<String> hostCheck(Kind kind, Test test) {
    return test.condition().stream()
        .limit(3)
        .flatMap(
            token ->
                HOST_CHECKS.getOrDefault(kind, Map.of()).entrySet().stream()
                    .filter(it -> token.word().startsWith(it.getKey()))
                    .map(it -> "not imported yet: " + it.getValue()))
        .findFirst();
  }
}
