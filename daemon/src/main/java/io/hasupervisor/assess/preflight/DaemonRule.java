package io.hasupervisor.assess.preflight;

import static io.hasupervisor.assess.preflight.Check.Result.ADVICE;
import static io.hasupervisor.assess.preflight.Check.Result.WARNING;

import io.hasupervisor.observe.preflight.DaemonSeen;
import java.util.List;

/** Whether the daemon runs, which places manifests, and is the same program as this one. */
public final class DaemonRule {
  private DaemonRule() {}

  /**
   * One line.
   *
   * @param version this program's
   */
  public static List<Check> checks(DaemonSeen seen, String version) {
    return List.of(
        switch (seen) {
          case DaemonSeen.Runs runs ->
              runs.version().equals(version)
                  ? Check.ok(Area.DAEMON, "ha-supervisor", "runs, version " + version)
                  : new Check(
                      Area.DAEMON,
                      "DAEMON_OTHER_VERSION",
                      ADVICE,
                      "ha-supervisor",
                      "version %s runs, version %s is installed".formatted(runs.version(), version),
                      "systemctl restart ha-supervisor");
          case DaemonSeen.Silent silent ->
              new Check(
                  Area.DAEMON,
                  "DAEMON_NOT_RUNNING",
                  WARNING,
                  "ha-supervisor",
                  "does not answer, and nothing is placed without it: " + silent.why(),
                  "systemctl enable --now ha-supervisor");
        });
  }
}
