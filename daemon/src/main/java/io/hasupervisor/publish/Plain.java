package io.hasupervisor.publish;

/**
 * Foreign words (a probe's answer, an init system's message, an operator's reason) made fit for one
 * line on a terminal: without control characters, which could move its cursor or forge lines.
 */
public final class Plain {
  private Plain() {}

  /** {@code text} on one line, at most {@code limit} characters; cut ends show as {@code ...}. */
  public static String line(String text, int limit) {
    StringBuilder line = new StringBuilder();
    boolean gap = false;
    for (int i = 0; i < text.length() && line.length() <= limit; ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (Character.isWhitespace(point) || invisible(point)) {
        gap = true;
        continue;
      }
      if (gap && !line.isEmpty()) {
        line.append(' ');
      }
      gap = false;
      line.appendCodePoint(point);
    }
    return line.length() <= limit ? line.toString() : cut(line, limit - 3) + "...";
  }

  private static String cut(StringBuilder line, int length) {
    boolean splitsPair = Character.isHighSurrogate(line.charAt(length - 1));
    return line.substring(0, splitsPair ? length - 1 : length);
  }

  private static boolean invisible(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
