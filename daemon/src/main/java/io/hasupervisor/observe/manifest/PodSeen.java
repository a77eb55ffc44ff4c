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

  /** Docker could not be asked. */
  static PodSeen unknown(String pod, String why) {
    return new PodSeen(pod, Optional.of(why), List.of());
  }

  /**
   * One container.
   *
   * @param podUid the kubelet's uid of the pod, from its label
   * @param container its name in the pod
   * @param attempt how often the kubelet had started it in this pod before; it counts from 0
   * @param images what was asked for first, then the names that this image has on the host; the
   *     kubelet asks by the image's id
   * @param arguments the entry point's and the command's words
   * @param created when docker made it
   * @param ended when it ended; empty while it runs or was never started
   * @param exit exit code of an ended one
   * @param detail docker's words on why it does not run; may be empty
   */
  public record ContainerSeen(
      String id,
      String podUid,
      String container,
      int attempt,
      List<String> images,
      List<String> arguments,
      Instant created,
      boolean running,
      Optional<Instant> ended,
      int exit,
      String detail) {
    public ContainerSeen {
      images = List.copyOf(images);
      arguments = List.copyOf(arguments);
    }
  }
}
