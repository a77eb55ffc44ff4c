package io.hasupervisor.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Admits one process to a directory, by the lock {@code directory/lock}. */
public final class DirectoryLock implements AutoCloseable {
  private final ProcessLock lock;

  private DirectoryLock(ProcessLock lock) {
    this.lock = lock;
  }

  /**
   * Takes the lock, without waiting.
   *
   * @throws IOException when another process holds it (the message names its pid), or the directory
   *     cannot be written
   */
  public static DirectoryLock take(Path directory) throws IOException {
    try {
      return new DirectoryLock(ProcessLock.take(directory.resolve("lock"), Duration.ZERO));
    } catch (ProcessLock.Held e) {
      throw new IOException(
          "%s is in use by another ha-supervisor, pid %s: stop that one first"
              .formatted(directory, e.holder()),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
