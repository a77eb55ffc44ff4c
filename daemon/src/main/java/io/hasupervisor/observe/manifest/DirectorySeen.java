package io.hasupervisor.observe.manifest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The kubelet's manifest directory at one moment: every entry whose name does not begin with a dot,
 * for those the kubelet takes.
 *
 * @param problem why it cannot be read; {@code files} is empty then
 * @param access empty where it cannot be told
 * @param owner the other tool whose directory it is: nothing may be placed in it
 * @param files in the order of the kubelet, by the bytes of their names
 * @param at monotonic time at which the look began
 */
public record DirectorySeen(
    Path directory,
    Optional<String> problem,
    Optional<Access> access,
    Optional<DirectoryOwner> owner,
    List<FileSeen> files,
    Duration at) {
  public DirectorySeen {
    files = List.copyOf(files);
  }

  /**
   * One entry.
   *
   * @param sha256 of its content; empty where it cannot be read
   * @param pod {@code namespace/name} of the pod in it; empty where it is none
   * @param hostPorts its containers' TCP ports on the host
   * @param kubeadm whether kubeadm wrote it, by its annotations
   * @param access its own, for a link that of the file linked to; empty where it cannot be told
   * @param link whether it is a symbolic link; the kubelet reads what it points to, and so do we
   * @param changedAt monotonic time of its last change, as far as the wall clock tells
   * @param problem why it cannot be read or understood; empty where it can
   */
  public record FileSeen(
      String name,
      Optional<String> sha256,
      Optional<String> pod,
      List<Integer> hostPorts,
      boolean kubeadm,
      Optional<Access> access,
      boolean link,
      Duration changedAt,
      Optional<String> problem) {
    public FileSeen {
      hostPorts = List.copyOf(hostPorts);
    }
  }
}
