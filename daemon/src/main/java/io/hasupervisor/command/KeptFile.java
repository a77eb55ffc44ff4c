package io.hasupervisor.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A file of the configuration that is kept before another takes its place. */
final class KeptFile {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private KeptFile() {}

  /**
   * Copies it to a name that is not read: only {@code *.yaml} is.
   *
   * @return empty where there is none to keep
   */
  static Optional<Path> keep(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Path kept = file.resolveSibling(file.getFileName() + "." + STAMP.format(Instant.now()));
    Files.copy(file, kept, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    return Optional.of(kept);
  }
}
