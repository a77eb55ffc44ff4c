package io.hasupervisor.decide.disruption;

import io.hasupervisor.cluster.RepairSettings;
import java.util.Optional;

/**
 * The state machine of one master's repair: gate, lock, second look, leadership moved away, let
 * act, wait until steady, release. While an action is in flight only facts are taken in.
 */
public final class RepairMachine {
  private RepairMachine() {}

  /** The next state, at most one action, at most one answer; pure. */
  public static RepairStep step(
      RepairSettings settings, RepairState state, RepairEvent event, Moment moment) {
    RepairStep step = taken(new Turn(settings, state, moment), event);
    if (event instanceof RepairEvent.Asked && step.answer().isPresent()) {
      // Its answer must not be mixed with that to who waits.
      return step;
    }
    while (step.action().isEmpty() && step.next().inFlight().isEmpty()) {
      RepairStep further = further(new Turn(settings, step.next(), moment));
      if (further.action().isEmpty() && further.next().equals(step.next())) {
        break;
      }
      step = new RepairStep(further.next(), further.action(), step.answer().or(further::answer));
    }
    return step;
  }

  private static RepairStep taken(Turn turn, RepairEvent event) {
    return switch (event) {
      case RepairEvent.Asked(Disruption wanted) -> Asks.asked(turn, wanted);
      case RepairEvent.Withdrawn withdrawn -> Asks.withdrawn(turn);
      case RepairEvent.Looked(Scene scene) -> turn.stay(turn.state().seeing(turn.newer(scene)));
      case RepairEvent.LockRead read ->
          turn.stay(
              turn.state()
                  .knowing(
                      turn.lock()
                          .read(
                              read.lock(),
                              read.asked(),
                              turn.settings().spacing(),
                              turn.moment())));
      case RepairEvent.Served(boolean busy, boolean well) -> After.served(turn, busy, well);
      case RepairEvent.Finished finished -> Outcomes.finished(turn, finished);
      case RepairEvent.Accepted(Acceptance acceptance) ->
          turn.stay(turn.state().accepting(Optional.of(acceptance)));
      case RepairEvent.Ticked ticked -> turn.stay();
    };
  }

  /** What is to be done next where nothing is in flight. */
  private static RepairStep further(Turn turn) {
    return switch (turn.state().phase()) {
      case RepairPhase.Idle idle -> Watch.next(turn);
      case RepairPhase.Blocked blocked ->
          turn.isPast(blocked.until()) ? turn.to(new RepairPhase.Idle()) : Watch.next(turn);
      case RepairPhase.Asking asking -> Taking.next(turn, asking);
      case RepairPhase.Locking locking -> Taking.next(turn, locking);
      case RepairPhase.Confirming confirming -> Confirmation.next(turn, confirming);
      case RepairPhase.Yielding yielding -> Yield.next(turn, yielding);
      case RepairPhase.Acting acting -> After.next(turn, acting);
      case RepairPhase.Settling settling -> After.next(turn, settling);
      case RepairPhase.Releasing releasing -> Release.next(turn, releasing);
    };
  }
}
