package io.hasupervisor.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks at the terminal for what the command line left out; without a terminal it remembers what is
 * missing.
 */
final class Questions {
  private static final int TRIES = 3;

  private final Optional<BufferedReader> keyboard;
  private final PrintWriter out;
  private final List<String> missing = new ArrayList<>();

  Questions(Optional<BufferedReader> keyboard, PrintWriter out) {
    this.keyboard = keyboard;
    this.out = out;
  }

  /** Options that were neither given nor answered. */
  List<String> missing() {
    return List.copyOf(missing);
  }

  /**
   * The value given, else the answer, else {@code otherwise}.
   *
   * @param option with its value, as a person would have to write it
   */
  String need(Optional<String> given, String option, String question, Optional<String> otherwise) {
    if (given.isPresent()) {
      return given.get();
    }
    String hint = otherwise.map(value -> " [" + value + "]").orElse("");
    for (int i = 0; i < TRIES && keyboard.isPresent(); i++) {
      Optional<String> answer = answer(keyboard.get(), question + hint);
      if (answer.isEmpty()) {
        break;
      }
      Optional<String> value = answer.filter(text -> !text.isEmpty()).or(() -> otherwise);
      if (value.isPresent()) {
        return value.get();
      }
    }
    missing.add(option);
    return "";
  }

  /** The value given, or the answer; an empty one is none, and so is no terminal. */
  Optional<String> may(Optional<String> given, String question) {
    return given
        .or(() -> keyboard.flatMap(reader -> answer(reader, question)))
        .filter(text -> !text.isEmpty());
  }

  /** Empty at the end of input. */
  private Optional<String> answer(BufferedReader reader, String question) {
    out.print(question + ": ");
    out.flush();
    try {
      return Optional.ofNullable(reader.readLine()).map(String::strip);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
