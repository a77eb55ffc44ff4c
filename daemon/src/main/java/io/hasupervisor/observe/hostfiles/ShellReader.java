package io.hasupervisor.observe.hostfiles;

import io.hasupervisor.observe.hostfiles.ShellFile.Assignment;
import io.hasupervisor.observe.hostfiles.ShellFile.Fault;
import io.hasupervisor.observe.hostfiles.ShellFile.Word;
import io.hasupervisor.yaml.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads assignments of sh(1): quotes, backslashes, comments; whatever else is a fault. */
final class ShellReader {
  private static final Pattern NAME =
      Pattern.compile("(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_]*)=");
  private static final Pattern PLACEHOLDER = Pattern.compile("<[A-Za-z][A-Za-z0-9 _-]*>");

  private final String text;
  private final List<Assignment> assignments = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private int at;
  private int line = 1;

  private final List<Word> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int wordStart = -1;
  private int wordLine;
  private boolean broken;

  ShellReader(String text) {
    this.text = text;
  }

  ShellFile file() {
    while (at < text.length()) {
      char c = text.charAt(at);
      Matcher name = NAME.matcher(text).region(at, text.length());
      if (c == ' ' || c == '\t' || c == ';' || c == '\r' || c == '\n') {
        step();
      } else if (c == '#') {
        skipLine();
      } else if (name.lookingAt()) {
        int begun = line;
        at = name.end();
        value();
        assignments.add(new Assignment(name.group(1), begun, words));
        words.clear();
      } else {
        faults.add(new Fault(line, Quote.of(rest()) + " is no assignment"));
        skipLine();
      }
    }
    return new ShellFile(assignments, faults);
  }

  /** Up to the blank or line end that ends it. */
  private void value() {
    char quote = 0;
    int opened = line;
    broken = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (quote == 0 && (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ';')) {
        break;
      }
      if (c == '\\' && quote != '\'' && at + 1 < text.length()) {
        escape(quote);
      } else if (c == quote) {
        endWord(true);
        quote = 0;
        resume();
        step();
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        opened = line;
        step();
      } else if (quote != 0 && Character.isWhitespace(c)) {
        endWord(true);
        broken |= c == '\n';
        step();
      } else {
        plain(c, quote);
      }
    }
    endWord(false);
    if (quote != 0) {
      faults.add(new Fault(opened, "the quote " + quote + " that is opened here is never closed"));
    }
  }

  private void escape(char quote) {
    char next = text.charAt(at + 1);
    if (next == '\n') {
      step();
    } else if (quote == 0 && (next == ' ' || next == '\t')) {
      endWord(false);
      step();
    } else if (quote == 0 || "\"\\$`".indexOf(next) >= 0) {
      begin();
      step();
      word.append(next);
    } else {
      begin();
      word.append('\\');
    }
    step();
  }

  private void plain(char c, char quote) {
    Matcher placeholder = PLACEHOLDER.matcher(text).region(at, text.length());
    begin();
    if (quote == 0 && c == '<' && placeholder.lookingAt()) {
      word.append(placeholder.group());
      at = placeholder.end();
      return;
    }
    if (quote != '\'' && (c == '`' || text.startsWith("$(", at))) {
      faults.add(new Fault(line, "a command is run here: what it says is not known"));
    } else if (quote == 0 && "<>|&()".indexOf(c) >= 0) {
      faults.add(new Fault(line, "\"" + c + "\" has no place in an assignment"));
    }
    word.append(c);
    step();
  }

  private void begin() {
    if (wordStart < 0) {
      wordStart = at;
      wordLine = line;
    }
  }

  private void endWord(boolean quoted) {
    if (wordStart >= 0) {
      words.add(new Word(word.toString(), wordLine, wordStart, at, quoted, broken));
      wordStart = -1;
      word.setLength(0);
      broken = false;
    }
  }

  /** What follows a closing quote at once belongs to the same word. */
  private void resume() {
    boolean goesOn =
        at + 1 < text.length() && " \t\r\n;".indexOf(text.charAt(at + 1)) < 0 && at > 0;
    if (goesOn && !words.isEmpty() && words.getLast().end() == at) {
      Word last = words.removeLast();
      word.append(last.text());
      wordStart = last.start();
      wordLine = last.line();
      broken = last.afterBreak();
    }
  }

  private void step() {
    if (text.charAt(at) == '\n') {
      line++;
    }
    at++;
  }

  private void skipLine() {
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
  }

  private String rest() {
    int end = text.indexOf('\n', at);
    return text.substring(at, end < 0 ? text.length() : end);
  }
}
