package io.hasupervisor.act.backup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that is being written; a seam for disks that fail. */
interface PartFile extends Closeable {
  void write(byte[] bytes) throws IOException;

  /** Has all of it on disk. */
  void sync() throws IOException;

  /** Makes files. */
  interface Opening {
    PartFile create(Path path) throws IOException;
  }

  /**
   * A new file with mode 0600.
   *
   * @throws java.nio.file.FileAlreadyExistsException when anything has this name, also a link
   */
  static PartFile create(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return new PartFile() {
      @Override
      public void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }

      @Override
      public void sync() throws IOException {
        channel.force(true);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
