package io.hasupervisor.act.manifest;

import io.hasupervisor.host.Durable;
import io.hasupervisor.host.Entries;
import io.hasupervisor.host.Identity;
import io.hasupervisor.host.Reason;
import io.hasupervisor.observe.manifest.Access;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;
import org.tinylog.Logger;

/**
 * Where a manifest is written before it is renamed into its directory: a directory beside it, or,
 * where that is on another file system, a name in it that begins with a dot, which the kubelet
 * passes over.
 */
record Staging(Path directory) {
  private static final int OWNERS = 0700;
  private static final Pattern INSIDE = Pattern.compile("\\.ha-supervisor-.*\\.yaml\\.new");

  private Path beside() {
    return directory.toAbsolutePath().normalize().resolveSibling(".ha-supervisor-staging");
  }

  private Path inside(String name) {
    return directory.resolve(".ha-supervisor-" + name + ".new");
  }

  /**
   * Puts a whole file in place, over what is there, in one step; it is durable once its directory
   * is synced.
   *
   * @throws IOException when it could not: what was in place still is
   */
  void put(String name, byte[] content) throws IOException {
    if (device(directory.toAbsolutePath().resolveSibling(".").normalize()) == device(directory)) {
      prepare();
      try {
        put(beside().resolve(name), name, content);
        return;
      } catch (AtomicMoveNotSupportedException e) {
        Logger.debug("{} is a mount of its own: {}", directory, e.getMessage());
      }
    }
    put(inside(name), name, content);
  }

  private void put(Path staged, String name, byte[] content) throws IOException {
    Files.deleteIfExists(staged);
    Durable.create(staged, content);
    try {
      Files.move(
          staged,
          directory.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(staged);
      throw e;
    }
  }

  private void prepare() throws IOException {
    Path beside = beside();
    if (Files.notExists(beside, LinkOption.NOFOLLOW_LINKS)) {
      Durable.createDirectory(beside);
    }
    Access access = Access.of(beside);
    if (!Files.isDirectory(beside, LinkOption.NOFOLLOW_LINKS)
        || access.owner() != Identity.user()
        || access.wider(OWNERS)) {
      throw new FileSystemException(
          beside.toString(), null, "not a directory of ours with mode 0700; move it away");
    }
  }

  private static long device(Path path) throws IOException {
    return (long) Files.getAttribute(path, "unix:dev");
  }

  /** Removes what placements that did not come to their end left, and nothing else. */
  void clean() throws IOException {
    if (Files.isDirectory(beside(), LinkOption.NOFOLLOW_LINKS)) {
      for (Path entry : Entries.of(beside())) {
        if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          Files.deleteIfExists(entry);
        }
      }
      try {
        Files.delete(beside());
      } catch (DirectoryNotEmptyException e) {
        Logger.warn("{} holds something that is not ours", Reason.withFile(e));
      }
    }
    if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      for (Path entry : Entries.of(directory)) {
        if (INSIDE.matcher(String.valueOf(entry.getFileName())).matches()
            && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          Files.deleteIfExists(entry);
        }
      }
    }
  }
}
