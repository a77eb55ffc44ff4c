package io.hasupervisor.loop;

import io.hasupervisor.act.hostfiles.Preparation;
import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.hostfiles.DirectoryRule;
import io.hasupervisor.assess.hostfiles.HostRules;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.observe.hostfiles.HostSeen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at this host's files and says what is wrong; area {@code host} of the status. */
public record HostInspection(Master master, Path stateDir, HostPaths paths) {

  /** Of this host. */
  public static HostInspection of(Master master, Path stateDir) {
    return new HostInspection(master, stateDir, HostPaths.ofThisHost());
  }

  /** Looks at what has been placed, and remembers that etcd's data is there. Never throws. */
  public List<Finding> findings() {
    new Preparation(stateDir, paths).remember(master);
    return HostRules.findings(
        master, HostSeen.look(master, List.of(), stateDir, paths), paths.owner());
  }

  /**
   * Looks only, and at the manifest directory itself too.
   *
   * @param coming manifests that are not placed yet
   */
  public List<Finding> findings(List<Manifest> coming) {
    HostSeen seen = HostSeen.look(master, coming, stateDir, paths);
    List<Finding> all = new ArrayList<>(HostRules.findings(master, seen, paths.owner()));
    all.addAll(DirectoryRule.findings(seen.manifests(), paths.owner()));
    return all;
  }

  /** The files at whose change it is worth to look again. */
  public List<Path> watched() {
    Path data = master.cluster().etcd().data();
    return List.of(master.kubelet().config(), data, data.resolve("member"));
  }
}
