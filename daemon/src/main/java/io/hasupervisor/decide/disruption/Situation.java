package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a step is made of: what is known, and the ways to say what comes next. */
record Situation(RepairSettings settings, RepairState state, Moment moment) {
  private static final Duration DAY = Duration.ofHours(24);

  Duration now() {
    return moment.now();
  }

  Scene scene() {
    return state.scene();
  }

  LockFacts lock() {
    return state.lock();
  }

  boolean isPast(Duration time) {
    return now().compareTo(time) > 0;
  }

  RepairStep stay() {
    return stay(state);
  }

  RepairStep stay(RepairState next) {
    return new RepairStep(next, Optional.empty(), Optional.empty());
  }

  RepairStep to(RepairPhase phase) {
    return stay(state.in(phase));
  }

  RepairStep act(RepairAction action) {
    return new RepairStep(state.doing(Optional.of(action)), Optional.of(action), Optional.empty());
  }

  /** One of the actions that are repeated: not before it is time again. */
  RepairStep again(RepairAction action, Duration pause) {
    if (now().compareTo(state.rest()) < 0) {
      return stay();
    }
    return with(state.resting(now().plus(pause))).act(action);
  }

  Situation with(RepairState next) {
    return new Situation(settings, next, moment);
  }

  RepairStep answer(RepairState next, RepairAnswer answer) {
    return new RepairStep(next, Optional.empty(), Optional.of(answer));
  }

  /** Replayed or overtaken evidence tells nothing. */
  Scene newer(Scene next) {
    int etcd = at(next).compareTo(at(scene()));
    boolean older = etcd < 0 || (etcd == 0 && next.processAt().compareTo(scene().processAt()) < 0);
    return older && next.etcd().isPresent() ? scene() : next;
  }

  private static Duration at(Scene scene) {
    return scene.etcd().map(EtcdView::at).orElse(Duration.ZERO);
  }

  Optional<EtcdId> member() {
    return scene().etcd().flatMap(EtcdView::own).flatMap(MemberView::id);
  }

  /** A copied machine id does not make another member's lock ours. */
  boolean isOurs(Holder holder) {
    return holder.machineId().equals(state.self().machineId())
        && (holder.member().isEmpty() || member().isEmpty() || holder.member().equals(member()));
  }

  boolean holdsWith(String nonce) {
    return lock().heldWith(nonce);
  }

  /** Sets the lock, where it still is as it was read. */
  Optional<RepairAction> write(LockDocument next) {
    return lock()
        .seen()
        .map(LockSeen::revision)
        .map(revision -> new RepairAction.WriteLock(next, revision));
  }

  /** An operator's word for this very disruption, while it holds. */
  boolean isAccepted(Disruption wanted) {
    return state.isAccepted(wanted, now());
  }

  /** What the table says; what we hold ourselves is not in our way. */
  Ruling ruling(Disruption wanted) {
    Ruling ruling =
        DecisionTable.ruling(settings, wanted, scene(), lockForUs(), state.log(), now());
    return isAccepted(wanted) && !(ruling instanceof Ruling.Free)
        ? DecisionTable.accepted(wanted, scene(), now())
        : ruling;
  }

  /** The gate once more, for what spends a vote. */
  Optional<GateRefusal> gate(Disruption wanted, Ruling.Locked ruling) {
    return ruling.vote()
        ? Gate.refusal(settings, wanted, scene(), lockForUs(), state.log(), now())
        : Optional.empty();
  }

  private LockFacts lockForUs() {
    return lock().holder().filter(this::isOurs).isPresent() ? lock().unheld() : lock();
  }

  /**
   * Counted where it may cost a vote, or the containers of a member that is dead. The log bounds
   * what the daemon does of itself: an order, a turn or another manifest takes nothing from what a
   * hung docker needs later. Time between any two of them is kept by the lock's history, whoever
   * held it.
   */
  RepairState logged(Disruption wanted) {
    if (!counts(wanted)) {
      return state;
    }
    List<Duration> acted = new ArrayList<>(state.log().acted());
    acted.removeIf(time -> now().minus(time).compareTo(DAY) > 0);
    acted.add(now());
    return state.logged(new RepairLog(acted, state.log().failures()));
  }

  /** The same state where what was counted was certainly not done. */
  RepairState unlogged(Disruption wanted) {
    List<Duration> acted = state.log().acted();
    return acted.isEmpty() || !counts(wanted)
        ? state
        : state.logged(new RepairLog(acted.subList(0, acted.size() - 1), state.log().failures()));
  }

  private boolean counts(Disruption wanted) {
    boolean own =
        switch (wanted.origin()) {
          case DAEMON, INIT -> wanted.kind() != Disruption.Kind.PLACE;
          case OPERATOR, ROLLING -> false;
        };
    return own && Cost.of(wanted, scene()) == Cost.VOTE;
  }
}
