package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import java.time.Duration;
import java.util.Optional;

/**
 * The kubelet, and docker where containers are verified to survive it: no vote is spent, but where
 * no voter can be spared nothing is tried either (control-plane 3.2.1, class 1).
 */
final class ContainersSurvive {
  private ContainersSurvive() {}

  /** Where this host's etcd runs, or may run. */
  static Ruling ruling(Disruption wanted, Scene scene, Duration now) {
    boolean kubelet = wanted.subject().equals(Cost.KUBELET);
    return Budget.maintenance(wanted, scene)
        .or(() -> refusal(wanted, scene, kubelet, now))
        .<Ruling>map(Ruling.Refused::new)
        .orElseGet(
            () -> kubelet ? new Ruling.Free(Duration.ZERO) : new Ruling.Locked(false, false));
  }

  private static Optional<GateRefusal> refusal(
      Disruption wanted, Scene scene, boolean kubelet, Duration now) {
    if (scene.etcd().isEmpty()) {
      return Optional.of(notNow(wanted, "etcd has not been asked yet"));
    }
    EtcdView view = scene.etcd().get();
    Voters voters = new Voters(view, now);
    // No lock is needed for the kubelet, so that a full database is nothing to it.
    ClusterState state =
        kubelet && view.state() == ClusterState.READ_ONLY
            ? view.underlying().orElse(view.state())
            : view.state();
    return switch (state) {
      case QUORUM_FULL, QUORUM_DEGRADED, SINGLE ->
          voters.proven() ? Optional.empty() : Optional.of(notNow(wanted, view.summary()));
      case QUORUM_AT_RISK ->
          voters.proven() && voters.listed() && voters.missing().isEmpty()
              ? Optional.empty()
              : Optional.of(notNow(wanted, view.summary()));
      case QUORUM_LOST,
          QUORUM_UNKNOWN,
          PARTITIONED_SELF,
          READ_ONLY,
          CORRUPT,
          SPLIT_VIEW,
          DATA_REGRESSION ->
          new QuorumRule(wanted, voters).refusal();
    };
  }

  private static GateRefusal notNow(Disruption wanted, String etcd) {
    return new Sentences(wanted)
        .refusal(
            GateReason.QUORUM_STATE,
            "no voter of etcd can be spared, should one stop by it: " + etcd,
            "See: ha-supervisor etcd status.");
  }
}
