package io.hasupervisor.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Replaces a file so that a reader, or a host after power loss, finds the old or the new content,
 * whole.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes beside {@code target} with mode 0600, syncs, renames over it and syncs the directory.
   *
   * @throws IOException on a full disk, a read-only or missing directory: {@code target} is then as
   *     it was
   */
  public static void write(Path target, byte[] content) throws IOException {
    Path directory = target.toAbsolutePath().resolveSibling(".").normalize();
    Path temporary = directory.resolve("." + target.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    Durable.create(temporary, content);
    Durable.rename(temporary, target);
  }
}
