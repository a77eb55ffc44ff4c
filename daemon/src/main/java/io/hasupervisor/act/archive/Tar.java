package io.hasupervisor.act.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes the plain part of a tar archive (POSIX.1-1988 ustar): directories and small files of
 * root's. No key lies in a staging directory meanwhile.
 */
public final class Tar {
  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_PREFIX = 155;
  private static final int CHECKSUM = 148;

  private final OutputStream out;
  private final Instant at;

  /** Writes nothing yet; {@code at} is the time of entries that have none of their own. */
  public Tar(OutputStream out, Instant at) {
    this.out = out;
    this.at = at;
  }

  /** A directory with mode 0700; {@code name} ends without a slash. */
  public void directory(String name) throws IOException {
    header(name + "/", 0700, 0, at, '5');
  }

  /** A file with mode 0600. */
  public void file(String name, byte[] content) throws IOException {
    file(name, content, at);
  }

  /** A file with mode 0600 and a time of its own. */
  public void file(String name, byte[] content, Instant changed) throws IOException {
    header(name, 0600, content.length, changed, '0');
    out.write(content);
    out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
  }

  /** Two empty blocks end an archive. */
  public void end() throws IOException {
    out.write(new byte[2 * BLOCK]);
  }

  /** Whether a file's name is short enough for this form. */
  public static boolean holds(String name) {
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    return path.length <= LONGEST_NAME || cut(path) >= 0;
  }

  private void header(String name, int mode, long size, Instant changed, char type)
      throws IOException {
    byte[] header = new byte[BLOCK];
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    if (path.length <= LONGEST_NAME) {
      System.arraycopy(path, 0, header, 0, path.length);
    } else {
      int slash = cut(path);
      if (slash < 0) {
        throw new IOException("the path /" + name + " is too long for a tar archive");
      }
      System.arraycopy(path, slash + 1, header, 0, path.length - slash - 1);
      System.arraycopy(path, 0, header, 345, slash);
    }
    put(header, 100, "%07o".formatted(mode));
    put(header, 108, "%07o".formatted(0));
    put(header, 116, "%07o".formatted(0));
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "%011o".formatted(Math.max(0, changed.getEpochSecond())));
    put(header, CHECKSUM, " ".repeat(8));
    put(header, 156, String.valueOf(type));
    put(header, 257, "ustar\0" + "00");
    put(header, 265, "root");
    put(header, 297, "root");
    put(header, CHECKSUM, "%06o\0".formatted(sum(header)));
    out.write(header);
  }

  /** The slash between prefix and name; -1 where none leaves both short enough. */
  private static int cut(byte[] path) {
    for (int i = Math.min(LONGEST_PREFIX, path.length - 2); i > 0; i--) {
      if (path[i] == '/') {
        return path.length - i - 1 <= LONGEST_NAME ? i : -1;
      }
    }
    return -1;
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
