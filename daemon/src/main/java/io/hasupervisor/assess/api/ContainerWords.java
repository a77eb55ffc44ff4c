package io.hasupervisor.assess.api;

import io.hasupervisor.observe.manifest.PodSeen;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import java.util.List;
import java.util.Optional;

/** What docker says of an apiserver's container, as part of a sentence. */
public final class ContainerWords {
  private static final String CONTAINER = "kube-apiserver";

  private ContainerWords() {}

  /** Of its pod; empty where that was not looked at yet. */
  public static String of(Optional<PodSeen> pod) {
    return pod.map(ContainerWords::words).orElse("");
  }

  private static String words(PodSeen pod) {
    if (pod.unknown().isPresent()) {
      return "of its container nothing is known: " + pod.unknown().get();
    }
    List<ContainerSeen> all =
        pod.containers().stream().filter(it -> it.container().equals(CONTAINER)).toList();
    if (all.isEmpty()) {
      return "docker has no container of it";
    }
    ContainerSeen newest = all.getFirst();
    Optional<ContainerSeen> last = all.stream().filter(it -> it.ended().isPresent()).findFirst();
    if (!newest.running() && newest.ended().isEmpty()) {
      return "its container was never started"
          + (newest.detail().isEmpty() ? "" : ": " + newest.detail());
    }
    // The kubelet's count begins anew with each pod; docker keeps one or two ended containers.
    int ended = Math.max(newest.attempt() + (newest.running() ? 0 : 1), last.isPresent() ? 1 : 0);
    if (ended == 0) {
      return "its container runs and has never ended";
    }
    String times = ended == 1 ? "once" : ended + " times";
    return "its container ended "
        + times
        + last.map(it -> (ended == 1 ? "" : ", last") + " with exit code " + it.exit()).orElse("")
        + (newest.running() ? ", and runs" : "");
  }
}
