package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.Words;
import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.decide.disruption.Disruption.Kind;
import io.hasupervisor.decide.disruption.Disruption.Origin;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.util.Optional;

/**
 * A host on which no member of etcd runs: no vote can be spent, so that what is dead is started at
 * once, and nothing waits for ever (control-plane 3.2.4, the last lines).
 */
record WithoutMember(
    RepairSettings settings,
    Disruption wanted,
    Scene scene,
    LockFacts lock,
    RepairLog log,
    Duration now) {
  private static final Ruling FREE = new Ruling.Free(Duration.ZERO);

  /** How long docker must have hung where the lock cannot be had. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** The hosts share it out, lest all of them act in one moment. */
  private static final Duration SHARED = Duration.ofMinutes(1);

  private static final Duration SHARED_EXTERNAL = Duration.ofMinutes(2);

  /** This host's etcd is dead. */
  Ruling dead() {
    return switch (wanted.kind()) {
      case START -> FREE;
      case PLACE -> placed();
      case RESTART, STOP, REBOOT ->
          wanted.subject().equals(Cost.KUBELET)
              ? orRefused(Budget.maintenance(wanted, scene), FREE)
              : disturbed(PATIENCE, SHARED);
    };
  }

  /** No member is this host's: what is to be spared is the apiserver. */
  Ruling external() {
    return switch (wanted.kind()) {
      case START -> FREE;
      case RESTART, STOP, REBOOT, PLACE ->
          wanted.subject().equals(Cost.KUBELET)
              ? orRefused(Budget.maintenance(wanted, scene), FREE)
              : Gate.lastApiserver(wanted, scene)
                  .<Ruling>map(Ruling.Refused::new)
                  .orElseGet(() -> disturbed(Duration.ZERO, SHARED_EXTERNAL));
    };
  }

  /** The kubelet may just be starting it again: where there is a lock it is taken. */
  private Ruling placed() {
    return DecisionTable.proven(scene, now) && obtainable() ? spared() : FREE;
  }

  private Ruling disturbed(Duration patience, Duration shared) {
    Optional<GateRefusal> refusal =
        Budget.maintenance(wanted, scene)
            .or(
                () ->
                    ordered()
                        ? Optional.empty()
                        : Budget.tooSoon(wanted, log, settings.spacing(), now));
    if (refusal.isPresent()) {
      return new Ruling.Refused(refusal.get());
    }
    if (DecisionTable.proven(scene, now) && obtainable()) {
      return spared();
    }
    return orRefused(
        ordered() ? Optional.empty() : turn(patience.plus(scene.rank().share(shared))), FREE);
  }

  private Ruling spared() {
    boolean etcd = wanted.kind() == Kind.PLACE && wanted.subject().equals(Cost.ETCD);
    return orRefused(
        etcd ? Optional.empty() : Gate.lastApiserver(wanted, scene),
        new Ruling.Locked(false, false));
  }

  /** Whether the lock can be had, or is worth waiting for. */
  private boolean obtainable() {
    boolean unreadable = lock.seen().filter(LockSeen.Unreadable.class::isInstance).isPresent();
    boolean kept =
        lock.holderSince()
            .filter(since -> now.minus(since).compareTo(settings.lockPatience()) >= 0)
            .isPresent();
    return !unreadable && !kept && lock.failure().isEmpty();
  }

  private boolean ordered() {
    return wanted.origin() == Origin.OPERATOR || wanted.origin() == Origin.ROLLING;
  }

  private Optional<GateRefusal> turn(Duration wait) {
    Duration left = wait.minus(scene.dockerSick().map(now::minus).orElse(Duration.ZERO));
    return left.isPositive()
        ? Optional.of(
            new Sentences(wanted)
                .refusal(
                    GateReason.ITS_TURN,
                    "the lock of repairs cannot be had, and this host acts without it once docker"
                        + " has been away for "
                        + Words.length(wait)
                        + ": its turn among the masters",
                    "It is done by itself in " + Words.length(left) + ".",
                    left))
        : Optional.empty();
  }

  private static Ruling orRefused(Optional<GateRefusal> refusal, Ruling otherwise) {
    return refusal.<Ruling>map(Ruling.Refused::new).orElse(otherwise);
  }
}
