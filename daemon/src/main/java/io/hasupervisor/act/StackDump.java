package io.hasupervisor.act;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes the process dump its stacks by a signal, and moves the files it writes.
 *
 * @param patterns paths whose last element is a glob
 */
record StackDump(MainProcess process, String signal, List<String> patterns) implements Source {
  /** Files taken of one dump. */
  private static final int FILES = 4;

  private static final long LOOK_EVERY_MILLIS = 100;

  /** Looks without growth after which a file is taken to be whole. */
  private static final int STILL = 3;

  /** What tells a new or rewritten file from one that was there before. */
  private record Stamp(long size, long modified, String key) {}

  @Override
  public String collect(IncidentFolder into, Deadline deadline)
      throws IOException, InterruptedException {
    Map<Path, Stamp> before = matches();
    Optional<String> refused = process.signal(signal);
    if (refused.isPresent()) {
      return signal + " not sent: " + refused.get();
    }
    String sent = signal + " sent to process " + process.life().pid();
    if (patterns.isEmpty()) {
      return sent;
    }
    Map<Path, Stamp> dumps = awaited(before, deadline);
    int count = 0;
    for (Path dump : new TreeSet<>(dumps.keySet())) {
      if (++count <= FILES) {
        String name = String.valueOf(dump.getFileName()).replaceAll("[^A-Za-z0-9._-]", "_");
        move(dump, into, "dump-" + count + "-" + name, deadline);
      }
    }
    return sent + ", " + count + " files written";
  }

  private Map<Path, Stamp> awaited(Map<Path, Stamp> before, Deadline deadline)
      throws IOException, InterruptedException {
    Map<Path, Stamp> last = Map.of();
    for (int still = 0; still < STILL && !deadline.over(); ) {
      Thread.sleep(LOOK_EVERY_MILLIS);
      Map<Path, Stamp> now = matches();
      now.entrySet().removeAll(before.entrySet());
      now.values().removeIf(stamp -> stamp.size() == 0);
      still = !now.isEmpty() && now.equals(last) ? still + 1 : 0;
      last = now;
    }
    return last;
  }

  private Map<Path, Stamp> matches() throws IOException {
    Map<Path, Stamp> found = new HashMap<>();
    for (String pattern : patterns) {
      Path path = Path.of(pattern);
      Path directory = path.toAbsolutePath().resolveSibling(".").normalize();
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(directory, String.valueOf(path.getFileName()))) {
        for (Path file : files) {
          stamp(file).ifPresent(stamp -> found.put(file, stamp));
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      } catch (NoSuchFileException e) {
        // A directory that will be made with the first dump.
      }
    }
    return found;
  }

  private static Optional<Stamp> stamp(Path file) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile()
          ? Optional.of(
              new Stamp(
                  attributes.size(),
                  attributes.lastModifiedTime().toMillis(),
                  String.valueOf(attributes.fileKey())))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Removed at its place only when it is whole in the incident: the place often is in memory. */
  private static void move(Path dump, IncidentFolder into, String name, Deadline deadline)
      throws IOException {
    try (FileChannel channel = IncidentFolder.open(dump);
        InputStream in = Channels.newInputStream(channel)) {
      if (into.copy(name, in, deadline) == channel.size()) {
        Files.deleteIfExists(dump);
      }
    }
  }
}
