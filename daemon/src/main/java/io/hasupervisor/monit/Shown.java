package io.hasupervisor.monit;

import io.hasupervisor.yaml.Scalar;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of a statement for people, without what may be secret. */
final class Shown {
  private static final int MOST = 14;
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

  static String of(List<Token> tokens) {
    StringBuilder text = new StringBuilder();
    boolean secret = false;
    for (Token token : tokens.subList(0, Math.min(MOST, tokens.size()))) {
      if (!token.is("%") && !token.is(",") && !text.isEmpty()) {
        text.append(' ');
      }
      text.append(secret && token.value() ? HIDDEN : word(token));
      // A user and the password behind him may be two words.
      secret = token.in(Keywords.SECRET) || secret && token.text().endsWith(":");
    }
    return text + (tokens.size() > MOST ? " " + HIDDEN : "");
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
