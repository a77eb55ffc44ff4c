package io.hasupervisor.decide.disruption;

import io.hasupervisor.decide.disruption.RepairPhase.Locking;
import io.hasupervisor.decide.disruption.RepairPhase.Releasing;
import io.hasupervisor.decide.disruption.RepairPhase.Yielding;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.util.Optional;

/** What the end of an action means to the phase that it ends in. */
final class Outcomes {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private Outcomes() {}

  static RepairStep finished(Turn turn, RepairEvent.Finished finished) {
    if (turn.state().inFlight().isEmpty()) {
      return turn.stay();
    }
    Turn landed = turn.with(turn.state().doing(Optional.empty()));
    return switch (turn.state().inFlight().get()) {
      case RepairAction.ReadLock read -> read(landed, finished.outcome());
      case RepairAction.WriteLock write -> written(landed, write, finished);
      case RepairAction.Look look -> landed.stay();
      case RepairAction.MoveLeader move ->
          landed.state().phase() instanceof Yielding yielding
              ? landed.to(Yield.moved(yielding))
              : landed.stay();
      case RepairAction.EndEtcd end ->
          landed.state().phase() instanceof Yielding yielding
              ? ended(landed, yielding, finished.outcome())
              : landed.stay();
    };
  }

  private static RepairStep read(Turn turn, RepairOutcome outcome) {
    return switch (outcome) {
      case RepairOutcome.Done done -> turn.stay(turn.state().resting(turn.now()));
      case RepairOutcome.Failed(GateReason reason, String why) -> failed(turn, reason);
      case RepairOutcome.Lost lost -> failed(turn, GateReason.LOCK_UNREACHABLE);
      case RepairOutcome.Uncertain uncertain -> failed(turn, GateReason.LOCK_UNREACHABLE);
    };
  }

  private static RepairStep failed(Turn turn, GateReason reason) {
    return turn.stay(turn.state().knowing(turn.lock().failed(Optional.of(reason))));
  }

  private static RepairStep written(
      Turn turn, RepairAction.WriteLock write, RepairEvent.Finished finished) {
    return switch (turn.state().phase()) {
      case Locking locking -> taken(turn, locking, finished);
      case Releasing releasing -> released(turn, releasing, write, finished);
      default ->
          finished.outcome() instanceof RepairOutcome.Done(long revision)
              ? turn.stay(known(turn, write.next(), revision, finished.at()))
              : turn.stay();
    };
  }

  private static RepairStep taken(Turn turn, Locking locking, RepairEvent.Finished finished) {
    if (finished.outcome() instanceof RepairOutcome.Failed(GateReason reason, String why)) {
      return Answers.refused(turn, locking.wanted(), "", Duration.ZERO, LockRule.failed(reason));
    }
    // Whether it is ours is told by consensus only, and by the nonce.
    return turn.stay(
        turn.state()
            .resting(turn.now())
            .in(new Locking(locking.wanted(), locking.nonce(), finished.at(), locking.until())));
  }

  private static RepairStep released(
      Turn turn, Releasing releasing, RepairAction.WriteLock write, RepairEvent.Finished finished) {
    if (write.next().holder().isEmpty()
        && finished.outcome() instanceof RepairOutcome.Done(long revision)) {
      return turn.stay(known(turn, write.next(), revision, finished.at()).in(releasing.then()));
    }
    Releasing again =
        new Releasing(releasing.nonce(), releasing.result(), finished.at(), releasing.then());
    boolean lost = finished.outcome() instanceof RepairOutcome.Lost;
    return turn.stay(turn.state().in(again).resting(lost ? turn.now() : turn.now().plus(PAUSE)));
  }

  private static RepairState known(Turn turn, LockDocument next, long revision, Duration at) {
    return turn.state()
        .knowing(
            turn.lock()
                .read(
                    new LockSeen.Readable(next, revision),
                    at,
                    turn.settings().spacing(),
                    turn.moment()));
  }

  private static RepairStep ended(Turn turn, Yielding yielding, RepairOutcome outcome) {
    return outcome instanceof RepairOutcome.Failed
        ? turn.to(Yield.ended(yielding))
        : Answers.granted(turn, yielding.wanted(), yielding.nonce(), false);
  }
}
