package io.hasupervisor.monit;

import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Problems;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Puts the words of included files where their include stands, be it amid an entry. */
final class Includes {
  /** Far more than one host has; a bound for what follows. */
  private static final int MOST_FILES = 1000;

  private final ControlFiles files;
  private final Problems problems;
  private final Leftovers leftovers;
  private final Deque<Path> open = new ArrayDeque<>();
  private final List<Token> all = new ArrayList<>();
  private final List<Path> order = new ArrayList<>();

  private Includes(ControlFiles files, Problems problems, Leftovers leftovers) {
    this.files = files;
    this.problems = problems;
    this.leftovers = leftovers;
  }

  /** Those of {@code main} and of what it includes. */
  static Includes of(Path main, ControlFiles files, Problems problems, Leftovers leftovers) {
    Includes includes = new Includes(files, problems, leftovers);
    includes.read(main);
    return includes;
  }

  List<Token> tokens() {
    return List.copyOf(all);
  }

  /** Each file once, in the order in which they were opened. */
  List<Path> files() {
    return order.stream().distinct().toList();
  }

  private void read(Path file) {
    Optional<String> text = files.text(file, problems);
    if (text.isEmpty()) {
      return;
    }
    open.push(file);
    order.add(file);
    List<Token> tokens = Lexer.tokens(file, text.get(), problems);
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is("include") && i + 1 < tokens.size() && tokens.get(i + 1).value()) {
        include(token.at(), tokens.get(++i).text());
      } else {
        all.add(token);
      }
    }
    open.pop();
  }

  private void include(Origin at, String pattern) {
    String words = "include " + pattern;
    if (!pattern.startsWith("/")) {
      leftovers.add(
          at,
          words,
          "monit reads this from the directory it is started in, which is not known here: write an"
              + " absolute path");
      return;
    }
    List<Path> found = files.matching(pattern);
    if (found.isEmpty()) {
      leftovers.add(at, words, "there is no such file, and monit says nothing of it");
    }
    for (Path file : found) {
      if (files.isDirectory(file)) {
        leftovers.add(
            at, words, file + " is a directory, and monit reads none: include " + file + "/*");
      } else if (file.toString().endsWith("~")) {
        leftovers.add(at, words, file + " is an editor's backup, and monit does not read it");
      } else if (open.contains(file)) {
        leftovers.add(at, words, file + " would include itself; monit stops there too");
      } else if (order.size() > MOST_FILES) {
        problems.add(
            new Place(at.file(), at.line(), 1), "", "includes more than " + MOST_FILES + " files");
        return;
      } else {
        read(file);
      }
    }
  }
}
