package io.hasupervisor.observe.manifest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The containers of one static pod, as docker tells of them.
 *
 * @param unknown why docker could not be asked; {@code containers} is empty then
 * @param containers also ended ones, newest first
 */
public record PodSeen(String pod, Optional<String> unknown, List<ContainerSeen> containers) {
  public PodSeen {
    containers = List.copyOf(containers);
  }

  /**
   * One container.
   *
   * @param podUid the kubelet's uid of the pod, from its label
   * @param container its name in the pod
   * @param image as asked for
   * @param arguments the entry point's and the command's words
   * @param created when docker made it
   * @param exit exit code of an ended one
   * @param detail docker's words on why it does not run; may be empty
   */
  public record ContainerSeen(
      String id,
      String podUid,
      String container,
      String image,
      List<String> arguments,
      Instant created,
      boolean running,
      int exit,
      String detail) {
    public ContainerSeen {
      arguments = List.copyOf(arguments);
    }
  }
}
