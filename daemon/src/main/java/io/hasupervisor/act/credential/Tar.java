package io.hasupervisor.act.credential;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes the plain part of a tar archive (POSIX.1-1988 ustar): directories and small files of
 * root's. No key lies in a staging directory meanwhile.
 */
final class Tar {
  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 100;
  private static final int CHECKSUM = 148;

  private final OutputStream out;
  private final Instant at;

  Tar(OutputStream out, Instant at) {
    this.out = out;
    this.at = at;
  }

  /** A directory with mode 0700; {@code name} ends without a slash. */
  void directory(String name) throws IOException {
    header(name + "/", 0700, 0, '5');
  }

  /** A file with mode 0600. */
  void file(String name, byte[] content) throws IOException {
    header(name, 0600, content.length, '0');
    out.write(content);
    out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
  }

  /** Two empty blocks end an archive. */
  void end() throws IOException {
    out.write(new byte[2 * BLOCK]);
  }

  private void header(String name, int mode, long size, char type) throws IOException {
    byte[] header = new byte[BLOCK];
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    if (path.length > LONGEST_NAME) {
      throw new IOException("the path /" + name + " is longer than 100 bytes");
    }
    System.arraycopy(path, 0, header, 0, path.length);
    put(header, 100, "%07o".formatted(mode));
    put(header, 108, "%07o".formatted(0));
    put(header, 116, "%07o".formatted(0));
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "%011o".formatted(at.getEpochSecond()));
    put(header, CHECKSUM, " ".repeat(8));
    put(header, 156, String.valueOf(type));
    put(header, 257, "ustar\0" + "00");
    put(header, 265, "root");
    put(header, 297, "root");
    put(header, CHECKSUM, "%06o\0".formatted(sum(header)));
    out.write(header);
  }

  private static int sum(byte[] header) {
    int sum = 0;
    for (byte value : header) {
      sum += value & 0xff;
    }
    return sum;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
