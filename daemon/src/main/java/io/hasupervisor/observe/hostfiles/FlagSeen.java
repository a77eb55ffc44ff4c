package io.hasupervisor.observe.hostfiles;

import io.hasupervisor.observe.hostfiles.ShellFile.Word;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A flag of the kubelet's about manifests, and where it is written.
 *
 * @param name {@code --config} or {@code --pod-manifest-path}
 * @param word index of its word, or of its value's where that is a word of its own; in a shell file
 */
public record FlagSeen(Path file, int line, String name, String value, int word) {
  private static final Pattern FLAG =
      Pattern.compile("--?(config|pod-manifest-path)(?:=(.*))?", Pattern.DOTALL);
  private static final Pattern IN_UNIT =
      Pattern.compile("--(config|pod-manifest-path)[= ]+[\"']?([^\\s\"']+)");
  private static final List<String> ENVIRONMENTS =
      List.of(
          "/var/lib/kubelet/kubeadm-flags.env", "/etc/default/kubelet", "/etc/sysconfig/kubelet");

  /** Whether it names a KubeletConfiguration rather than a directory of manifests. */
  public boolean namesSettings() {
    return name.equals("--config") && KubeletFile.settings(Path.of(value.replace('\0', '?')));
  }

  /** Those of a shell file, in order. */
  public static List<FlagSeen> in(Path file, ShellFile shell) {
    List<Word> words = shell.arguments().toList();
    List<FlagSeen> found = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      Matcher flag = FLAG.matcher(words.get(i).text());
      if (flag.matches()) {
        boolean apart = flag.group(2) == null && i + 1 < words.size();
        String value =
            apart ? words.get(i + 1).text() : Optional.ofNullable(flag.group(2)).orElse("");
        found.add(
            new FlagSeen(
                file,
                words.get(i).line(),
                "--" + flag.group(1),
                shell.expanded(value),
                apart ? i + 1 : i));
      }
    }
    return found;
  }

  /** Those of units, drop-ins and environment files of this host, {@code except} one file. */
  static List<FlagSeen> elsewhere(HostPaths paths, Path except) {
    List<FlagSeen> found = new ArrayList<>();
    UnitFiles.of(paths, "kubelet").forEach(unit -> found.addAll(inUnit(unit)));
    for (String name : ENVIRONMENTS) {
      Path file = paths.at(name);
      if (!file.equals(except) && KubeletFile.read(file) instanceof KubeletFile.Flags flags) {
        found.addAll(in(file, flags.shell()));
      }
    }
    return found;
  }

  private static List<FlagSeen> inUnit(Path unit) {
    List<FlagSeen> found = new ArrayList<>();
    try {
      List<String> lines =
          Files.readString(unit, StandardCharsets.ISO_8859_1).lines().limit(2000).toList();
      for (int i = 0; i < lines.size(); i++) {
        Matcher flag = IN_UNIT.matcher(lines.get(i).replaceFirst("^\\s*[#;].*", ""));
        while (flag.find()) {
          found.add(new FlagSeen(unit, i + 1, "--" + flag.group(1), flag.group(2), -1));
        }
      }
    } catch (IOException e) {
      // Not ours to read, then.
    }
    return found;
  }
}
