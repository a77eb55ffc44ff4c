package io.hasupervisor.observe.hostfiles;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A settings file that is read whole, or not at all. */
public final class SmallFile {
  private static final int LIMIT = 1 << 20;

  private SmallFile() {}

  /**
   * Its bytes as characters one to one, so that they can be written back as they are.
   *
   * @throws NoSuchFileException where it is not there
   * @throws IOException where it is a link, no regular file, or larger than 1 MiB
   */
  public static String read(Path file) throws IOException {
    EntrySeen seen = EntrySeen.look(file);
    if (seen.kind() == EntrySeen.Kind.ABSENT) {
      throw new NoSuchFileException(file.toString());
    }
    if (seen.kind() != EntrySeen.Kind.FILE) {
      throw new IOException(file + " is " + seen.what() + ", not a regular file");
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(LIMIT + 1);
      if (bytes.length > LIMIT) {
        throw new IOException(file + " is larger than 1 MiB");
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * The same; empty where it is not there.
   *
   * @throws IOException as {@link #read}
   */
  public static Optional<String> present(Path file) throws IOException {
    try {
      return Optional.of(read(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Those characters as UTF-8 text, in which damaged places show as U+FFFD. */
  public static String utf8(String characters) {
    return new String(characters.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** Text as such characters. */
  public static String characters(String utf8) {
    return new String(utf8.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
