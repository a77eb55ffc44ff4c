package io.hasupervisor.observe.credential;

import io.hasupervisor.observe.credential.FileSeen.Access;
import io.hasupervisor.observe.credential.FileSeen.Content;
import io.hasupervisor.observe.credential.FileSeen.Missing;
import io.hasupervisor.observe.credential.FileSeen.NotAFile;
import io.hasupervisor.observe.credential.FileSeen.Read;
import io.hasupervisor.observe.credential.FileSeen.Unreadable;
import io.hasupervisor.yaml.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a file of credentials: a regular one, and no more of it than such a file can have. Links
 * are followed, as whoever uses the credentials does, and reported.
 */
final class BoundedFile {
  private static final int LIMIT = 1024 * 1024;

  private BoundedFile() {}

  static FileSeen<byte[]> read(Path path) {
    try {
      Map<String, Object> found = Files.readAttributes(path, "unix:*");
      return new FileSeen<>(path, Optional.of(access(path, found)), content(path, found));
    } catch (IOException e) {
      return new FileSeen<>(path, Optional.empty(), nothing(path, e));
    }
  }

  /** A directory; its content says nothing more than that it can be listed. */
  static FileSeen<Boolean> directory(Path path) {
    try {
      Map<String, Object> found = Files.readAttributes(path, "unix:*");
      Content<Boolean> content =
          is("isDirectory", found) ? new Read<>(true) : new NotAFile<>("not a directory");
      return new FileSeen<>(path, Optional.of(access(path, found)), content);
    } catch (IOException e) {
      return new FileSeen<>(path, Optional.empty(), nothing(path, e));
    }
  }

  private static Content<byte[]> content(Path path, Map<String, Object> found) {
    if (!is("isRegularFile", found)) {
      return new NotAFile<>(is("isDirectory", found) ? "a directory" : "no regular file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LIMIT + 1);
      return bytes.length > LIMIT ? new Unreadable<>("is larger than 1 MiB") : new Read<>(bytes);
    } catch (IOException e) {
      return new Unreadable<>(reason(e));
    }
  }

  private static <T> Content<T> nothing(Path path, IOException e) {
    if (e instanceof NoSuchFileException) {
      return Files.isSymbolicLink(path)
          ? new Unreadable<>("is a symbolic link that leads nowhere")
          : new Missing<>();
    }
    return new Unreadable<>(reason(e));
  }

  private static Access access(Path path, Map<String, Object> found) throws IOException {
    boolean link = Files.isSymbolicLink(path);
    return new Access(
        number("mode", found) & 07777,
        number("uid", found),
        later(time("lastModifiedTime", found), time("ctime", found)),
        link ? Optional.of(path.toRealPath()) : Optional.empty());
  }

  private static boolean is(String name, Map<String, Object> found) {
    return Boolean.TRUE.equals(found.get(name));
  }

  /** What is not told counts as the worst. */
  private static int number(String name, Map<String, Object> found) {
    return found.get(name) instanceof Integer number ? number : -1;
  }

  private static Instant time(String name, Map<String, Object> found) {
    return found.get(name) instanceof FileTime time ? time.toInstant() : Instant.EPOCH;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "cannot be read: permission denied";
      default -> "cannot be read: " + Quote.bare(String.valueOf(e.getMessage()));
    };
  }
}
