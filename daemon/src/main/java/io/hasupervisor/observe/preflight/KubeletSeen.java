package io.hasupervisor.observe.preflight;

import io.hasupervisor.host.Command;
import io.hasupervisor.observe.Excerpt;
import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.observe.hostfiles.HostSeen;
import io.hasupervisor.observe.hostfiles.SmallFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kubelet's program and what its files say beside the manifest directory.
 *
 * @param program empty where there is none
 * @param version in its own words, such as {@code Kubernetes v1.31.0}; empty where it did not say
 * @param problem why it did not say; empty where it did
 * @param options what its settings and flags say
 */
public record KubeletSeen(
    Optional<Path> program, Optional<String> version, String problem, Options options) {
  private static final int OUTPUT = 4096;
  private static final List<String> FLAGS =
      List.of(
          "/var/lib/kubelet/kubeadm-flags.env",
          "/etc/default/kubelet",
          "/etc/sysconfig/kubelet",
          "/etc/systemd/system/kubelet.service",
          "/lib/systemd/system/kubelet.service");

  /**
   * What its settings and flags say.
   *
   * @param cgroupDriver empty where nothing says it
   * @param cgroupFile the file that says it
   * @param hostName {@code --hostname-override}
   * @param swap whether it runs with swap on
   */
  public record Options(
      Optional<String> cgroupDriver,
      Optional<Path> cgroupFile,
      Optional<String> hostName,
      boolean swap) {
    /** Where nothing could be read. */
    public static final Options NONE =
        new Options(Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  /**
   * Looks once, and asks the program for its version.
   *
   * @param config where the kubelet is told of its manifest directory, or a usual such file
   */
  public static KubeletSeen look(HostPaths paths, Path config, Duration limit)
      throws InterruptedException {
    Optional<Path> program = HostSeen.kubelet(paths);
    Options options = options(paths, config);
    if (program.filter(Files::isExecutable).isEmpty()) {
      return new KubeletSeen(program, Optional.empty(), "it may not be run", options);
    }
    try {
      Command.Result result =
          Command.run(List.of(program.get().toString(), "--version"), limit, OUTPUT);
      String said = Excerpt.of(result.output());
      String problem =
          result.timedOut()
              ? "no answer within " + Excerpt.of(limit)
              : result.exit() != 0
                  ? "exit code " + result.exit() + ", " + said
                  : said.isEmpty() ? "it prints nothing" : "";
      return new KubeletSeen(
          program, Optional.of(said).filter(_ -> problem.isEmpty()), problem, options);
    } catch (IOException e) {
      return new KubeletSeen(
          program, Optional.empty(), Excerpt.of(String.valueOf(e.getMessage())), options);
    }
  }

  private static Options options(HostPaths paths, Path config) {
    List<Path> files = new ArrayList<>(List.of(config));
    FLAGS.stream().map(paths::at).filter(file -> !file.equals(config)).forEach(files::add);
    Options all = Options.NONE;
    for (Path file : files) {
      try {
        all = joined(all, parsed(file, SmallFile.read(file)));
      } catch (IOException e) {
        // Not there, or not ours to read.
      }
    }
    return all;
  }

  /**
   * What is found first stays: of a flag and a setting the flag wins, but both are rarely there.
   */
  private static Options joined(Options one, Options two) {
    boolean first = one.cgroupDriver().isPresent();
    return new Options(
        first ? one.cgroupDriver() : two.cgroupDriver(),
        first ? one.cgroupFile() : two.cgroupFile(),
        one.hostName().or(two::hostName),
        one.swap() || two.swap());
  }

  static Options parsed(Path file, String text) {
    String said =
        text.lines().filter(line -> !line.matches("\\s*#.*")).reduce("", KubeletSeen::add);
    Optional<String> driver =
        first("(?m)(?:^cgroupDriver:\\s*|--cgroup-driver[= ])[\"']?(\\w+)", said);
    return new Options(
        driver,
        driver.map(_ -> file),
        first("--hostname-override[= ][\"']?([A-Za-z0-9.-]+)", said),
        first("(?m)(?:^failSwapOn:\\s*|--fail-swap-on=)(false)\\b", said).isPresent());
  }

  private static String add(String lines, String line) {
    return lines + line + "\n";
  }

  private static Optional<String> first(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
