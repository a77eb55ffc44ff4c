package io.hasupervisor.observe.backup;

import io.hasupervisor.observe.backup.SnapshotCheck.Checked;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/** Reads a snapshot on disk from its first byte to its last, to see whether it is still whole. */
public final class SnapshotFile {
  private static final int PIECE = 128 * 1024;

  private SnapshotFile() {}

  /**
   * Checks all of it.
   *
   * @param read is told now and then how many bytes were read
   * @throws IOException where it cannot be read, is a link or no regular file: nothing is known
   *     then
   */
  public static Checked check(Path file, Pace pace, LongConsumer read)
      throws IOException, InterruptedException {
    // Opening a pipe would wait for its writer.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          Files.exists(file, LinkOption.NOFOLLOW_LINKS)
              ? "it is not a regular file"
              : "there is no such file");
    }
    SnapshotCheck check = new SnapshotCheck();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE);
      while (channel.read(piece) >= 0) {
        check.feed(piece.array(), 0, piece.position());
        pace.passed(piece.position());
        read.accept(check.size());
        piece.clear();
      }
    }
    return check.end(0);
  }
}
