package io.hasupervisor.monit;

import io.hasupervisor.monit.Token.Form;
import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Problems;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Splits the text of one control file into its words. */
final class Lexer {
  private static final String ENDS_WORD = "\"'(),;{}%";

  private final Path file;
  private final String text;
  private final Problems problems;
  private final List<Token> tokens = new ArrayList<>();
  private int next;
  private int line = 1;

  /** What is not closed yet. */
  private record Open(int offset, int line) {}

  private final Deque<Open> braces = new ArrayDeque<>();

  private Lexer(Path file, String text, Problems problems) {
    this.file = file;
    this.text = text;
    this.problems = problems;
  }

  /** All of them; a problem is told where a quotation mark or brace is not closed. */
  static List<Token> tokens(Path file, String text, Problems problems) {
    Lexer lexer = new Lexer(file, text, problems);
    while (lexer.next < text.length()) {
      lexer.step();
    }
    lexer.braces.stream().limit(1).forEach(open -> lexer.unclosed(open.offset(), open.line()));
    return lexer.tokens;
  }

  private void step() {
    char c = text.charAt(next);
    if (c == '\n') {
      line++;
      next++;
    } else if (c <= ' ' || c == '(' || c == ')' || c == ';' || c == '\\') {
      next++;
    } else if (c == '#') {
      int end = text.indexOf('\n', next);
      next = end < 0 ? text.length() : end;
    } else if (c == '"' || c == '\'') {
      span(Form.QUOTED, c);
    } else if (c == '[' && afterHeaders()) {
      span(Form.RAW, ']');
    } else if (ENDS_WORD.indexOf(c) >= 0 || (c == ':' && !braces.isEmpty())) {
      mark(c);
    } else {
      word();
    }
  }

  private void mark(char c) {
    boolean mail = c == '{' && last("mail-format", 1);
    if (mail) {
      // The text of a mail may hold apostrophes and number signs.
      span(Form.RAW, '}');
      return;
    }
    if (c == '{') {
      braces.push(new Open(next, line));
    } else if (c == '}') {
      braces.poll();
    }
    add(Form.MARK, String.valueOf(c), line);
    next++;
  }

  private void word() {
    int begin = next;
    while (next < text.length() && inWord(text.charAt(next))) {
      next++;
    }
    add(Form.WORD, text.substring(begin, next), line);
  }

  private boolean inWord(char c) {
    return c > ' ' && ENDS_WORD.indexOf(c) < 0 && !(c == ':' && !braces.isEmpty());
  }

  /** From the mark at {@link #next} to {@code closing}, both left out; may go over lines. */
  private void span(Form form, char closing) {
    int end = text.indexOf(closing, next + 1);
    if (end < 0) {
      unclosed(next, line);
      next = text.length();
      braces.clear();
      return;
    }
    String inside = text.substring(next + 1, end);
    add(form, inside, line);
    line += (int) inside.chars().filter(c -> c == '\n').count();
    next = end + 1;
  }

  private boolean afterHeaders() {
    return (last("headers", 1) && last("http", 2)) || last("hostgroups", 1);
  }

  private boolean last(String keyword, int back) {
    return tokens.size() >= back && tokens.get(tokens.size() - back).is(keyword);
  }

  private void add(Form form, String word, int at) {
    tokens.add(new Token(new Origin(file, at), form, word));
  }

  private void unclosed(int offset, int at) {
    int column = offset - text.lastIndexOf('\n', offset);
    problems.add(
        new Place(file, at, column),
        "",
        text.charAt(offset) + " is not closed; monit -t would say so too");
  }
}
