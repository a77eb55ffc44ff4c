package io.hasupervisor.assess.preflight;

import static io.hasupervisor.assess.preflight.Check.Result.ADVICE;
import static io.hasupervisor.assess.preflight.Check.Result.WARNING;

import io.hasupervisor.observe.preflight.DaemonSeen;
import java.util.ArrayList;
import java.util.List;

/** Whether the daemon runs, which places manifests, and is the same program as this one. */
public final class DaemonRule {
  private DaemonRule() {}

  /**
   * One line for each thing.
   *
   * @param version this program's
   * @param master whether the configuration, as it is on the disk, makes a master of this host
   */
  public static List<Check> checks(DaemonSeen seen, String version, boolean master) {
    return switch (seen) {
      case DaemonSeen.Runs runs -> runs(runs, version, master);
      case DaemonSeen.Silent silent ->
          List.of(
              check(
                  "DAEMON_NOT_RUNNING",
                  WARNING,
                  "does not answer, and nothing is placed without it: "
                      + silent.why().split(";", 2)[0],
                  "systemctl enable --now ha-supervisor"));
    };
  }

  private static List<Check> runs(DaemonSeen.Runs runs, String version, boolean master) {
    List<Check> checks = new ArrayList<>();
    if (!runs.version().equals(version)) {
      checks.add(
          check(
              "DAEMON_OTHER_VERSION",
              ADVICE,
              "version %s runs, version %s is installed".formatted(runs.version(), version),
              "systemctl restart ha-supervisor"));
    }
    if (master && !runs.master()) {
      checks.add(
          check(
              "DAEMON_OLD_CONFIGURATION",
              WARNING,
              "runs with a configuration that makes no master of this host, other than the one on"
                  + " the disk",
              "systemctl reload ha-supervisor"));
    }
    return checks.isEmpty()
        ? List.of(Check.ok(Area.DAEMON, "", "runs, version " + version))
        : checks;
  }

  private static Check check(String code, Check.Result result, String text, String cure) {
    return new Check(Area.DAEMON, code, result, "ha-supervisor", text, cure);
  }
}
