package io.hasupervisor.observe.hostfiles;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A directory entry as it is, a link not followed.
 *
 * @param owner user id; -1 where there is none to see
 * @param mode permission bits; 0 where there are none to see
 * @param problem why it cannot be seen; empty unless {@code UNKNOWN}
 */
public record EntrySeen(Path path, Kind kind, long owner, int mode, String problem) {
  private static final int TYPE = 0170000;
  private static final int PERMISSIONS = 07777;

  /** What stands there. */
  public enum Kind {
    ABSENT,
    FILE,
    DIRECTORY,
    EMPTY_DIRECTORY,
    LINK,
    /** A pipe, socket or device. */
    SPECIAL,
    UNKNOWN
  }

  /** Looks once; never throws and never opens a file. */
  public static EntrySeen look(Path path) {
    try {
      Map<String, Object> unix =
          Files.readAttributes(path, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
      int mode = (Integer) unix.getOrDefault("mode", 0);
      long owner = ((Number) unix.getOrDefault("uid", -1)).longValue();
      return new EntrySeen(path, kind(path, mode & TYPE), owner, mode & PERMISSIONS, "");
    } catch (NoSuchFileException e) {
      return new EntrySeen(path, Kind.ABSENT, -1, 0, "");
    } catch (IOException e) {
      return new EntrySeen(path, Kind.UNKNOWN, -1, 0, e.toString());
    }
  }

  private static Kind kind(Path path, int type) throws IOException {
    return switch (type) {
      case 0100000 -> Kind.FILE;
      case 0120000 -> Kind.LINK;
      case 0040000 -> {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
          yield entries.iterator().hasNext() ? Kind.DIRECTORY : Kind.EMPTY_DIRECTORY;
        }
      }
      default -> Kind.SPECIAL;
    };
  }

  /** Whether it is a directory, empty or not. */
  public boolean directory() {
    return kind == Kind.DIRECTORY || kind == Kind.EMPTY_DIRECTORY;
  }

  /** For sentences: {@code a directory}, {@code a symbolic link}. */
  public String what() {
    return switch (kind) {
      case ABSENT -> "not there";
      case FILE -> "a file";
      case DIRECTORY -> "a directory";
      case EMPTY_DIRECTORY -> "an empty directory";
      case LINK -> "a symbolic link";
      case SPECIAL -> "a pipe, socket or device";
      case UNKNOWN -> "not to be seen (" + problem + ")";
    };
  }
}
