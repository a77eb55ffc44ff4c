package io.hasupervisor.assess.docker;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.observe.docker.UpgradesSeen;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Whether docker is upgraded, and so restarted, on all masters in one night. */
public final class UpgradeRule {
  /** Packages of docker's own archives; others are of the distribution's. */
  private static final Pattern FOREIGN = Pattern.compile("docker-ce|docker-engine|moby-engine");

  private static final Pattern FOREIGN_ARCHIVE =
      Pattern.compile("(?i)docker|microsoft|(^|[=:,])\\*($|[:,])");

  private UpgradeRule() {}

  /** Nothing or one finding; {@code verified} live-restore bears upgrades to patch releases. */
  public static List<Finding> findings(UpgradesSeen seen, boolean verified) {
    return switch (seen) {
      case UpgradesSeen.None _ -> List.of();
      case UpgradesSeen.Apt apt ->
          apt.docker().stream()
              .filter(name -> comes(name, apt.origins()))
              .filter(name -> apt.blacklist().stream().noneMatch(it -> begins(it, name)))
              .map(name -> finding("unattended-upgrades", name, "apt-mark hold " + name, verified))
              .toList();
      case UpgradesSeen.Dnf dnf ->
          dnf.excludes().stream().anyMatch(UpgradeRule::covers)
              ? List.of()
              : List.of(
                  finding(
                      "dnf-automatic",
                      "docker",
                      "add excludepkgs=docker*,moby* to [main] of /etc/dnf/dnf.conf",
                      verified));
    };
  }

  private static boolean comes(String name, List<String> origins) {
    return FOREIGN.matcher(name).matches()
        ? origins.stream().anyMatch(it -> FOREIGN_ARCHIVE.matcher(it).find())
        : !origins.isEmpty();
  }

  private static boolean covers(String exclude) {
    return exclude.startsWith("docker") || exclude.startsWith("moby") || exclude.equals("*");
  }

  /** As Python's re.match, by which unattended-upgrades goes. */
  private static boolean begins(String pattern, String name) {
    try {
      return Pattern.compile(pattern).matcher(name).lookingAt();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static Finding finding(String who, String what, String cure, boolean verified) {
    return Finding.of(
        "UNATTENDED_UPGRADES",
        verified ? Severity.ADVICE : Severity.WARNING,
        what,
        who
            + " may upgrade "
            + what
            + ", and so restart docker, on all masters in one night"
            + (verified ? "; live-restore bears that for patch releases only." : "."),
        "Upgrade docker on one master after the other; keep it from upgrading by itself: " + cure);
  }
}
