package io.hasupervisor.monit;

import io.hasupervisor.yaml.Scalar;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of a statement for people, without what may be secret. */
final class Shown {
  private static final int MOST = 14;
  private static final int FEW = 3;
  private static final Pattern USER = Pattern.compile("(?<=://)[^/@]*@");
  private static final String HIDDEN = "…";

  private Shown() {}

  /** Foreign words on one line, without what could deceive whoever reads them. */
  static String line(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .forEach(c -> line.appendCodePoint(Scalar.writable(Character.toString(c)) ? c : '\uFFFD'));
    return line.toString();
  }

  /** The first of them, up to what may be secret. */
  static String of(List<Token> tokens) {
    StringBuilder text = new StringBuilder();
    for (Token token : tokens.subList(0, Math.min(MOST, tokens.size()))) {
      if (!token.is("%") && !token.is(",") && !text.isEmpty()) {
        text.append(' ');
      }
      text.append(word(token));
      if (token.in(Keywords.SECRET)) {
        return text + " " + HIDDEN;
      }
    }
    return text + (tokens.size() > MOST ? " " + HIDDEN : "");
  }

  /** So few of them that hardly a secret is among them, though they were not understood. */
  static String begin(List<Token> tokens) {
    List<Token> few =
        tokens.stream().limit(FEW).takeWhile(it -> it.form() != Token.Form.QUOTED).toList();
    return (of(few) + (tokens.size() > few.size() ? " " + HIDDEN : "")).strip();
  }

  private static String word(Token token) {
    return switch (token.form()) {
      case RAW -> "[" + HIDDEN + "]";
      case WORD, MARK, QUOTED -> open(token.text());
    };
  }

  /** Without the user in a URL, without a query, and of a command the program alone. */
  private static String open(String text) {
    Matcher user = USER.matcher(text.strip());
    String shown = user.replaceAll(HIDDEN + "@");
    int query = shown.indexOf('?');
    shown = query < 0 ? shown : shown.substring(0, query + 1) + HIDDEN;
    int space = shown.indexOf(' ');
    return shown.startsWith("/") && space > 0 ? shown.substring(0, space) + " " + HIDDEN : shown;
  }
}
