package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.util.Optional;

/** What a step is made of: what is known, and the ways to say what comes next. */
record Turn(RepairSettings settings, RepairState state, Moment moment) {

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

  Turn with(RepairState next) {
    return new Turn(settings, next, moment);
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
    LockFacts free = lock().holder().filter(this::isOurs).isPresent() ? lock().unheld() : lock();
    Ruling ruling = DecisionTable.ruling(settings, wanted, scene(), free, state.log(), now());
    return isAccepted(wanted) ? Overruled.of(ruling, wanted, scene()) : ruling;
  }

  /** The gate once more, for what spends a vote. */
  Optional<GateRefusal> gate(Ruling.Locked ruling, Disruption wanted) {
    LockFacts free = lock().holder().filter(this::isOurs).isPresent() ? lock().unheld() : lock();
    return ruling.vote()
        ? Gate.refusal(settings, wanted, scene(), free, state.log(), now())
        : Optional.empty();
  }
}
