package io.hasupervisor.observe.manifest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the kubelet says of static pods' containers: also of those whose container docker no longer
 * has, or never had.
 *
 * @param unknown why it could not be asked; {@code pods} is empty then
 * @param pods containers by {@code namespace/name}
 */
public record KubeletSeen(Optional<String> unknown, Map<String, List<Container>> pods) {
  /** Before it was asked. */
  public static final KubeletSeen NOTHING = new KubeletSeen(Optional.empty(), Map.of());

  public KubeletSeen {
    pods = Map.copyOf(pods);
  }

  static KubeletSeen unknown(String why) {
    return new KubeletSeen(Optional.of(why), Map.of());
  }

  /** Of one pod; empty where the kubelet tells nothing of it. */
  public List<Container> of(String pod) {
    return pods.getOrDefault(pod, List.of());
  }

  /** Whether any container waits to be started. */
  public boolean anyWaits() {
    return pods.values().stream().flatMap(List::stream).anyMatch(it -> it.waiting().isPresent());
  }

  /**
   * One {@code containerStatuses} of the Kubernetes API.
   *
   * @param restarts how often it was started anew in this pod
   * @param started of the one that runs
   * @param ended the last end
   */
  public record Container(
      String name,
      String image,
      int restarts,
      boolean running,
      Optional<Instant> started,
      Optional<Waiting> waiting,
      Optional<End> ended) {}

  /** Why it is not started: {@code CrashLoopBackOff} and a sentence, which may be empty. */
  public record Waiting(String reason, String message) {}

  /** How it ended: {@code OOMKilled}, {@code Error}, {@code Completed}. */
  public record End(String reason, int exit, Instant at) {}
}
