package io.hasupervisor.assess.manifest;

import java.util.ArrayList;
import java.util.List;

/**
 * A shell's command line, understood as far as manifests need it: words, without substitutions.
 *
 * @param words of all commands in it; {@link #END} is where a command ends
 * @param targets files that output is redirected to
 * @param replaced whether the shell gives its place to a program ({@code exec})
 */
record Shell(List<String> words, List<String> targets, boolean replaced) {
  /** Stands for all that ends a command. */
  static final String END = ";";

  Shell {
    words = List.copyOf(words);
    targets = List.copyOf(targets);
  }

  static Shell of(String script) {
    return new Scanner(script).scan();
  }

  /** One pass over the characters. */
  private static final class Scanner {
    private final String script;
    private final List<String> words = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;
    private boolean replaced;
    private boolean toTarget;
    private int at;

    Scanner(String script) {
      this.script = script;
    }

    Shell scan() {
      for (at = 0; at < script.length(); at++) {
        char c = script.charAt(at);
        switch (c) {
          case ' ', '\t' -> end();
          case '\'', '"' -> quoted(c);
          case '\\' -> escaped();
          case ';', '&', '|', '\n' -> {
            end();
            words.add(END);
          }
          case '>', '<' -> redirect();
          default -> take(c);
        }
      }
      end();
      return new Shell(words, targets, replaced);
    }

    private void take(char c) {
      begun = true;
      word.append(c);
    }

    private void quoted(char quote) {
      begun = true;
      for (at++; at < script.length() && script.charAt(at) != quote; at++) {
        if (quote == '"' && script.charAt(at) == '\\') {
          at++;
        }
        word.append(at < script.length() ? script.charAt(at) : quote);
      }
    }

    private void escaped() {
      at++;
      if (at < script.length() && script.charAt(at) != '\n') {
        take(script.charAt(at));
      }
    }

    private void redirect() {
      if (!word.chars().allMatch(Character::isDigit)) {
        end();
      }
      word.setLength(0);
      begun = false;
      toTarget = true;
      while (at + 1 < script.length() && ">&".indexOf(script.charAt(at + 1)) >= 0) {
        at++;
      }
    }

    private void end() {
      String text = word.toString();
      word.setLength(0);
      if (!begun) {
        return;
      }
      begun = false;
      if (toTarget) {
        toTarget = false;
        if (text.startsWith("/")) {
          targets.add(text);
        }
      } else if (text.equals("exec") && firstOfCommand()) {
        replaced = true;
      } else {
        words.add(text);
      }
    }

    private boolean firstOfCommand() {
      return words.isEmpty()
          || words.getLast().equals(END)
          || words.getLast().matches("[A-Za-z_][A-Za-z_0-9]*=[^\\n]*");
    }
  }
}
