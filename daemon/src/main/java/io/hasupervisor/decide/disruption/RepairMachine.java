package io.hasupervisor.decide.disruption;

import io.hasupervisor.cluster.RepairSettings;

/**
 * The state machine of one master's repair: gate, lock, second look, leadership moved away, let
 * act, wait until steady, release. While an action is in flight only facts are taken in.
 */
public final class RepairMachine {
  private RepairMachine() {}

  /** The next state, at most one action, at most one answer; pure. */
  public static RepairStep step(
      RepairSettings settings, RepairState state, RepairEvent event, Moment moment) {
    RepairStep step = taken(new Situation(settings, state, moment), event);
    if (event instanceof RepairEvent.Asked && step.answer().isPresent()) {
      // Its answer must not be mixed with that to who waits.
      return step;
    }
    while (step.action().isEmpty() && step.next().inFlight().isEmpty()) {
      RepairStep further = further(new Situation(settings, step.next(), moment));
      if (further.action().isEmpty() && further.next().equals(step.next())) {
        break;
      }
      step = new RepairStep(further.next(), further.action(), step.answer().or(further::answer));
    }
    return step;
  }

  private static RepairStep taken(Situation here, RepairEvent event) {
    return switch (event) {
      case RepairEvent.Asked(Disruption wanted) -> Asks.asked(here, wanted);
      case RepairEvent.Withdrawn withdrawn -> Asks.withdrawn(here);
      case RepairEvent.Looked(Scene scene) -> here.stay(here.state().seeing(here.newer(scene)));
      case RepairEvent.LockRead read ->
          here.stay(
              here.state()
                  .knowing(
                      here.lock()
                          .read(
                              read.lock(),
                              read.asked(),
                              here.settings().spacing(),
                              here.moment())));
      case RepairEvent.Served served -> After.served(here, served);
      case RepairEvent.Finished finished -> Outcomes.finished(here, finished);
      case RepairEvent.Accepted(Acceptance acceptance) ->
          here.stay(here.state().accepting(acceptance));
      case RepairEvent.OrderOver(String subject) ->
          here.stay(here.state().without(subject, here.now()));
      case RepairEvent.Ticked ticked -> here.stay();
    };
  }

  /** What is to be done next where nothing is in flight. */
  private static RepairStep further(Situation here) {
    return switch (here.state().phase()) {
      case RepairPhase.Idle idle -> Watch.next(here);
      case RepairPhase.Blocked blocked ->
          here.isPast(blocked.until()) ? here.to(new RepairPhase.Idle()) : Watch.next(here);
      case RepairPhase.Asking asking -> Taking.next(here, asking);
      case RepairPhase.Locking locking -> Taking.next(here, locking);
      case RepairPhase.Confirming confirming -> Confirmation.next(here, confirming);
      case RepairPhase.Yielding yielding -> Yield.next(here, yielding);
      case RepairPhase.Acting acting -> After.next(here, acting);
      case RepairPhase.Settling settling -> After.next(here, settling);
      case RepairPhase.Releasing releasing -> Release.next(here, releasing);
    };
  }
}
