package io.hasupervisor.simulation;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.manifest.Course;
import io.hasupervisor.decide.manifest.RolloutAction;
import io.hasupervisor.decide.manifest.RolloutEvent;
import io.hasupervisor.decide.manifest.RolloutEvent.DirectoryLooked;
import io.hasupervisor.decide.manifest.RolloutEvent.Finished;
import io.hasupervisor.decide.manifest.RolloutFacts.Standing;
import io.hasupervisor.decide.manifest.RolloutMachine;
import io.hasupervisor.decide.manifest.RolloutPhase;
import io.hasupervisor.decide.manifest.RolloutPolicy;
import io.hasupervisor.decide.manifest.RolloutState;
import io.hasupervisor.decide.manifest.RolloutStep;
import io.hasupervisor.decide.manifest.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Machines that break one rule each; a simulation that misses one of them proves nothing. */
final class RolloutFaults {
  private RolloutFaults() {}

  /** Each by its name. */
  static Map<String, RolloutRules> all() {
    Map<String, RolloutRules> faults = new LinkedHashMap<>();
    faults.put("acts in another tool's directory", events(RolloutFalsified::withoutOwner));
    faults.put("acts while only observing", policy(p -> policy(p, false)));
    faults.put("takes no probe for a good one", events(RolloutFalsified::believing));
    faults.put("takes a silent docker for an empty one", events(RolloutFalsified::unknownIsCrash));
    faults.put("acts while an action is in flight", RolloutFaults::actsInFlight);
    faults.put("takes a late outcome for another's", RolloutFaults::takesAnyOutcome);
    faults.put("goes back again and again", RolloutFaults::goesBackAgain);
    faults.put("rolls back without a last known good", RolloutFaults::goesBackAnywhere);
    faults.put("knows what is good too soon", RolloutFaults::settlesAtOnce);
    faults.put("overwrites what another hand changed", RolloutFaults::forgetsWhatStood);
    faults.put("enforces at once", events(RolloutFalsified::longAgo));
    faults.put("places everything at once", RolloutFaults::placesTheNext);
    faults.put("does not prepare the host", RolloutFaults::skipsPreparation);
    faults.put("does not tell the store", RolloutFaults::skipsTheMark);
    faults.put("does not wait for consent", RolloutFaults::skipsConsent);
    faults.put("gives up after a failed write", RolloutFaults::givesUp);
    faults.put("never ends the settling", RolloutFaults::neverSettles);
    return faults;
  }

  private static RolloutRules events(UnaryOperator<RolloutEvent> wrong) {
    return (policy, s, event, now) -> RolloutMachine.step(policy, s, wrong.apply(event), now);
  }

  private static RolloutRules policy(UnaryOperator<RolloutPolicy> wrong) {
    return (policy, s, event, now) -> RolloutMachine.step(wrong.apply(policy), s, event, now);
  }

  private static RolloutPolicy policy(RolloutPolicy p, boolean observeOnly) {
    return new RolloutPolicy(observeOnly, p.enforce(), p.quarantine());
  }

  private static RolloutStep actsInFlight(
      RolloutPolicy policy, RolloutState s, RolloutEvent event, Duration now) {
    RolloutState idle =
        RolloutFalsified.with(s, s.phase(), s.good(), Optional.empty(), s.failures());
    return RolloutMachine.step(policy, event instanceof Finished ? s : idle, event, now);
  }

  private static RolloutStep takesAnyOutcome(
      RolloutPolicy policy, RolloutState s, RolloutEvent event, Duration now) {
    RolloutEvent taken =
        event instanceof Finished finished && s.inFlight().isPresent()
            ? new Finished(
                s.inFlight().get().number(), finished.outcome(), finished.begun(), finished.at())
            : event;
    return RolloutMachine.step(policy, s, taken, now);
  }

  private static RolloutStep goesBackAgain(
      RolloutPolicy policy, RolloutState s, RolloutEvent event, Duration now) {
    RolloutStep step = RolloutMachine.step(policy, s, event, now);
    return s.phase() instanceof RolloutPhase.RollbackFailed
            && step.next().phase() instanceof RolloutPhase.RollbackFailed failed
            && step.begin().isEmpty()
        ? new RolloutStep(
            RolloutFalsified.with(
                step.next(),
                new RolloutPhase.RollingBack(
                    new Course(true, Set.of(), Optional.empty()), failed.from()),
                step.next().good(),
                step.next().inFlight(),
                step.next().failures()),
            Optional.empty(),
            step.because())
        : step;
  }

  private static RolloutStep goesBackAnywhere(
      RolloutPolicy policy, RolloutState s, RolloutEvent event, Duration now) {
    Optional<Target> invented =
        s.target()
            .map(
                target -> new Target(target.revision() + 1000, RolloutFalsified.otherwise(target)));
    RolloutState credulous =
        s.good().isPresent()
            ? s
            : RolloutFalsified.with(s, s.phase(), invented, s.inFlight(), s.failures());
    RolloutStep step = RolloutMachine.step(policy, credulous, event, now);
    boolean back = step.next().phase() instanceof RolloutPhase.RollingBack;
    return back || s.good().isPresent()
        ? new RolloutStep(
            s.good().isPresent()
                ? step.next()
                : RolloutFalsified.with(
                    step.next(),
                    step.next().phase(),
                    Optional.empty(),
                    step.next().inFlight(),
                    step.next().failures()),
            step.begin(),
            step.because())
        : RolloutMachine.step(policy, s, event, now);
  }

  private static RolloutStep settlesAtOnce(
      RolloutPolicy policy, RolloutState s, RolloutEvent event, Duration now) {
    RolloutState early =
        s.phase() instanceof RolloutPhase.Settling settling && settling.wellSince().isPresent()
            ? RolloutFalsified.with(
                s,
                new RolloutPhase.Settling(Optional.of(now.minusSeconds(600))),
                s.good(),
                s.inFlight(),
                s.failures())
            : s;
    return RolloutMachine.step(policy, early, event, now);
  }

  private static RolloutStep forgetsWhatStood(
      RolloutPolicy policy, RolloutState s, RolloutEvent event, Duration now) {
    RolloutState forgetful =
        s.phase() instanceof RolloutPhase.Placing placing
            ? RolloutFalsified.with(
                s,
                new RolloutPhase.Placing(
                    new Course(placing.course().prepared(), Set.of(), placing.course().awaited())),
                s.good(),
                s.inFlight(),
                s.failures())
            : s;
    return RolloutMachine.step(policy, forgetful, event, now);
  }

  private static RolloutStep placesTheNext(
      RolloutPolicy policy, RolloutState s, RolloutEvent event, Duration now) {
    RolloutStep step = RolloutMachine.step(policy, s, event, now);
    if (step.begin().isPresent()
        || step.next().inFlight().isPresent()
        || !(step.next().phase() instanceof RolloutPhase.Placing placing)
        || placing.course().awaited().isEmpty()) {
      return step;
    }
    Target target = step.next().target().orElseThrow();
    return target.manifests().stream()
        .filter(
            m ->
                step.next().facts().directory().isPresent()
                    && step.next().facts().standing(m) != Standing.SAME
                    && !placing.course().placed().contains(m.name()))
        .findFirst()
        .map(m -> RolloutFalsified.begin(step, new RolloutAction.Place(m, target.revision())))
        .orElse(step);
  }

  private static RolloutStep skipsPreparation(
      RolloutPolicy policy, RolloutState s, RolloutEvent event, Duration now) {
    return skips(RolloutAction.Prepare.class, policy, s, event, now);
  }

  private static RolloutStep skipsTheMark(
      RolloutPolicy policy, RolloutState s, RolloutEvent event, Duration now) {
    return skips(RolloutAction.MarkCurrent.class, policy, s, event, now);
  }

  private static RolloutStep skipsConsent(
      RolloutPolicy policy, RolloutState s, RolloutEvent event, Duration now) {
    return skips(RolloutAction.AskConsent.class, policy, s, event, now);
  }

  /** Takes an action for done that nobody did. */
  private static RolloutStep skips(
      Class<? extends RolloutAction> what,
      RolloutPolicy policy,
      RolloutState s,
      RolloutEvent event,
      Duration now) {
    RolloutStep step = RolloutMachine.step(policy, s, event, now);
    if (step.begin().filter(begun -> what.isInstance(begun.action())).isEmpty()) {
      return step;
    }
    RolloutStep skipped =
        RolloutMachine.step(
            policy,
            step.next(),
            new Finished(
                step.begin().get().number(),
                new Outcome.Done(),
                Instant.EPOCH,
                s.facts().believeFrom()),
            now);
    if (skipped.begin().isPresent() || s.facts().directory().isEmpty()) {
      return skipped;
    }
    return RolloutMachine.step(
        policy,
        skipped.next(),
        new DirectoryLooked(s.facts().directory().get(), s.facts().owner()),
        now);
  }

  private static RolloutStep givesUp(
      RolloutPolicy policy, RolloutState s, RolloutEvent event, Duration now) {
    Map<String, RolloutState.Failure> stubborn = new HashMap<>();
    s.failures()
        .forEach(
            (subject, failure) ->
                stubborn.put(
                    subject,
                    new RolloutState.Failure(
                        failure.because(), failure.why(), now.plus(Duration.ofDays(1)))));
    return RolloutMachine.step(
        policy, RolloutFalsified.with(s, s.phase(), s.good(), s.inFlight(), stubborn), event, now);
  }

  private static RolloutStep neverSettles(
      RolloutPolicy policy, RolloutState s, RolloutEvent event, Duration now) {
    RolloutState restless =
        s.phase() instanceof RolloutPhase.Settling
            ? RolloutFalsified.with(
                s,
                new RolloutPhase.Settling(Optional.empty()),
                s.good(),
                s.inFlight(),
                s.failures())
            : s;
    return RolloutMachine.step(policy, restless, event, now);
  }
}
