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

  static RepairStep finished(Situation here, RepairEvent.Finished finished) {
    if (here.state().inFlight().isEmpty()) {
      return here.stay();
    }
    Situation landed = here.with(here.state().doing(Optional.empty()));
    return switch (here.state().inFlight().get()) {
      case RepairAction.ReadLock read -> read(landed, finished.outcome());
      case RepairAction.WriteLock write -> written(landed, write, finished);
      case RepairAction.Look look -> landed.stay();
      case RepairAction.MoveLeader move ->
          landed.state().phase() instanceof Yielding yielding
              ? landed.to(Yield.moved(yielding, finished.at()))
              : landed.stay();
      case RepairAction.EndEtcd end ->
          landed.state().phase() instanceof Yielding yielding
              ? ended(landed, yielding, finished)
              : landed.stay();
    };
  }

  private static RepairStep read(Situation here, RepairOutcome outcome) {
    return switch (outcome) {
      case RepairOutcome.Done done -> here.stay(here.state().resting(here.now()));
      case RepairOutcome.Failed(GateReason reason, String why) -> failed(here, reason);
      case RepairOutcome.Lost lost -> failed(here, GateReason.LOCK_UNREACHABLE);
      case RepairOutcome.Uncertain uncertain -> failed(here, GateReason.LOCK_UNREACHABLE);
    };
  }

  private static RepairStep failed(Situation here, GateReason reason) {
    return here.stay(here.state().knowing(here.lock().failed(Optional.of(reason))));
  }

  private static RepairStep written(
      Situation here, RepairAction.WriteLock write, RepairEvent.Finished finished) {
    return switch (here.state().phase()) {
      case Locking locking -> taken(here, locking, finished);
      case Releasing releasing -> released(here, releasing, write, finished);
      default ->
          finished.outcome() instanceof RepairOutcome.Done(long revision)
              ? here.stay(known(here, write.next(), revision, finished.at()))
              : here.stay();
    };
  }

  private static RepairStep taken(Situation here, Locking locking, RepairEvent.Finished finished) {
    if (finished.outcome() instanceof RepairOutcome.Failed(GateReason reason, String why)) {
      return Answers.refused(
          here, locking.wanted(), "", Duration.ZERO, LockRule.failed(locking.wanted(), reason));
    }
    // Whether it is ours is told by consensus only, and by the nonce.
    return here.stay(
        here.state()
            .resting(here.now())
            .in(new Locking(locking.wanted(), locking.nonce(), finished.at(), locking.until())));
  }

  private static RepairStep released(
      Situation here,
      Releasing releasing,
      RepairAction.WriteLock write,
      RepairEvent.Finished finished) {
    if (write.next().holder().isEmpty()
        && finished.outcome() instanceof RepairOutcome.Done(long revision)) {
      return here.stay(known(here, write.next(), revision, finished.at()).in(releasing.then()));
    }
    Releasing again =
        new Releasing(releasing.nonce(), releasing.result(), finished.at(), releasing.then());
    boolean lost = finished.outcome() instanceof RepairOutcome.Lost;
    return here.stay(here.state().in(again).resting(lost ? here.now() : here.now().plus(PAUSE)));
  }

  private static RepairState known(Situation here, LockDocument next, long revision, Duration at) {
    return here.state()
        .knowing(
            here.lock()
                .read(
                    new LockSeen.Readable(next, revision),
                    at,
                    here.settings().spacing(),
                    here.moment()));
  }

  private static RepairStep ended(
      Situation here, Yielding yielding, RepairEvent.Finished finished) {
    if (!(finished.outcome() instanceof RepairOutcome.Failed(GateReason reason, String _))) {
      return Answers.granted(here, yielding.wanted(), yielding.nonce(), false);
    }
    // What came too late is decided anew, by what is seen then.
    return here.stay(
        here.unlogged(yielding.wanted())
            .in(
                reason == GateReason.EVIDENCE_OLD
                    ? Yield.moved(yielding, finished.at())
                    : Yield.ended(yielding, finished.at())));
  }
}
