package io.hasupervisor.observe;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Short, printable pieces of what a target said, fit for a status line and a terminal. */
public final class Excerpt {
  private static final int LONGEST = 120;

  private Excerpt() {}

  /** The first 120 printable bytes, white space and control characters folded to one space. */
  static String of(byte[] said) {
    return of(new String(said, StandardCharsets.ISO_8859_1));
  }

  /** As {@link #of(byte[])}; a character beyond ASCII becomes a question mark. */
  public static String of(String said) {
    StringBuilder kept = new StringBuilder();
    boolean gap = false;
    for (int i = 0; i < said.length() && kept.length() < LONGEST; i++) {
      char c = said.charAt(i);
      if (c <= ' ' || c == 0x7f) {
        gap = !kept.isEmpty();
      } else {
        if (gap) {
          kept.append(' ');
          gap = false;
        }
        kept.append(c < 0x7f ? c : '?');
      }
    }
    return kept.toString();
  }

  /** {@code 250 ms}, {@code 5 s}. */
  public static String of(Duration time) {
    return time.toMillis() % 1000 == 0 && !time.isZero()
        ? time.toSeconds() + " s"
        : time.toMillis() + " ms";
  }
}
