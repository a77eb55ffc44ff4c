package io.hasupervisor.act;

import io.hasupervisor.host.AtomicFile;
import io.hasupervisor.host.Entries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One incident on disk: its facts, and the files of evidence beside them, for the owner only. */
record IncidentFolder(Path path) {
  /** Bytes of one file. */
  static final int FILE_LIMIT = 1 << 20;

  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  private static final String FACTS = "incident.json";
  private static final FileAttribute<?> OWNERS_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> OWNERS_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * Makes the directory, and nothing when there is one already.
   *
   * @throws java.nio.file.FileAlreadyExistsException when anything has this name, also a link
   */
  void create() throws IOException {
    Files.createDirectory(path, OWNERS_DIRECTORY);
  }

  boolean exists() {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  void write(Incident incident) throws IOException {
    AtomicFile.write(path.resolve(FACTS), IncidentJson.encode(incident));
  }

  /** Its facts; empty where they are missing, damaged or another incident's. */
  Optional<Incident> facts() {
    if (!exists()) {
      return Optional.empty();
    }
    try {
      return IncidentJson.decode(read(path.resolve(FACTS), FILE_LIMIT))
          .filter(incident -> incident.id().equals(String.valueOf(path.getFileName())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Adds a file that must not exist yet, as far as {@code content} comes until {@code deadline} and
   * up to {@link #FILE_LIMIT}.
   *
   * @return bytes written
   */
  int copy(String name, InputStream content, Deadline deadline) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    int written = 0;
    try (FileChannel channel = FileChannel.open(path.resolve(name), NEW, OWNERS_FILE)) {
      int read = content.read(buffer);
      while (read > 0 && written < FILE_LIMIT && !deadline.over()) {
        int kept = Math.min(read, FILE_LIMIT - written);
        write(channel, ByteBuffer.wrap(buffer, 0, kept));
        written += kept;
        read = content.read(buffer);
      }
    }
    return written;
  }

  private static void write(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Adds a file that must not exist yet; its end is cut off beyond {@link #FILE_LIMIT}. */
  int put(String name, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return copy(name, new ByteArrayInputStream(bytes), Deadline.NONE);
  }

  /** The evidence, by name; links, pipes and directories are not. */
  List<Path> evidence() throws IOException {
    return Entries.of(path).stream()
        .filter(entry -> !entry.endsWith(FACTS))
        .filter(entry -> !String.valueOf(entry.getFileName()).startsWith("."))
        .filter(entry -> Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /** The first {@code limit} bytes of a file that is no link. */
  static byte[] read(Path file, int limit) throws IOException {
    try (InputStream in = Channels.newInputStream(open(file))) {
      return in.readNBytes(limit);
    }
  }

  /** Opens a regular file that is no link. */
  static FileChannel open(Path file) throws IOException {
    // Opening a pipe would wait for its writer.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + " is not there, a link, or no regular file");
    }
    return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  /** Bytes of all its files. */
  long size() throws IOException {
    long size = 0;
    for (Path entry : Entries.of(path)) {
      size += (long) Files.getAttribute(entry, "size", LinkOption.NOFOLLOW_LINKS);
    }
    return size;
  }

  /** Removes it; its facts last, so that a removal cut short is taken up again. Follows no link. */
  void remove() throws IOException {
    Path facts = path.resolve(FACTS);
    List<Path> all;
    try (Stream<Path> walk = Files.walk(path)) {
      all = walk.filter(entry -> !entry.equals(path) && !entry.equals(facts)).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path entry : all.reversed()) {
      Files.deleteIfExists(entry);
    }
    Files.deleteIfExists(facts);
    Files.deleteIfExists(path);
  }
}
