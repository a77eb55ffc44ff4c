package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.ClusterState;
import java.time.Duration;
import java.util.Optional;

/**
 * Nothing of etcd's is started where its data may be the only copy, or is gone (control-plane
 * 3.1.6). No order overrules it but the one that accepts the data as it is.
 */
final class DataRule {
  private DataRule() {}

  static Optional<GateRefusal> refusal(Disruption wanted, Scene scene) {
    if (!touches(wanted)) {
      return Optional.empty();
    }
    if (scene.hasBeen(ClusterState.DATA_REGRESSION)) {
      return Optional.of(older(wanted));
    }
    if (scene.dataLost()) {
      return Optional.of(lost(wanted));
    }
    return scene.etcd().isEmpty() && !scene.external()
        ? Optional.of(unasked(wanted))
        : Optional.empty();
  }

  /** Whether etcd may be started by it. */
  private static boolean touches(Disruption wanted) {
    return switch (wanted.kind()) {
      case START, RESTART ->
          wanted.subject().equals(Cost.DOCKER) || wanted.subject().equals(Cost.KUBELET);
      case PLACE -> wanted.subject().equals(Cost.ETCD);
      case REBOOT -> true;
      case STOP -> false;
    };
  }

  /** Others may have formed an empty cluster meanwhile; a round ends within seconds, whatever. */
  private static GateRefusal unasked(Disruption wanted) {
    return new Sentences(wanted)
        .refusal(
            GateReason.EVIDENCE_OLD,
            "this daemon has just started and is asking the members of etcd whether their data is"
                + " newer than this host's",
            "It is asked for again by itself in a few seconds.",
            Duration.ofSeconds(2));
  }

  static GateRefusal older(Disruption wanted) {
    return new GateRefusal(
        GateReason.DATA_REGRESSION,
        "The data of etcd is older or emptier than this host saw before, so this host's may be the"
            + " only copy, and "
            + new Sentences(wanted).doing()
            + " might lose it.",
        "Start nothing, delete nothing: ha-supervisor etcd status. Only after a restore that was"
            + " made on purpose: ha-supervisor etcd accept-restore",
        Sentences.ROUND);
  }

  private static GateRefusal lost(Disruption wanted) {
    return new GateRefusal(
        GateReason.DATA_DIR_LOST,
        "This host was a member of etcd and its data is gone, or another file system is mounted"
            + " in its place: "
            + new Sentences(wanted).doing()
            + " might start it empty.",
        "Mount the data again. Only where it is gone for good and this member was removed and"
            + " added anew: ha-supervisor etcd accept-empty",
        Sentences.ROUND);
  }
}
