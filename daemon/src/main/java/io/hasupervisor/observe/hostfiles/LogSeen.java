package io.hasupervisor.observe.hostfiles;

import io.hasupervisor.cluster.Manifest;
import java.util.List;

/** A log file that a pod writes to on the host, and what stands there. */
public record LogSeen(String manifest, EntrySeen entry) {

  /** Those of all manifests, each path once. */
  public static List<LogSeen> look(List<Manifest> manifests) {
    return manifests.stream()
        .flatMap(manifest -> HostVolume.of(manifest).stream())
        .filter(HostVolume::log)
        .collect(
            java.util.stream.Collectors.toMap(
                HostVolume::path, volume -> volume, (first, _) -> first, java.util.TreeMap::new))
        .values()
        .stream()
        .map(volume -> new LogSeen(volume.manifest(), EntrySeen.look(volume.path())))
        .toList();
  }
}
