package io.hasupervisor.assess.docker;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.observe.docker.DockerSeen;
import io.hasupervisor.observe.docker.SettingsSeen;
import io.hasupervisor.observe.docker.UnitSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What may end a master's containers behind the back of whoever counts etcd's votes. */
public final class DockerRules {
  private static final String LIVE = "\"live-restore\": true";
  private static final String DOCKER = "docker";

  private DockerRules() {}

  /**
   * The findings, the first thing to do first.
   *
   * @param broken what was remembered of a restart that etcd did not outlive
   * @param mark the file in which it is remembered
   */
  public static List<Finding> findings(
      DockerSeen seen, LiveRestore live, Optional<String> broken, String mark) {
    List<Finding> all = new ArrayList<>();
    if (live.enabled().isEmpty() && broken.isEmpty()) {
      return all;
    }
    boolean on = live.enabled().orElse(false);
    if (!on && live.enabled().isPresent()) {
      all.add(
          Finding.of(
              "LIVE_RESTORE_OFF",
              Severity.ADVICE,
              DOCKER,
              "live-restore is off: a restart of docker, and its start after a crash, end this"
                  + " master's etcd with every other container.",
              cure(seen.settings().there())
                  + " (it holds over patch releases of docker, not over others, nor where options"
                  + " of bridge or graph driver change)"));
    } else if (on && live.edited()) {
      all.add(
          Finding.of(
              "LIVE_RESTORE_UNPROVEN",
              Severity.ADVICE,
              DOCKER,
              "live-restore is on, but "
                  + SettingsSeen.FILE
                  + " was changed after docker's start: until its next one a restart counts as"
                  + " ending etcd.",
              "When this master can be spared: ha-supervisor restart docker"));
    }
    broken.ifPresent(
        what ->
            all.add(
                Finding.of(
                    "LIVE_RESTORE_BROKEN",
                    Severity.WARNING,
                    DOCKER,
                    what
                        + ": whatever docker says, its restarts count as ending etcd from then on.",
                    "Find out why: journalctl -u docker; once it is mended: rm " + mark)));
    if (seen.unit() instanceof UnitSeen.Loaded unit
        && !unit.restart().equals("no")
        && !unit.guarded()
        && (!on || broken.isPresent())) {
      all.add(
          Finding.of(
              "UNGUARDED_RESTART",
              Severity.WARNING,
              unit.name(),
              unit.name()
                  + " has Restart="
                  + unit.restart()
                  + ": systemd starts a crashed docker on all masters without asking, and each"
                  + " start ends that master's etcd.",
              "Turn live-restore on, or have systemd ask: ha-supervisor guard enable docker"));
    }
    return all;
  }

  /**
   * How live-restore is turned on without a restart.
   *
   * @param settings whether docker has a settings file
   */
  public static String cure(boolean settings) {
    return settings
        ? "add " + LIVE + " to " + SettingsSeen.FILE + ", then: systemctl reload docker"
        : "mkdir -p /etc/docker && echo '{"
            + LIVE
            + "}' > "
            + SettingsSeen.FILE
            + " && systemctl reload docker";
  }
}
