package io.hasupervisor.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A file of the operator's: read whole, and trusted only if nobody but its owner could have written
 * it, for what it names runs as root.
 *
 * @param uid who reads it, as of {@link #user()}: root trusts only root's files
 */
public record TrustedFile(Path path, long uid, Problems problems) {
  private static final int LIMIT = 1024 * 1024;
  private static final int OTHERS_WRITE = 0002;
  private static final int GROUP_WRITE = 0020;

  /** Who runs this process, without loading the C library for it. */
  public static long user() {
    try {
      return ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
    } catch (IOException e) {
      throw new UncheckedIOException("who runs this is not known: is /proc mounted?", e);
    }
  }

  /** The text, at most 1 MiB of UTF-8; empty when a problem was found. */
  public Optional<String> read() {
    try {
      Map<String, Object> attributes = Files.readAttributes(path, "unix:*");
      if (!is("isRegularFile", attributes)) {
        return reject(
            is("isDirectory", attributes) ? "is a directory, not a file" : "is not a regular file");
      }
      if (!trusted(attributes)) {
        return Optional.empty();
      }
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes(LIMIT + 1);
        return bytes.length > LIMIT
            ? reject("is larger than 1 MiB")
            : Utf8.text(path, bytes, (_, place, _, message) -> problems.add(place, "", message));
      }
    } catch (IOException e) {
      return reject("cannot be read: " + reason(e));
    }
  }

  /** Whether a directory, if it exists, can be listed and only be filled by those we trust. */
  public boolean trustedDirectory() {
    try {
      return trusted(Files.readAttributes(path, "unix:*"));
    } catch (IOException e) {
      reject("cannot be read: " + reason(e));
      return false;
    }
  }

  private boolean trusted(Map<String, Object> attributes) {
    int mode = number("mode", attributes);
    int owner = number("uid", attributes);
    int group = number("gid", attributes);
    if ((mode & OTHERS_WRITE) != 0) {
      reject("can be written by everybody, and what it names runs with our rights: chmod o-w it");
    } else if (uid == 0 && owner != 0) {
      reject("belongs to uid " + owner + ", and what it names runs as root: chown it to root");
    } else if (uid == 0 && group != 0 && (mode & GROUP_WRITE) != 0) {
      reject("can be written by group " + group + ", and what it names runs as root: chmod g-w it");
    } else {
      return true;
    }
    return false;
  }

  private static boolean is(String name, Map<String, Object> attributes) {
    return Boolean.TRUE.equals(attributes.get(name));
  }

  /** What is not told counts as the worst. */
  private static int number(String name, Map<String, Object> attributes) {
    return attributes.get(name) instanceof Integer number ? number : -1;
  }

  private Optional<String> reject(String message) {
    problems.add(Place.wholeFile(path), "", message);
    return Optional.empty();
  }

  /** Why something could not be read, in a few words. */
  public static String reason(Exception e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      default -> Quote.bare(String.valueOf(e.getMessage()));
    };
  }
}
