package io.hasupervisor.decide.disruption;

import io.hasupervisor.decide.disruption.RepairPhase.Acting;
import io.hasupervisor.decide.disruption.RepairPhase.Asking;
import io.hasupervisor.decide.disruption.RepairPhase.Blocked;
import io.hasupervisor.decide.disruption.RepairPhase.Confirming;
import io.hasupervisor.decide.disruption.RepairPhase.Idle;
import io.hasupervisor.decide.disruption.RepairPhase.Locking;
import io.hasupervisor.decide.disruption.RepairPhase.Releasing;
import io.hasupervisor.decide.disruption.RepairPhase.Settling;
import io.hasupervisor.decide.disruption.RepairPhase.Yielding;
import java.time.Duration;
import java.util.Optional;

/** Who asks is answered at once, or waits; who does not wait any more is forgotten. */
final class Asks {
  private Asks() {}

  static RepairStep asked(Turn turn, Disruption wanted) {
    if (turn.state().phase() instanceof Acting acting
        && acting.wanted().subject().equals(wanted.subject())) {
      // The init system asks for the very start that was ordered.
      return turn.answer(turn.state(), new RepairAnswer.Granted());
    }
    return switch (turn.ruling(wanted)) {
      case Ruling.Free(Duration delay) -> Answers.free(turn, delay);
      case Ruling.Refused(GateRefusal refusal) -> refused(turn, wanted, refusal);
      case Ruling.Locked locked -> locked(turn, wanted, locked);
    };
  }

  /** Refused at once: what goes on here goes on. */
  private static RepairStep refused(Turn turn, Disruption wanted, GateRefusal refusal) {
    RepairAnswer answer = new RepairAnswer.Refused(refusal);
    return turn.state().phase() instanceof Idle || turn.state().phase() instanceof Blocked
        ? turn.answer(turn.state().in(Answers.blocked(turn, wanted, refusal)), answer)
        : turn.answer(turn.state(), answer);
  }

  private static RepairStep locked(Turn turn, Disruption wanted, Ruling.Locked ruling) {
    return switch (turn.state().phase()) {
      case Idle idle -> waiting(turn, wanted);
      case Blocked blocked -> waiting(turn, wanted);
      case Asking asking -> busy(turn, asking.wanted().words());
      case Locking locking -> busy(turn, locking.wanted().words());
      case Confirming confirming -> busy(turn, confirming.wanted().words());
      case Yielding yielding -> busy(turn, yielding.wanted().words());
      case Acting acting -> busy(turn, acting.wanted().words());
      case Releasing releasing -> busy(turn, "it gives the lock back");
      case Settling settling -> {
        if (settling.nonce().isEmpty()) {
          yield waiting(turn, wanted);
        }
        yield mayFollow(turn, settling, ruling, wanted)
            ? waiting(turn.with(turn.state().owing(Optional.of(again(settling)))), wanted)
            : busy(turn, "it is not steady yet after " + settling.action());
      }
    };
  }

  /** A second act under the same lock: if it costs no vote, or the first one has failed. */
  private static boolean mayFollow(
      Turn turn, Settling settling, Ruling.Locked ruling, Disruption wanted) {
    return !ruling.vote()
        || turn.isAccepted(wanted)
        || turn.lock()
            .document()
            .filter(known -> LockChange.isFailed(known, settling.nonce()))
            .isPresent();
  }

  private static Settling again(Settling settling) {
    return new Settling(
        settling.action(),
        settling.nonce(),
        settling.began(),
        false,
        Optional.empty(),
        settling.unfinished());
  }

  private static RepairStep waiting(Turn turn, Disruption wanted) {
    return turn.stay(
        turn.state()
            .knowing(turn.lock().failed(Optional.empty()))
            .in(new Asking(wanted, turn.now(), turn.now().plus(turn.settings().lockPatience()))));
  }

  private static RepairStep busy(Turn turn, String with) {
    return turn.answer(turn.state(), new RepairAnswer.Refused(LockRule.busy(with)));
  }

  static RepairStep withdrawn(Turn turn) {
    return switch (turn.state().phase()) {
      case Idle idle -> turn.stay();
      case Blocked blocked -> turn.to(new Idle());
      case Asking asking -> Answers.over(turn, "", Duration.ZERO, new Idle());
      case Locking locking -> Answers.over(turn, locking.nonce(), locking.since(), new Idle());
      case Confirming confirming ->
          Answers.over(turn, confirming.nonce(), Duration.ZERO, new Idle());
      case Yielding yielding ->
          turn.state().inFlight().orElse(new RepairAction.Look()) instanceof RepairAction.EndEtcd
              ? turn.to(After.settling(turn, yielding.wanted().words(), yielding.nonce(), false))
              : Answers.over(turn, yielding.nonce(), Duration.ZERO, new Idle());
      case Acting acting ->
          turn.to(After.settling(turn, acting.wanted().words(), acting.nonce(), false));
      case Settling settling -> turn.stay();
      case Releasing releasing ->
          turn.to(
              new Releasing(releasing.nonce(), releasing.result(), releasing.since(), new Idle()));
    };
  }
}
