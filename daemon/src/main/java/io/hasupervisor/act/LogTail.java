package io.hasupervisor.act;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** The last lines of a log file that is no link. */
record LogTail(Path log) implements Source {
  static final int BYTES = 128 * 1024;

  @Override
  public Found collect(Deadline deadline) throws IOException {
    if (Files.isSymbolicLink(log)) {
      return Found.nothing(log + " is a symbolic link and was not followed");
    }
    if (!Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS)) {
      return Found.nothing(log + " is not there, or no regular file");
    }
    try (FileChannel channel =
            FileChannel.open(log, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        InputStream in = Channels.newInputStream(channel)) {
      long from = Math.max(0, channel.size() - BYTES);
      channel.position(from);
      byte[] tail = in.readNBytes(BYTES);
      byte[] lines = from == 0 ? tail : wholeLines(tail);
      return Found.file("log.txt", lines, "last " + lines.length + " bytes of " + log);
    }
  }

  private static byte[] wholeLines(byte[] tail) {
    for (int i = 0; i < tail.length; i++) {
      if (tail[i] == '\n') {
        return Arrays.copyOfRange(tail, i + 1, tail.length);
      }
    }
    return tail;
  }
}
