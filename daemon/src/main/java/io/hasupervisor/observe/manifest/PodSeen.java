package io.hasupervisor.observe.manifest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The containers of one static pod, as docker tells of them, and what the kubelet says of it.
 *
 * @param unknown why docker could not be asked; {@code containers} is empty then
 * @param containers also ended ones, newest first
 * @param output the last lines of ended ones, by id, where they were read
 * @param kubelet the same pod's containers in the kubelet's words; empty where it told nothing
 */
public record PodSeen(
    String pod,
    Optional<String> unknown,
    List<ContainerSeen> containers,
    Map<String, LastLines> output,
    List<KubeletSeen.Container> kubelet) {
  public PodSeen {
    containers = List.copyOf(containers);
    output = Map.copyOf(output);
    kubelet = List.copyOf(kubelet);
  }

  /** What docker tells at a look. */
  public PodSeen(String pod, Optional<String> unknown, List<ContainerSeen> containers) {
    this(pod, unknown, containers, Map.of(), List.of());
  }

  /** The same with last lines. */
  PodSeen withOutput(Map<String, LastLines> read) {
    return new PodSeen(pod, unknown, containers, read, kubelet);
  }

  /** The same with what the kubelet says of this pod. */
  public PodSeen with(KubeletSeen told) {
    return new PodSeen(pod, unknown, containers, output, told.of(pod));
  }

  /**
   * The last that a container wrote to its two streams.
   *
   * @param lines oldest first, without secrets and fit for a terminal
   * @param unread why there are none to be had; empty where there are, or it wrote nothing
   */
  public record LastLines(List<String> lines, Optional<String> unread) {
    public LastLines {
      lines = List.copyOf(lines);
    }
  }

  static final String OUT_OF_MEMORY = "killed for want of memory";

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

    /** Whether the kernel killed it for want of memory. */
    public boolean outOfMemory() {
      return detail.equals(OUT_OF_MEMORY);
    }
  }
}
