package io.hasupervisor.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which manifests are placed, and how.
 *
 * @param directory the kubelet's manifest directory
 * @param wanted in the order of placement: etcd, kube-apiserver, then the rest
 * @param enforce put a changed file of ours back, where nobody changed it lately; else only report
 * @param quarantine move duplicates of our pods out of the directory; else only report
 * @param docker docker's socket, through which running containers are seen
 */
public record ManifestSettings(
    Path directory, List<Wanted> wanted, boolean enforce, boolean quarantine, Path docker) {

  public ManifestSettings {
    wanted = List.copyOf(wanted);
  }

  /**
   * One manifest.
   *
   * @param name also the file's: {@code name.yaml}
   * @param template file with {@code ${NAME}} variables
   * @param image value of {@code ${IMAGE}}
   * @param extraFlags items of {@code ${EXTRA_FLAGS}}
   * @param extraMounts items of {@code ${EXTRA_MOUNTS}} and {@code ${EXTRA_VOLUMES}}
   */
  public record Wanted(
      String name,
      Path template,
      Optional<String> image,
      List<String> extraFlags,
      List<Mount> extraMounts) {
    public Wanted {
      extraFlags = List.copyOf(extraFlags);
      extraMounts = List.copyOf(extraMounts);
    }
  }

  /** A path of the host seen in a container. */
  public record Mount(Path host, Path inside, boolean readOnly) {}
}
