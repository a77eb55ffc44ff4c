package io.hasupervisor.act.backup;

import io.hasupervisor.act.manifest.RevisionStore;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that a master cannot be rebuilt without, besides etcd's data.
 *
 * @param config directory of this daemon's configuration
 */
public record MasterFiles(Master master, Path stateDir, Path config) {

  /** Files and directories, whether they are there or not. */
  public List<Path> roots() {
    Path credentials = master.credentials().directory();
    List<Path> roots = new ArrayList<>();
    roots.add(master.manifests().directory());
    // The kubeconfig files of a modern master lie beside its keys.
    boolean beside = master.profile() == Profile.MODERN && credentials.endsWith("pki");
    roots.add(beside ? credentials.resolveSibling(".").normalize() : credentials);
    roots.add(master.kubelet().config());
    roots.add(config);
    RevisionStore store = new RevisionStore(stateDir);
    revision(store::current).ifPresent(roots::add);
    revision(store::lastKnownGood).ifPresent(roots::add);
    return List.copyOf(roots);
  }

  private interface Link {
    Optional<Integer> number() throws IOException;
  }

  /** A store that cannot be read has findings of its own. */
  private Optional<Path> revision(Link link) {
    try {
      return link.number().map(number -> stateDir.resolve("manifests/rev-" + number));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
