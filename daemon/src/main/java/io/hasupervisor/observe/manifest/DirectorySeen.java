package io.hasupervisor.observe.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The kubelet's manifest directory at one moment: every regular file that the kubelet would read
 * (all whose names do not begin with a dot).
 *
 * @param problem why it cannot be read; {@code files} is empty then
 * @param at monotonic time at which the look began
 */
public record DirectorySeen(Optional<String> problem, List<FileSeen> files, Duration at) {
  public DirectorySeen {
    files = List.copyOf(files);
  }

  /**
   * One file.
   *
   * @param sha256 of its content; empty where it cannot be read
   * @param pod {@code namespace/name} of the pod in it; empty where it is none
   * @param hostPorts its containers' ports on the host
   * @param changedAt monotonic time of its last change, as far as the wall clock tells
   * @param problem why it cannot be read or understood; empty where it can
   */
  public record FileSeen(
      String name,
      Optional<String> sha256,
      Optional<String> pod,
      List<Integer> hostPorts,
      Duration changedAt,
      Optional<String> problem) {
    public FileSeen {
      hostPorts = List.copyOf(hostPorts);
    }
  }
}
