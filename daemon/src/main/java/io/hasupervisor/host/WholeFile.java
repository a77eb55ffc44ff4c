package io.hasupervisor.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a regular file that is no link, whole or not at all. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * All of its content.
   *
   * @param limit bytes; a larger file is refused
   * @throws java.nio.file.NoSuchFileException when nothing has this name
   * @throws IOException also for links, pipes, devices and directories
   */
  public static byte[] read(Path file, int limit) throws IOException {
    // Opening a pipe would wait for its writer.
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("not a regular file");
    }
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        InputStream in = Channels.newInputStream(channel)) {
      byte[] content = in.readNBytes(limit + 1);
      if (content.length > limit) {
        throw new IOException("larger than " + limit + " bytes");
      }
      return content;
    }
  }
}
