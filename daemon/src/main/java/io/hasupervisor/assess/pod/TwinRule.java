package io.hasupervisor.assess.pod;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Containers that the kubelet should have stopped: it does not stop what it has lost sight of
 * (k8s#112814, rke2#3387), and two of one kind are worse than none.
 */
final class TwinRule {
  /** Beyond the pod's own grace, before an old container is called left behind. */
  private static final Duration STAYS = Duration.ofSeconds(30);

  private static final String ETCD = "etcd";

  /** What comes of two, where that is more than a port that is taken. */
  private static final Map<String, String> HARM =
      Map.of(
          ETCD,
          "two members on one data directory spoil it",
          "kube-scheduler",
          "without leader election both place pods",
          "kube-controller-manager",
          "without leader election both change the cluster");

  private TwinRule() {}

  /**
   * Of one container of the pod.
   *
   * @param running the newest first
   */
  static List<Finding> findings(
      PodRules.Look look, ContainerLife life, List<ContainerSeen> running, Instant wall) {
    if (running.isEmpty() || life.newest().isEmpty()) {
      return List.of();
    }
    ContainerSeen newest = life.newest().get();
    ContainerSeen oldest = running.getLast();
    boolean samePod = oldest.podUid().equals(newest.podUid());
    Duration beside = Duration.between(newest.created(), wall);
    if (running.size() > 1) {
      // A new pod may begin while the old one's grace lasts.
      return samePod || beside.compareTo(look.grace()) >= 0
          ? List.of(twice(look, running.getFirst(), oldest))
          : List.of();
    }
    return !samePod && beside.compareTo(look.grace().plus(STAYS)) >= 0
        ? List.of(stale(look, oldest, newest))
        : List.of();
  }

  private static Finding twice(PodRules.Look look, ContainerSeen newer, ContainerSeen older) {
    boolean grave = HARM.containsKey(look.name());
    return Finding.of(
        "DOUBLE_CONTAINER",
        grave ? Severity.CRITICAL : Severity.WARNING,
        look.name(),
        "Two containers "
            + older.container()
            + " of one static pod run at once: "
            + named(newer)
            + " and "
            + named(older)
            + "; "
            + HARM.getOrDefault(look.name(), "they fight for the same ports and files")
            + ".",
        stop(look, older));
  }

  private static Finding stale(PodRules.Look look, ContainerSeen old, ContainerSeen newest) {
    return Finding.of(
        "STALE_CONTAINER",
        Severity.WARNING,
        look.name(),
        "Container "
            + named(old)
            + " of an earlier pod still runs and keeps what the newer one needs; that one, "
            + named(newest)
            + ", does not run.",
        stop(look, old));
  }

  private static String stop(PodRules.Look look, ContainerSeen old) {
    String id = shortened(old.id());
    return look.name().equals(ETCD)
        ? "See which one serves (docker logs "
            + id
            + ", ha-supervisor etcd status), then stop the older: docker stop -t 30 "
            + id
            + "; no etcd is ever stopped by itself."
        : "Stop the older: docker stop -t 30 "
            + id
            + "; while a placement waits for it, it is stopped by itself, else it is left alone.";
  }

  private static String named(ContainerSeen it) {
    return shortened(it.id())
        + " (pod "
        + (it.podUid().isEmpty() ? "unknown" : shortened(it.podUid()))
        + ", made "
        + Instant.ofEpochSecond(it.created().getEpochSecond())
        + ")";
  }

  /** As docker shows ids. */
  private static String shortened(String id) {
    return id.substring(0, Math.min(12, id.length()));
  }
}
