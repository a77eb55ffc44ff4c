package io.hasupervisor.config;

import io.hasupervisor.yaml.Nearest;
import io.hasupervisor.yaml.Value;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Types of words: choices, names, paths, commands. */
final class Words {
  /** Any text, also an empty one in quotation marks. */
  static final Type<String> ANY = Type.text("a text", Optional::of);

  static final Type<Boolean> TRUTH =
      Type.text(
          "true or false",
          text ->
              switch (text) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
              });

  /** A path as written, perhaps relative. */
  static final Type<Path> PATH =
      Type.text("a path", text -> path(text).filter(p -> !text.isEmpty()));

  static final Type<Path> ABSOLUTE =
      Type.text("an absolute path", text -> path(text).filter(Path::isAbsolute));

  /** An argument vector: nothing searches a PATH or runs a shell. */
  static final Type<List<String>> COMMAND =
      ANY.list()
          .where(
              argv -> !argv.isEmpty() && argv.getFirst().startsWith("/"),
              "must begin with the absolute path of a program: no PATH is searched and no shell"
                  + " runs");

  /** The same, or {@code []}: nothing is run. */
  static final Type<List<String>> HOOK =
      (value, spot) ->
          value instanceof Value.Items items && items.items().isEmpty()
              ? Optional.of(List.of())
              : COMMAND.read(value, spot);

  private Words() {}

  static Type<String> matching(Pattern pattern, String expected) {
    return Type.text(expected, text -> Optional.of(text).filter(t -> pattern.matcher(t).matches()));
  }

  /** One of the constants, written in small letters with hyphens. */
  static <E extends Enum<E>> Type<E> choice(Class<E> constants) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : constants.getEnumConstants()) {
      words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return choice(words);
  }

  static <T> Type<T> choice(Map<String, T> words) {
    return (value, spot) -> {
      String text = value instanceof Value.Text word ? word.text() : "";
      T chosen = words.get(text);
      if (chosen == null) {
        String all = String.join(", ", words.keySet());
        String hint = Nearest.hint(text, words.keySet());
        spot.reject(value.place(), "must be one of " + all + ", not " + value.shown() + hint);
      }
      return Optional.ofNullable(chosen);
    };
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
