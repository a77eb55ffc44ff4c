package io.hasupervisor.yaml;

/** Text from a file, made fit for one line of a message. */
public final class Quote {
  private static final int LIMIT = 60;

  private Quote() {}

  /** In quotation marks. */
  public static String of(String text) {
    return '"' + bare(text) + '"';
  }

  /** Without control characters and at most a few words long. */
  public static String bare(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(LIMIT).forEach(c -> shown.appendCodePoint(printable(c) ? c : '\uFFFD'));
    return text.codePointCount(0, text.length()) > LIMIT
        ? shown.append('…').toString()
        : shown.toString();
  }

  /** As one word of a command that is to be copied into a shell. */
  public static String word(String text) {
    return text.matches("[A-Za-z0-9_./@:,+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** Controls, lone surrogates and direction overrides could deceive whoever reads the message. */
  static boolean printable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
