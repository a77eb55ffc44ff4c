package io.hasupervisor.observe.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What was found where a manifest should be. */
public sealed interface ManifestBytes {
  /** Most that is read of one file; ample for a pod, and nothing to choke on. */
  int LIMIT = 1024 * 1024;

  /** A file's whole content. */
  final class Whole implements ManifestBytes {
    private final byte[] bytes;

    public Whole(byte[] bytes) {
      this.bytes = bytes;
    }

    public byte[] bytes() {
      return bytes;
    }
  }

  /** Nothing there, nothing that can be read, or too much of it. */
  record Unreadable(Why why, String detail) implements ManifestBytes {}

  /** Why there are no bytes. */
  enum Why {
    MISSING,
    NOT_A_FILE,
    DENIED,
    TOO_LARGE,
    FAILED
  }

  /** Reads a regular file of at most {@link #LIMIT} bytes; anything else is not even opened. */
  static ManifestBytes read(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return new Unreadable(
            Why.NOT_A_FILE, attributes.isDirectory() ? "a directory" : "a pipe, socket or device");
      }
      if (attributes.size() > LIMIT) {
        return new Unreadable(Why.TOO_LARGE, attributes.size() + " bytes");
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(LIMIT + 1);
        return bytes.length > LIMIT
            ? new Unreadable(Why.TOO_LARGE, "more than " + LIMIT + " bytes")
            : new Whole(bytes);
      }
    } catch (NoSuchFileException _) {
      return new Unreadable(Why.MISSING, "no such file");
    } catch (AccessDeniedException _) {
      return new Unreadable(Why.DENIED, "permission denied");
    } catch (IOException e) {
      return new Unreadable(Why.FAILED, String.valueOf(e.getMessage()));
    }
  }
}
