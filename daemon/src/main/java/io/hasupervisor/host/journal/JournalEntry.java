package io.hasupervisor.host.journal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One entry in the journal's native protocol (systemd.io/JOURNAL_NATIVE_PROTOCOL). */
final class JournalEntry {
  /** Longest value in bytes: a whole entry stays far below what one datagram can hold. */
  static final int LONGEST_VALUE = 16 * 1024;

  private static final int LONGEST_NAME = 64;
  private static final byte[] CUT = " [cut]".getBytes(StandardCharsets.UTF_8);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Adds a field; a name that the journal would not take is made one that it takes. */
  JournalEntry with(String name, String value) {
    byte[] data = cut(value.getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(fieldName(name).getBytes(StandardCharsets.US_ASCII));
    if (value.indexOf('\n') >= 0) {
      bytes.write('\n');
      bytes.writeBytes(
          ByteBuffer.allocate(Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(data.length)
              .array());
    } else {
      bytes.write('=');
    }
    bytes.writeBytes(data);
    bytes.write('\n');
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private static byte[] cut(byte[] data) {
    if (data.length <= LONGEST_VALUE) {
      return data;
    }
    int end = LONGEST_VALUE - CUT.length;
    while ((data[end] & 0xc0) == 0x80) {
      end--; // not within a character: the journal shows what is not UTF-8 as a blob
    }
    byte[] kept = Arrays.copyOf(data, end + CUT.length);
    System.arraycopy(CUT, 0, kept, end, CUT.length);
    return kept;
  }

  private static String fieldName(String name) {
    String known = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
    return known.substring(0, Math.min(known.length(), LONGEST_NAME));
  }
}
