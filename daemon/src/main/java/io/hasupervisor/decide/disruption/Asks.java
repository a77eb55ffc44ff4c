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

  static RepairStep asked(Situation here, Disruption wanted) {
    if (here.state().phase() instanceof Acting acting
        && acting.wanted().subject().equals(wanted.subject())
        && wanted.kind() != Disruption.Kind.PLACE) {
      // The init system asks for the very start that was ordered. What was to be placed and was not
      // is looked at anew.
      return here.answer(here.state(), new RepairAnswer.Granted(false));
    }
    return switch (here.ruling(wanted)) {
      case Ruling.Free(Duration delay) -> Answers.free(here, wanted, delay);
      case Ruling.Refused(GateRefusal refusal) -> refused(here, wanted, refusal);
      case Ruling.Locked locked -> locked(here, wanted, locked);
    };
  }

  /** Refused at once: what goes on here goes on. */
  private static RepairStep refused(Situation here, Disruption wanted, GateRefusal refusal) {
    RepairAnswer answer = new RepairAnswer.Refused(refusal);
    return here.state().phase() instanceof Idle || here.state().phase() instanceof Blocked
        ? here.answer(here.state().in(Answers.blocked(here, wanted, refusal)), answer)
        : here.answer(here.state(), answer);
  }

  private static RepairStep locked(Situation here, Disruption wanted, Ruling.Locked ruling) {
    return switch (here.state().phase()) {
      case Idle idle -> waiting(here, wanted);
      case Blocked blocked -> waiting(here, wanted);
      case Asking asking -> busy(here, wanted, asking.wanted().words());
      case Locking locking -> busy(here, wanted, locking.wanted().words());
      case Confirming confirming -> busy(here, wanted, confirming.wanted().words());
      case Yielding yielding -> busy(here, wanted, yielding.wanted().words());
      case Acting acting -> busy(here, wanted, acting.wanted().words());
      case Releasing releasing -> busy(here, wanted, "it gives the lock back");
      case Settling settling -> {
        if (settling.nonce().isEmpty()) {
          yield waiting(here, wanted);
        }
        yield mayFollow(here, settling, ruling, wanted)
            ? waiting(here.with(here.state().owing(Optional.of(again(settling)))), wanted)
            : busy(here, wanted, "it is not steady yet after " + settling.action());
      }
    };
  }

  /**
   * A second act under the same lock: if it costs no vote, if the first one has failed, or if it
   * puts another manifest in the place of the one that is awaited.
   */
  private static boolean mayFollow(
      Situation here, Settling settling, Ruling.Locked ruling, Disruption wanted) {
    return !ruling.vote()
        || here.isAccepted(wanted)
        || (wanted.kind() == Disruption.Kind.PLACE && settling.action().equals(wanted.words()))
        || here.lock()
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

  private static RepairStep waiting(Situation here, Disruption wanted) {
    return here.stay(
        here.state()
            .knowing(here.lock().failed(Optional.empty()))
            .in(new Asking(wanted, here.now(), here.now().plus(here.settings().lockPatience()))));
  }

  private static RepairStep busy(Situation here, Disruption wanted, String with) {
    return here.answer(here.state(), new RepairAnswer.Refused(Hindrance.busy(wanted, with)));
  }

  static RepairStep withdrawn(Situation here) {
    return switch (here.state().phase()) {
      case Idle idle -> here.stay();
      case Blocked blocked -> here.to(new Idle());
      case Asking asking -> Answers.over(here, "", Duration.ZERO, new Idle());
      case Locking locking -> Answers.over(here, locking.nonce(), locking.since(), new Idle());
      case Confirming confirming ->
          Answers.over(here, confirming.nonce(), Duration.ZERO, new Idle());
      case Yielding yielding ->
          here.state().inFlight().orElse(new RepairAction.Look()) instanceof RepairAction.EndEtcd
              ? here.to(After.settling(here, yielding.wanted().words(), yielding.nonce(), false))
              : Answers.over(here, yielding.nonce(), Duration.ZERO, new Idle());
      case Acting acting ->
          here.to(After.settling(here, acting.wanted().words(), acting.nonce(), false));
      case Settling settling -> here.stay();
      case Releasing releasing ->
          here.to(
              new Releasing(releasing.nonce(), releasing.result(), releasing.since(), new Idle()));
    };
  }
}
