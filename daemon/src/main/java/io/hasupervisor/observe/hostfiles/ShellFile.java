package io.hasupervisor.observe.hostfiles;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of shell assignments such as {@code /etc/default/kubelet}: what init scripts source and
 * what systemd reads as an environment file. Nothing in it is run.
 *
 * @param faults where it is more than assignments, or broken
 */
public record ShellFile(List<Assignment> assignments, List<Fault> faults) {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)}|([A-Za-z_][A-Za-z0-9_]*))");

  public ShellFile {
    assignments = List.copyOf(assignments);
    faults = List.copyOf(faults);
  }

  /** {@code NAME=…}; the value as the words that a shell makes of {@code $NAME}. */
  public record Assignment(String name, int line, List<Word> words) {
    public Assignment {
      words = List.copyOf(words);
    }
  }

  /**
   * One word, variables not replaced.
   *
   * @param line from 1
   * @param start index in the file of its first character
   * @param end index after its last one
   * @param quoted whether quotes are open at its end
   * @param afterBreak whether a line ended between it and the word before
   */
  public record Word(
      String text, int line, int start, int end, boolean quoted, boolean afterBreak) {}

  /** What cannot be taken as an assignment; line from 1. */
  public record Fault(int line, String text) {}

  /** Reads text; any text. */
  public static ShellFile parse(String text) {
    return new ShellReader(text).file();
  }

  /** The words of the variables that hold a kubelet's arguments, in order. */
  public Stream<Word> arguments() {
    return assignments.stream()
        .filter(assignment -> holdsArguments(assignment.name()))
        .flatMap(assignment -> assignment.words().stream());
  }

  /** Whether init scripts and drop-ins give this variable to the kubelet as arguments. */
  public static boolean holdsArguments(String name) {
    return name.equals("DAEMON_ARGS")
        || name.matches("KUBELET_[A-Z_]*(ARGS|OPTS)")
        || name.equals("KUBELET_OPTS");
  }

  /** The value that a variable has in the end. */
  public Optional<String> value(String name) {
    return assignments.stream()
        .filter(assignment -> assignment.name().equals(name))
        .reduce((_, last) -> last)
        .map(last -> String.join(" ", last.words().stream().map(Word::text).toList()));
  }

  /** A word with the variables of this file replaced, once; unknown ones stay. */
  public String expanded(String word) {
    Matcher matcher = VARIABLE.matcher(word);
    return matcher.replaceAll(
        found ->
            Matcher.quoteReplacement(
                value(Optional.ofNullable(found.group(1)).orElse(found.group(2)))
                    .orElse(found.group())));
  }
}
