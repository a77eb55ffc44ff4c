package io.hasupervisor.observe.worker;

import io.hasupervisor.observe.hostfiles.ShellFile;
import io.hasupervisor.observe.hostfiles.ShellFile.Word;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A flag by which a client of the apiservers is told of them: by an address ({@code --api-servers}
 * of a kubelet before 1.8, {@code --master} of a kube-proxy) or by a kubeconfig.
 *
 * @param line from 1
 * @param name with both dashes
 * @param written as in the file
 * @param value the same with the file's variables replaced
 * @param word that holds the value, where it is in a shell file
 */
public record ServerFlag(
    Path file, int line, String name, String written, String value, Optional<Word> word) {
  private static final String NAMES = "api-servers?|master|kubeconfig|bootstrap-kubeconfig";
  private static final Pattern FLAG =
      Pattern.compile("--?(" + NAMES + ")(?:=(.*))?", Pattern.DOTALL);
  private static final Pattern IN_UNIT =
      Pattern.compile("(?<=[\\s\"'=])--(" + NAMES + ")[= ]+[\"']?([^\\s\"']+)");

  /** Whether it names an address rather than a file. */
  public boolean isAddress() {
    return !name.endsWith("kubeconfig");
  }

  /** Those of a shell file, in whatever variable they stand. */
  static List<ServerFlag> in(Path file, ShellFile shell) {
    List<Word> words = shell.assignments().stream().flatMap(it -> it.words().stream()).toList();
    List<ServerFlag> found = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      Matcher flag = FLAG.matcher(words.get(i).text());
      if (flag.matches()) {
        boolean apart = flag.group(2) == null && i + 1 < words.size();
        Word holder = words.get(apart ? i + 1 : i);
        String written = apart ? holder.text() : Optional.ofNullable(flag.group(2)).orElse("");
        found.add(
            new ServerFlag(
                file,
                words.get(i).line(),
                "--" + flag.group(1),
                written,
                shell.expanded(written),
                Optional.of(holder)));
      }
    }
    return found;
  }

  /** Those of a unit's file. */
  static List<ServerFlag> inUnit(Path file, List<String> lines) {
    List<ServerFlag> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher flag = IN_UNIT.matcher(lines.get(i).replaceFirst("^\\s*[#;].*", ""));
      while (flag.find()) {
        String value = flag.group(2);
        found.add(
            new ServerFlag(file, i + 1, "--" + flag.group(1), value, value, Optional.empty()));
      }
    }
    return found;
  }
}
