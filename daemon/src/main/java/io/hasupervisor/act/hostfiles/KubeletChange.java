package io.hasupervisor.act.hostfiles;

import io.hasupervisor.host.AtomicFile;
import io.hasupervisor.observe.hostfiles.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/** Replaces the kubelet's file, whole or not at all, and keeps the one before. */
public record KubeletChange(Path stateDir) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * Writes {@code after} with the mode and owner of the file that is there, or 0644 for a new one.
   *
   * @param before the text that was read; empty where there was no file
   * @return where the one before is kept; empty where there was none
   * @throws IOException when the file has changed since it was read, or cannot be written: it is
   *     then as it was
   */
  public Optional<Path> write(Path file, Optional<String> before, String after, Instant now)
      throws IOException {
    if (!SmallFile.present(file).equals(before)) {
      throw new IOException(file + " has changed meanwhile: look again");
    }
    if (before.isEmpty()) {
      AtomicFile.write(file, bytes(after));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      return Optional.empty();
    }
    Path kept = stateDir.resolve("kept");
    Directories.make(kept, "rwx------", new ArrayList<>());
    String name = file.toString().substring(1).replace('/', '-') + "." + STAMP.format(now);
    AtomicFile.write(kept.resolve(name), bytes(before.get()));
    AtomicFile.replace(file, bytes(after));
    return Optional.of(kept.resolve(name));
  }

  private static byte[] bytes(String characters) {
    return characters.getBytes(StandardCharsets.ISO_8859_1);
  }
}
