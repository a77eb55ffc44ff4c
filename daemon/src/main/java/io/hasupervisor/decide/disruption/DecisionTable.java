package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.decide.disruption.Disruption.Kind;
import io.hasupervisor.decide.disruption.Disruption.Origin;
import java.time.Duration;
import java.util.Optional;

/**
 * What has to come before a disruption, by the state of etcd here and elsewhere; pure. The gate has
 * been passed where it says {@link Ruling.Locked}; it is to be asked again once the lock is held.
 */
public final class DecisionTable {
  private static final Ruling FREE = new Ruling.Free(Duration.ZERO);

  private DecisionTable() {}

  /** The line of the table that fits (control-plane 3.2.4). */
  public static Ruling ruling(
      RepairSettings settings,
      Disruption wanted,
      Scene scene,
      LockFacts lock,
      RepairLog log,
      Duration now) {
    Ruling ruling =
        DataRule.refusal(wanted, scene)
            .or(() -> unwell(wanted, scene, now))
            .<Ruling>map(Ruling.Refused::new)
            .orElseGet(() -> line(settings, wanted, scene, lock, log, now));
    // That its turn is over is told with the lock's release: it is never taken without.
    return wanted.origin() == Origin.ROLLING && ruling instanceof Ruling.Free
        ? new Ruling.Locked(false, false)
        : ruling;
  }

  /** What was planned for a host that is well can wait until it is. */
  private static Optional<GateRefusal> unwell(Disruption wanted, Scene scene, Duration now) {
    return wanted.origin() == Origin.ROLLING && !scene.external() && scene.memberDead(now)
        ? Optional.of(
            new Sentences(wanted)
                .refusal(
                    GateReason.QUORUM_STATE,
                    "this host's member of etcd does not run, and planned work waits until it does",
                    "Bring it back, or: ha-supervisor rolling stop."))
        : Optional.empty();
  }

  private static Ruling line(
      RepairSettings settings,
      Disruption wanted,
      Scene scene,
      LockFacts lock,
      RepairLog log,
      Duration now) {
    Cost cost = Cost.of(wanted, scene);
    if (cost == Cost.NOTHING || idle(wanted, scene)) {
      return FREE;
    }
    if (scene.external()) {
      return new WithoutMember(settings, wanted, scene, lock, log, now).external();
    }
    if (scene.memberDead(now)) {
      return new WithoutMember(settings, wanted, scene, lock, log, now).dead();
    }
    if (cost == Cost.CONTAINERS_SURVIVE) {
      return ContainersSurvive.ruling(wanted, scene, now);
    }
    return OnlyMember.is(scene)
        ? OnlyMember.ruling(settings, wanted, scene, log, now)
        : living(settings, wanted, scene, lock, log, now);
  }

  /**
   * What is left of the table where an operator accepts that quorum is lost: the lock is to be
   * taken where it can be, and nothing is waited for.
   */
  public static Ruling accepted(Disruption wanted, Scene scene, Duration now) {
    Optional<GateRefusal> data = DataRule.refusal(wanted, scene);
    if (data.isPresent()) {
      return new Ruling.Refused(data.get());
    }
    boolean lives = !scene.external() && !scene.memberDead(now);
    return switch (Cost.of(wanted, scene)) {
      case NOTHING -> FREE;
      case CONTAINERS_SURVIVE ->
          wanted.subject().equals(Cost.KUBELET) ? FREE : new Ruling.Locked(false, false);
      case VOTE -> new Ruling.Locked(false, lives && endsEtcd(wanted));
    };
  }

  /**
   * Whether etcd is asked to end before: the kubelet ends it itself where a manifest changes, and a
   * hook for what is stuck may do anything or nothing, where nobody might start etcd again.
   */
  static boolean endsEtcd(Disruption wanted) {
    return switch (wanted.kind()) {
      case START, RESTART, STOP -> true;
      case PLACE -> false;
      case REBOOT -> wanted.origin() != Origin.DAEMON;
    };
  }

  /** A manifest whose pod does not run yet, or any more: nothing is taken away. */
  private static boolean idle(Disruption wanted, Scene scene) {
    return wanted.kind() == Kind.PLACE
        && wanted.subject().equals(Cost.APISERVER)
        && !scene.apiserverMayServe();
  }

  private static Ruling living(
      RepairSettings settings,
      Disruption wanted,
      Scene scene,
      LockFacts lock,
      RepairLog log,
      Duration now) {
    return Gate.refusal(settings, wanted, scene, lock, log, now)
        .or(() -> hung(settings, wanted, scene))
        .<Ruling>map(Ruling.Refused::new)
        .orElseGet(() -> new Ruling.Locked(true, endsEtcd(wanted)));
  }

  /** It lives and answers nothing: mostly a slow disk, which no restart makes faster. */
  private static Optional<GateRefusal> hung(
      RepairSettings settings, Disruption wanted, Scene scene) {
    boolean hung =
        scene
            .etcd()
            .flatMap(EtcdView::own)
            .map(MemberView::state)
            .filter(MemberState.HUNG::equals)
            .isPresent();
    return hung && !settings.hung() && wanted.origin() != Origin.OPERATOR
        ? Optional.of(
            new Sentences(wanted)
                .refusal(
                    GateReason.MEMBER_HUNG,
                    "this host's member of etcd runs and answers nothing, which is mostly a slow or"
                        + " hung disk, and no restart cures that",
                    "Look at the disk (dmesg, iostat -x). If such members are to be restarted"
                        + " with docker: repair.hung-etcd: true in the configuration."))
        : Optional.empty();
  }

  static boolean proven(Scene scene, Duration now) {
    return scene.etcd().filter(view -> new Voters(view, now).proven()).isPresent();
  }

  static boolean in(Scene scene, ClusterState state) {
    return scene.etcd().map(EtcdView::state).filter(state::equals).isPresent();
  }
}
