package io.hasupervisor.assess.manifest;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.manifest.HostFacts;
import io.hasupervisor.observe.manifest.Pod;
import java.util.List;
import java.util.Optional;

/**
 * What is judged together.
 *
 * @param pods of all files given
 * @param master what this host should be, where that is known
 * @param host what this host has, where the manifests are for it
 */
public record ManifestSet(List<Pod> pods, Optional<Master> master, Optional<HostFacts> host) {
  public ManifestSet {
    pods = List.copyOf(pods);
  }
}
