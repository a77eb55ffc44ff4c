package io.hasupervisor.observe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.regex.Pattern;

/** What a pidfile says; only its first line counts, as daemons write more below. */
sealed interface Pidfile {
  /** Bytes read at most. */
  int LIMIT = 64;

  /** The kernel's largest possible pid has seven digits. */
  Pattern PID = Pattern.compile("[1-9][0-9]{0,6}");

  /**
   * It names a process.
   *
   * @param content tells this file and its content from any later one
   */
  record Names(long pid, Content content) implements Pidfile {}

  /** It names none: missing, empty, rubbish. */
  record NamesNone(String why) implements Pidfile {}

  /** It is no file that may be read: a link, a directory, a pipe. */
  record Refused(String why) implements Pidfile {}

  /** The operating system would not read it. */
  record Unreadable(String why) implements Pidfile {}

  /** A file's identity, and when and how long it was written. */
  record Content(String inode, FileTime written, long size) {}

  /** Reads it. */
  static Pidfile read(Path file) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        return new Refused(
            "pidfile %s is %s"
                .formatted(
                    file, attributes.isSymbolicLink() ? "a symbolic link" : "no regular file"));
      }
      Content content =
          new Content(
              Objects.toString(attributes.fileKey()),
              attributes.lastModifiedTime(),
              attributes.size());
      return names(file, content);
    } catch (NoSuchFileException e) {
      return new NamesNone("pidfile " + file + " does not exist");
    } catch (IOException e) {
      return new Unreadable("pidfile " + file + " cannot be read: " + e);
    }
  }

  private static Pidfile names(Path file, Content content) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      String text = new String(in.readNBytes(LIMIT), StandardCharsets.ISO_8859_1);
      String first = text.lines().findFirst().orElse("").strip();
      if (first.isEmpty()) {
        return new NamesNone("pidfile " + file + " is empty");
      }
      return PID.matcher(first).matches()
          ? new Names(Long.parseLong(first), content)
          : new NamesNone("pidfile " + file + " does not hold a process number");
    }
  }
}
