package io.hasupervisor.loop;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.docker.UpgradeRule;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.systemd.Systemd;
import io.hasupervisor.observe.docker.DockerLook;
import io.hasupervisor.observe.docker.GuardSeen;
import io.hasupervisor.observe.docker.SettingsSeen;
import io.hasupervisor.observe.docker.UpgradesSeen;
import io.hasupervisor.observe.etcd.EtcdProcess;
import io.hasupervisor.observe.etcd.ProcessSeen;
import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.observe.hostfiles.UnitFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for what may end a master's containers behind our back; areas {@code docker} and {@code
 * upgrades} of the status.
 */
public record DockerInspection(LiveRestoreWatch live, HostPaths paths) {

  /**
   * Of this host.
   *
   * @param unit docker's, as systemd names it
   */
  public static DockerInspection of(
      Master master, String unit, Path stateDir, Systemd systemd, Clock clock) {
    HostPaths paths = HostPaths.ofThisHost();
    DockerLook look =
        new DockerLook(
            systemd,
            unit,
            master.manifests().docker(),
            paths,
            clock,
            () ->
                master.etcd().external()
                    ? new ProcessSeen.Unknown("no member of etcd is this host's")
                    : EtcdProcess.look(master.cluster().etcd().data()));
    return new DockerInspection(new LiveRestoreWatch(look::look, stateDir, clock::wall), paths);
  }

  /** Looks at docker, 11 seconds at most. */
  public List<Finding> findings() {
    return live.findings();
  }

  /** The files at whose change it is worth to look again. */
  public List<Path> watched() {
    List<Path> files = new ArrayList<>(UnitFiles.of(paths, "docker"));
    files.remove(GuardSeen.file(paths));
    files.add(GuardSeen.file(paths));
    files.add(paths.at(SettingsSeen.FILE));
    files.add(live.mark());
    return files;
  }

  /** Looks at what upgrades docker; nothing, and this thread is interrupted, where broken off. */
  public List<Finding> upgradeFindings() {
    try {
      return UpgradeRule.findings(
          UpgradesSeen.look(paths, UpgradesSeen.AptConfig.ofThisHost()), live.verified());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** The files at whose change it is worth to look again. */
  public List<Path> upgradeFiles() {
    return UpgradesSeen.FILES.stream().map(paths::at).toList();
  }
}
