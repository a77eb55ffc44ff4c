package io.hasupervisor.loop;

import io.hasupervisor.act.hostfiles.Preparation;
import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.hostfiles.DirectoryRule;
import io.hasupervisor.assess.hostfiles.DiskRule;
import io.hasupervisor.assess.hostfiles.HostRules;
import io.hasupervisor.assess.hostfiles.SyncRule;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.hostfiles.DiskSeen;
import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.observe.hostfiles.HostSeen;
import io.hasupervisor.observe.hostfiles.Kernel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at this host's files, disk and clock, and says what is wrong; area {@code host} of the
 * status.
 */
public record HostInspection(Master master, Path stateDir, HostPaths paths, Kernel kernel) {

  /** Of this host. */
  public static HostInspection of(Master master, Path stateDir) {
    return new HostInspection(master, stateDir, HostPaths.ofThisHost(), Kernel.ofThisHost());
  }

  /** Looks at what has been placed, and remembers that etcd's data is there. Never throws. */
  public List<Finding> findings() {
    new Preparation(stateDir, paths).remember(master);
    return all(HostSeen.look(master, List.of(), stateDir, paths));
  }

  /**
   * Looks only, and at the manifest directory itself too.
   *
   * @param coming manifests that are not placed yet
   */
  public List<Finding> findings(List<Manifest> coming) {
    HostSeen seen = HostSeen.look(master, coming, stateDir, paths);
    List<Finding> all = all(seen);
    all.addAll(DirectoryRule.findings(seen.manifests(), paths.owner()));
    return all;
  }

  private List<Finding> all(HostSeen seen) {
    List<Finding> all = new ArrayList<>(HostRules.findings(master, seen, paths.owner()));
    if (seen.data().isPresent()) {
      all.addAll(DiskRule.findings(master, DiskSeen.look(master, paths, kernel)));
    }
    all.addAll(SyncRule.findings(kernel.synchronised().get()));
    return all;
  }

  /** The files at whose change it is worth to look again. */
  public List<Path> watched() {
    Path data = master.cluster().etcd().data();
    return List.of(master.kubelet().config(), data, data.resolve("member"));
  }
}
