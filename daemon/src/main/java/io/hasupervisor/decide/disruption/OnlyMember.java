package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.Words;
import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.decide.disruption.Disruption.Kind;
import io.hasupervisor.decide.disruption.Disruption.Origin;
import java.time.Duration;
import java.util.Optional;

/**
 * The only member of its cluster, alive (control-plane 3.2.4): there is no turn to wait for, and
 * nobody who stands in. What is hung is left alone while the apiserver serves.
 */
final class OnlyMember {
  /** How long docker must have been away, and the apiserver too. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private OnlyMember() {}

  static boolean is(Scene scene) {
    return DecisionTable.in(scene, ClusterState.SINGLE);
  }

  static Ruling ruling(
      RepairSettings settings, Disruption wanted, Scene scene, RepairLog log, Duration now) {
    return Budget.refusal(settings, wanted, scene, log, now)
        .or(() -> waits(settings, wanted, scene, now))
        .<Ruling>map(Ruling.Refused::new)
        .orElseGet(() -> new Ruling.Locked(false, DecisionTable.endsEtcd(wanted)));
  }

  private static Optional<GateRefusal> waits(
      RepairSettings settings, Disruption wanted, Scene scene, Duration now) {
    // A changed manifest costs the same at any time, and somebody wants it.
    if (wanted.kind() == Kind.PLACE) {
      return Optional.empty();
    }
    boolean useless = settings.single() || away(scene.apiserverDead(), now);
    boolean ordered = wanted.origin() == Origin.OPERATOR || wanted.origin() == Origin.ROLLING;
    if (useless && (ordered || away(scene.dockerSick(), now))) {
      return Optional.empty();
    }
    Sentences say = new Sentences(wanted);
    return Optional.of(
        say.refusal(
            GateReason.QUORUM_STATE,
            say.price()
                + ", which is the only one, and with it the apiserver"
                + (useless
                    ? "; docker has not been away for " + Words.length(PATIENCE) + " yet"
                    : ", which may still serve"),
            "It is done by itself once docker and the apiserver have been away for "
                + Words.length(PATIENCE)
                + "; where the apiserver is not to be waited for: repair.single: true in the"
                + " configuration."));
  }

  private static boolean away(Optional<Duration> since, Duration now) {
    return since.filter(then -> now.minus(then).compareTo(PATIENCE) >= 0).isPresent();
  }
}
