package io.hasupervisor.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;

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
    write(target, content, _ -> {});
  }

  /** As {@link #write}, with these permissions instead of 0600. */
  public static void writeFor(Path target, byte[] content, Set<PosixFilePermission> permissions)
      throws IOException {
    write(target, content, temporary -> Files.setPosixFilePermissions(temporary, permissions));
  }

  /**
   * As {@link #write}, with mode and owner of the file that is there.
   *
   * @throws IOException also where none is there
   */
  public static void replace(Path target, byte[] content) throws IOException {
    Map<String, Object> old =
        Files.readAttributes(target, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
    write(
        target,
        content,
        temporary -> {
          Identity.own(temporary, number(old, "uid"), number(old, "gid"));
          Files.setAttribute(temporary, "unix:mode", (int) number(old, "mode") & 07777);
        });
  }

  /** Removes what a write that did not come to its end has left beside {@code target}. */
  public static void tidy(Path target) throws IOException {
    if (Files.isRegularFile(temporary(target), LinkOption.NOFOLLOW_LINKS)) {
      Files.delete(temporary(target));
    }
  }

  private static Path temporary(Path target) {
    return target
        .toAbsolutePath()
        .resolveSibling(".")
        .normalize()
        .resolve("." + target.getFileName() + ".new");
  }

  private static long number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number number ? number.longValue() : 0;
  }

  /** What is done to the new file before it takes the old one's place. */
  @FunctionalInterface
  private interface Finish {
    void on(Path temporary) throws IOException;
  }

  private static void write(Path target, byte[] content, Finish finish) throws IOException {
    Path temporary = temporary(target);
    Files.deleteIfExists(temporary);
    Durable.create(temporary, content);
    try {
      finish.on(temporary);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    Durable.rename(temporary, target);
  }
}
