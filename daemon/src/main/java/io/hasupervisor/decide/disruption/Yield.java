package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.decide.disruption.RepairPhase.Yielding;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;
import java.util.Optional;

/**
 * etcd leaves in good order before its containers are taken from it: its leadership is moved away,
 * and the very process that was seen is asked to end, if all is still as it was.
 */
final class Yield {
  /** Older evidence must not end a member. */
  private static final Duration AGE = Duration.ofSeconds(2);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** From the taking of the lock. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private Yield() {}

  static RepairStep next(Turn turn, Yielding yielding) {
    Optional<GateRefusal> stopped = stopped(turn, yielding);
    if (stopped.isPresent()) {
      String nonce = Confirmation.isLost(turn, yielding.nonce()) ? "" : yielding.nonce();
      return Answers.refused(turn, yielding.wanted(), nonce, Duration.ZERO, stopped.get());
    }
    if (!yielding.moved()) {
      return successor(turn)
          .map(to -> turn.act(new RepairAction.MoveLeader(to)))
          .orElseGet(() -> turn.to(moved(yielding)));
    }
    Optional<GateRefusal> refusal = rightBefore(turn, yielding);
    if (refusal.isPresent()) {
      return Confirmation.mayCome(refusal.get()) && !isLate(turn, yielding)
          ? turn.again(new RepairAction.Look(), PAUSE)
          : Answers.refused(
              turn, yielding.wanted(), yielding.nonce(), Duration.ZERO, refusal.get());
    }
    if (!yielding.ended() && turn.scene().process() instanceof ProcessSeen.Alive etcd) {
      // From here on its vote may be spent, even if this daemon ends now.
      return turn.with(turn.state().logged(Answers.acted(turn)))
          .act(new RepairAction.EndEtcd(etcd.pid(), etcd.startTicks()));
    }
    return Answers.granted(turn, yielding.wanted(), yielding.nonce(), !yielding.ended());
  }

  private static Optional<GateRefusal> stopped(Turn turn, Yielding yielding) {
    return Confirmation.isLost(turn, yielding.nonce())
        ? Optional.of(LockRule.lost())
        : Confirmation.frozen(turn, yielding.wanted());
  }

  private static boolean isLate(Turn turn, Yielding yielding) {
    return turn.isPast(yielding.lockedAt().plus(LONGEST));
  }

  private static Optional<EtcdId> successor(Turn turn) {
    return turn.scene()
        .etcd()
        .filter(view -> view.own().filter(MemberView::leader).isPresent())
        .flatMap(Steady::successor)
        .flatMap(MemberView::id);
  }

  static Yielding moved(Yielding yielding) {
    return new Yielding(
        yielding.wanted(), yielding.nonce(), yielding.lockedAt(), true, yielding.ended());
  }

  static Yielding ended(Yielding yielding) {
    return new Yielding(yielding.wanted(), yielding.nonce(), yielding.lockedAt(), true, true);
  }

  /** The last look: the change of leader was of our own making, and is no unrest. */
  private static Optional<GateRefusal> rightBefore(Turn turn, Yielding yielding) {
    Scene scene = turn.scene();
    if (isOld(turn, scene.processAt())) {
      return Optional.of(LockRule.old());
    }
    if (turn.isAccepted(yielding.wanted())) {
      return Optional.empty();
    }
    if (isOld(turn, scene.etcd().flatMap(EtcdView::proof).orElse(Duration.ZERO))) {
      return Optional.of(LockRule.old());
    }
    return Gate.rightBefore(
        turn.settings(), yielding.wanted(), scene.calm(), yielding.lockedAt(), turn.now());
  }

  private static boolean isOld(Turn turn, Duration time) {
    return turn.now().minus(time).compareTo(AGE) > 0;
  }
}
