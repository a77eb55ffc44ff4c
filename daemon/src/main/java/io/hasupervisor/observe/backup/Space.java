package io.hasupervisor.observe.backup;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Room on a file system.
 *
 * @param total bytes
 * @param free bytes that may still be written
 */
public record Space(long total, long free) {

  /**
   * That around a file or directory.
   *
   * @throws IOException where it is not there or cannot be asked
   */
  public static Space at(Path path) throws IOException {
    FileStore store = Files.getFileStore(path);
    return new Space(store.getTotalSpace(), store.getUsableSpace());
  }
}
