package io.hasupervisor.observe;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a body up to a limit, whichever way its length is said (RFC 9112, section 6.3). What has
 * come stays in {@code read} also when its end does not come.
 */
record HttpBody(ByteArrayOutputStream read, int limit) {
  private static final int LINE_LIMIT = 1024;
  private static final int TRAILERS = 20;

  HttpBody(int limit) {
    this(new ByteArrayOutputStream(), limit);
  }

  /**
   * Reads until the body or the limit ends.
   *
   * @throws EarlyAnswer GARBAGE when lengths are not numbers
   * @throws EOFException when the connection ends before the body
   */
  void readFrom(HttpGet answer) throws EarlyAnswer, IOException {
    InputStream in = answer.in();
    String encoding = answer.headers().getOrDefault("transfer-encoding", "");
    String length = answer.headers().getOrDefault("content-length", "");
    if (answer.status() == 204 || answer.status() == 304) {
      return;
    }
    if (encoding.endsWith("chunked")) {
      chunks(in);
    } else if (!length.isEmpty()) {
      exactly(in, number(length, 10));
    } else {
      byte[] rest = new byte[2048];
      for (int n = next(in, rest, limit); n > 0; n = next(in, rest, limit)) {
        read.write(rest, 0, n);
      }
    }
  }

  /**
   * Whether the answer has come to its end, as far as it can be known, so that the next one may
   * follow on the same connection.
   *
   * @throws EOFException when the connection ends in what follows the last chunk
   */
  boolean ended(HttpGet answer) throws EarlyAnswer, IOException {
    if (answer.status() == 204 || answer.status() == 304) {
      return true;
    }
    if (answer.headers().getOrDefault("transfer-encoding", "").endsWith("chunked")) {
      return read.size() < limit && trailersRead(answer.in());
    }
    String length = answer.headers().getOrDefault("content-length", "");
    return !length.isEmpty() && number(length, 10) == read.size();
  }

  private static boolean trailersRead(InputStream in) throws EarlyAnswer, IOException {
    for (int lines = 0; lines < TRAILERS; lines++) {
      if (HttpGet.line(in, LINE_LIMIT).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void chunks(InputStream in) throws EarlyAnswer, IOException {
    while (read.size() < limit) {
      String line = HttpGet.line(in, LINE_LIMIT);
      int extension = line.indexOf(';');
      long size = number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
      if (size == 0) {
        return;
      }
      exactly(in, size);
      if (read.size() < limit && !HttpGet.line(in, LINE_LIMIT).isEmpty()) {
        throw HttpGet.garbage("a chunk longer than it says");
      }
    }
  }

  private void exactly(InputStream in, long length) throws IOException {
    byte[] piece = new byte[2048];
    long left = length;
    while (left > 0 && read.size() < limit) {
      int n = next(in, piece, left);
      if (n < 0) {
        throw new EOFException();
      }
      read.write(piece, 0, n);
      left -= n;
    }
  }

  /** Bytes read, 0 at the limit, -1 at the end of the connection. */
  private int next(InputStream in, byte[] into, long atMost) throws IOException {
    int room = Math.min(into.length, limit - read.size());
    return room == 0 ? 0 : in.read(into, 0, (int) Math.min(room, atMost));
  }

  private static long number(String text, int radix) throws EarlyAnswer {
    try {
      long number = Long.parseLong(text, radix);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw HttpGet.garbage("a length that is none: " + Excerpt.of(text));
  }
}
