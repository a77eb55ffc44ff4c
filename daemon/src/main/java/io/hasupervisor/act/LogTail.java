package io.hasupervisor.act;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The last lines of a log file that is no link. */
record LogTail(Path log) implements Source {
  static final int BYTES = 128 * 1024;

  @Override
  public String collect(IncidentFolder into, Deadline deadline) throws IOException {
    try (FileChannel channel = IncidentFolder.open(log);
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel))) {
      long from = Math.max(0, channel.size() - BYTES);
      channel.position(from);
      if (from > 0) {
        skipLine(in);
      }
      return into.copy("log.txt", in, deadline) + " bytes of " + log;
    }
  }

  private static void skipLine(InputStream in) throws IOException {
    int read = in.read();
    for (int skipped = 0; read >= 0 && read != '\n' && skipped < BYTES; skipped++) {
      read = in.read();
    }
  }
}
