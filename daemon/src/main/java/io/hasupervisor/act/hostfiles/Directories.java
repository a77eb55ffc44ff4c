package io.hasupervisor.act.hostfiles;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Makes directories, never changing one that is there. */
final class Directories {
  private Directories() {}

  /**
   * Makes one with these permissions, and what is missing above it with 0755.
   *
   * @throws IOException where something else stands there, a link too
   */
  static void make(Path path, String permissions, List<String> made) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    parent(path, made);
    try {
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
      made.add("directory " + path);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(path + " is there and is no directory", e);
      }
    }
  }

  /** Makes what is missing above a path. */
  static void parent(Path path, List<String> made) throws IOException {
    Path above = path.toAbsolutePath().resolveSibling(".").normalize();
    if (!Files.isDirectory(above)) {
      make(above, "rwxr-xr-x", made);
    }
  }
}
