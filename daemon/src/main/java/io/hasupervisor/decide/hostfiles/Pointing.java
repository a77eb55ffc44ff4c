package io.hasupervisor.decide.hostfiles;

import io.hasupervisor.assess.hostfiles.KubeletRule;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.hostfiles.FlagSeen;
import io.hasupervisor.observe.hostfiles.KubeletFile;
import io.hasupervisor.observe.hostfiles.ShellFile;
import io.hasupervisor.observe.hostfiles.ShellFile.Assignment;
import io.hasupervisor.observe.hostfiles.ShellFile.Word;
import io.hasupervisor.yaml.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the kubelet's file is changed so that it names our manifest directory: the least change, read
 * again before it is believed.
 */
public sealed interface Pointing {
  /** It names the directory already. */
  record Right() implements Pointing {}

  /** Its new text. */
  record Changed(String text) implements Pointing {}

  /** It is left alone. */
  record Refused(Place place, String why) implements Pointing {}

  /**
   * Of the text of a file; an empty one where there is none.
   *
   * @param text as {@code SmallFile} reads it
   */
  static Pointing of(Path file, String text, Profile profile, Path directory) {
    if (!directory.toString().matches("[A-Za-z0-9_./@:+-]+")) {
      return refused(file, 0, "the directory's name would have to be quoted in it");
    }
    KubeletFile read = KubeletFile.of(file, text);
    return switch (read) {
      case KubeletFile.Absent _ -> refused(file, 0, "it is not there");
      case KubeletFile.Unusable unusable -> new Refused(unusable.place(), unusable.why());
      case KubeletFile.Flags flags when !flags.shell().faults().isEmpty() -> {
        ShellFile.Fault fault = flags.shell().faults().getFirst();
        yield refused(file, fault.line(), fault.text());
      }
      case KubeletFile.Flags _, KubeletFile.Settings _ when points(read, directory) -> new Right();
      case KubeletFile.Flags flags ->
          verified(file, shell(file, text, flags.shell(), profile, directory), directory);
      case KubeletFile.Settings _ -> verified(file, yaml(text, directory), directory);
    };
  }

  private static boolean points(KubeletFile file, Path directory) {
    return switch (file) {
      case KubeletFile.Absent _, KubeletFile.Unusable _ -> false;
      case KubeletFile.Flags flags -> {
        List<FlagSeen> found = directories(flags.file(), flags.shell());
        yield flags.shell().faults().isEmpty()
            && !found.isEmpty()
            && found.stream().allMatch(flag -> KubeletRule.same(flag.value(), directory));
      }
      case KubeletFile.Settings settings ->
          settings.staticPodPath().filter(it -> KubeletRule.same(it.text(), directory)).isPresent();
    };
  }

  private static Pointing verified(Path file, String changed, Path directory) {
    return points(KubeletFile.of(file, changed), directory)
        ? new Changed(changed)
        : refused(file, 0, "it is written in a way that is not changed here: do it by hand");
  }

  private static List<FlagSeen> directories(Path file, ShellFile shell) {
    return FlagSeen.in(file, shell).stream().filter(flag -> !flag.namesSettings()).toList();
  }

  private static String shell(
      Path file, String text, ShellFile shell, Profile profile, Path directory) {
    List<FlagSeen> flags = directories(file, shell);
    if (flags.isEmpty()) {
      return added(text, shell, profile, "--pod-manifest-path=" + directory);
    }
    List<Word> words = shell.arguments().toList();
    StringBuilder changed = new StringBuilder(text);
    for (FlagSeen flag : flags.reversed()) {
      Word word = words.get(flag.word());
      boolean whole = word.text().startsWith("-");
      changed.replace(
          word.start(), word.end(), whole ? flag.name() + "=" + directory : directory.toString());
    }
    return changed.toString();
  }

  /** To the end of the last variable that holds arguments, else in a line of its own. */
  private static String added(String text, ShellFile shell, Profile profile, String flag) {
    Optional<Assignment> last =
        shell.assignments().stream()
            .filter(assignment -> ShellFile.holdsArguments(assignment.name()))
            .reduce((_, later) -> later);
    if (last.isEmpty() || last.get().words().isEmpty()) {
      String name =
          last.map(Assignment::name)
              .orElse(profile == Profile.SEED ? "DAEMON_ARGS" : "KUBELET_EXTRA_ARGS");
      return line(text, name + "=\"" + flag + "\"");
    }
    Word end = last.get().words().getLast();
    StringBuilder changed = new StringBuilder(text);
    if (end.quoted()) {
      changed.insert(end.end(), " " + flag);
    } else {
      changed.insert(end.end(), " " + flag + "\"").insert(end.start(), '"');
    }
    return changed.toString();
  }

  private static String yaml(String text, Path directory) {
    Pattern key =
        Pattern.compile("(?m)^staticPodPath:[^#\\r\\n]*?([ \\t]*(?:#[^\\r\\n]*)?)(\\r?)$");
    String line = "staticPodPath: " + directory;
    Matcher present = key.matcher(text);
    return present.find()
        ? present.replaceFirst(Matcher.quoteReplacement(line) + "$1$2")
        : line(text, line);
  }

  private static String line(String text, String line) {
    boolean ended = text.isEmpty() || text.endsWith("\n");
    return text + (ended ? "" : "\n") + line + "\n";
  }

  private static Refused refused(Path file, int line, String why) {
    return new Refused(new Place(file, line, 0), why);
  }
}
