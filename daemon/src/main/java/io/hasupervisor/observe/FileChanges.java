package io.hasupervisor.observe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * Says when the content of a file changed, appeared or vanished: polled by size, time and inode,
 * read only when these changed. A change is told once it has stood still for a look, so that a file
 * being written, or replaced by way of nothing, is not told in pieces. Links are followed: a unit
 * file often is one.
 */
public final class FileChanges implements AutoCloseable {
  /** Bytes of a file that are compared; what lies beyond counts by its size only. */
  private static final long COMPARED = 200L << 20;

  /** Interval while a change is waiting to stand still. */
  private static final Duration SETTLE = Duration.ofSeconds(1);

  private final Consumer<Path> changed;
  private final Duration every;
  private final Map<Path, Seen> files = new HashMap<>();
  private final Thread thread;

  /** The last look, and what was told last. */
  private record Seen(FileStamp last, FileStamp told, long content) {}

  /**
   * Watches nothing until started.
   *
   * @param files they need not exist
   * @param every poll interval, a few seconds
   * @param changed called from the watching thread
   */
  public FileChanges(Collection<Path> files, Duration every, Consumer<Path> changed) {
    this.changed = changed;
    this.every = every;
    files.forEach(file -> this.files.put(file, new Seen(FileStamp.NONE, FileStamp.NONE, 0)));
    // Not virtual: opening a file may block the carrier of all virtual threads.
    this.thread = Thread.ofPlatform().daemon().name("file-changes").unstarted(this::run);
  }

  /** Takes the files as they are now for unchanged, in the thread, and watches. */
  public void start() {
    if (!files.isEmpty()) {
      thread.start();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      begin();
      while (!Thread.interrupted()) {
        Thread.sleep(unsettled() && every.compareTo(SETTLE) > 0 ? SETTLE : every);
        look().forEach(changed);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes the files as they are now for unchanged. */
  void begin() {
    files.replaceAll(
        (file, _) -> {
          FileStamp stamp = FileStamp.of(file);
          return new Seen(stamp, stamp, content(file, stamp));
        });
  }

  private boolean unsettled() {
    return files.values().stream().anyMatch(seen -> !seen.last().equals(seen.told()));
  }

  /** Looks once; the files whose change stands still since the look before. */
  List<Path> look() {
    List<Path> told = new ArrayList<>();
    files.replaceAll(
        (file, seen) -> {
          FileStamp now = FileStamp.of(file);
          if (now.equals(seen.told()) || !now.equals(seen.last())) {
            return new Seen(now, seen.told(), seen.content());
          }
          long content = content(file, now);
          if (now.exists() != seen.told().exists()
              || now.size() != seen.told().size()
              || content != seen.content()) {
            told.add(file);
          }
          return new Seen(now, now, content);
        });
    return told;
  }

  /**
   * A checksum, not a digest: it guards against mistakes, not against forgers, and costs a binary
   * of 100 MB a few milliseconds of an interpreting virtual machine instead of a minute.
   */
  private static long content(Path file, FileStamp stamp) {
    if (!stamp.exists()) {
      return 0;
    }
    CRC32 sum = new CRC32();
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ)) {
      long left = COMPARED;
      for (int read = in.read(buffer); read > 0 && left > 0; read = in.read(buffer)) {
        sum.update(buffer, 0, read);
        left -= read;
      }
      return sum.getValue();
    } catch (IOException e) {
      return -1;
    }
  }
}
