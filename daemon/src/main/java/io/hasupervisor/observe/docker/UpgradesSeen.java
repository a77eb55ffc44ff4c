package io.hasupervisor.observe.docker;

import io.hasupervisor.host.Command;
import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.observe.hostfiles.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What upgrades packages of this host by itself. */
public sealed interface UpgradesSeen {

  /** Nothing does. */
  record None() implements UpgradesSeen {}

  /**
   * Debian's unattended-upgrades.
   *
   * @param origins patterns of the archives from which it upgrades
   * @param blacklist patterns of packages that it leaves alone
   * @param docker packages of docker that are installed and not on hold
   */
  record Apt(List<String> origins, List<String> blacklist, List<String> docker)
      implements UpgradesSeen {
    public Apt {
      origins = List.copyOf(origins);
      blacklist = List.copyOf(blacklist);
      docker = List.copyOf(docker);
    }
  }

  /**
   * dnf-automatic.
   *
   * @param excludes patterns of packages that it leaves alone
   */
  record Dnf(List<String> excludes) implements UpgradesSeen {
    public Dnf {
      excludes = List.copyOf(excludes);
    }
  }

  /** Files whose change is worth another look. */
  List<String> FILES =
      List.of(
          "/etc/apt/apt.conf.d/20auto-upgrades",
          "/etc/apt/apt.conf.d/50unattended-upgrades",
          "/var/lib/dpkg/status",
          "/etc/dnf/automatic.conf",
          "/etc/dnf/dnf.conf");

  /** What {@code apt-config dump} prints; a seam for tests. */
  @FunctionalInterface
  interface AptConfig {
    String dump() throws IOException, InterruptedException;

    /** Of this host. */
    static AptConfig ofThisHost() {
      return () ->
          Command.run(List.of("apt-config", "dump"), Duration.ofSeconds(10), 1 << 20).output();
    }
  }

  /** Looks once. */
  static UpgradesSeen look(HostPaths paths, AptConfig apt) throws InterruptedException {
    if (Files.isExecutable(paths.at("/usr/bin/unattended-upgrade"))
        && !masked(paths, "apt-daily-upgrade.timer")) {
      return apt(paths, apt);
    }
    return dnf(paths);
  }

  private static UpgradesSeen apt(HostPaths paths, AptConfig apt) throws InterruptedException {
    String dump;
    try {
      dump = apt.dump();
    } catch (IOException e) {
      return new None();
    }
    boolean on =
        !value(dump, "APT::Periodic::Unattended-Upgrade").orElse("0").equals("0")
            && !value(dump, "APT::Periodic::Enable").orElse("1").equals("0");
    List<String> origins = new ArrayList<>(list(dump, "Unattended-Upgrade::Allowed-Origins"));
    origins.addAll(list(dump, "Unattended-Upgrade::Origins-Pattern"));
    return on
        ? new Apt(origins, list(dump, "Unattended-Upgrade::Package-Blacklist"), installed(paths))
        : new None();
  }

  private static Optional<String> value(String dump, String name) {
    Matcher line = Pattern.compile("(?im)^" + Pattern.quote(name) + " \"(.*)\";$").matcher(dump);
    return line.find() ? Optional.of(line.group(1)) : Optional.empty();
  }

  private static List<String> list(String dump, String name) {
    return Pattern.compile("(?im)^" + Pattern.quote(name) + ":: \"(.*)\";$")
        .matcher(dump)
        .results()
        .map(line -> line.group(1))
        .toList();
  }

  private static List<String> installed(HostPaths paths) {
    Pattern docker =
        Pattern.compile(
            "(?m)^Package: (docker\\.io|docker-ce|docker-engine|moby-engine)\n"
                + "Status: install ok installed$");
    try {
      String status =
          Files.readString(paths.at("/var/lib/dpkg/status"), StandardCharsets.ISO_8859_1);
      return docker.matcher(status).results().map(it -> it.group(1)).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static UpgradesSeen dnf(HostPaths paths) {
    boolean installs = timer(paths, "dnf-automatic-install.timer");
    boolean applies =
        timer(paths, "dnf-automatic.timer")
            && ini(paths, "/etc/dnf/automatic.conf", "apply_updates").stream()
                .anyMatch(it -> it.matches("(?i)yes|true|1|on"));
    boolean docker =
        Files.isExecutable(paths.at("/usr/bin/dockerd"))
            || Files.isExecutable(paths.at("/usr/sbin/dockerd"));
    if (!docker || !(installs || applies)) {
      return new None();
    }
    List<String> excludes = new ArrayList<>();
    for (String file : List.of("/etc/dnf/automatic.conf", "/etc/dnf/dnf.conf")) {
      for (String name : List.of("exclude", "excludepkgs")) {
        ini(paths, file, name).forEach(it -> excludes.addAll(List.of(it.split("[,\\s]+", -1))));
      }
    }
    return new Dnf(excludes);
  }

  private static boolean masked(HostPaths paths, String unit) {
    try {
      return Files.readSymbolicLink(paths.at("/etc/systemd/system/" + unit))
          .equals(Path.of("/dev/null"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static boolean timer(HostPaths paths, String unit) {
    return Files.exists(
        paths.at("/etc/systemd/system/timers.target.wants/" + unit), LinkOption.NOFOLLOW_LINKS);
  }

  private static List<String> ini(HostPaths paths, String file, String name) {
    try {
      return Pattern.compile("(?m)^" + name + "[ \\t]*=[ \\t]*(.*?)[ \\t]*$")
          .matcher(SmallFile.read(paths.at(file)))
          .results()
          .map(it -> it.group(1))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
