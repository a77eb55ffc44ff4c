package io.hasupervisor.simulation;

import io.hasupervisor.assess.Tolerance;
import io.hasupervisor.decide.Action;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.Facts;
import io.hasupervisor.decide.KillStep;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.Purpose;
import io.hasupervisor.decide.RestartLog;
import io.hasupervisor.decide.ServiceMachine;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.decide.Step;
import io.hasupervisor.observe.ProbeReport;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Machines that break one rule each; a simulation that misses one of them proves nothing. */
final class Faults {
  private static final Duration YEAR = Duration.ofDays(365);

  private Faults() {}

  /** Each by its name. */
  static Map<String, Machine> all() {
    Map<String, Machine> faults = new LinkedHashMap<>();
    faults.put("ignores a hold", events(Falsified::withoutHold));
    faults.put("forgets the kill budget", log(Falsified::withoutKills));
    faults.put(
        "kills too soon after a kill",
        policy(p -> Falsified.kill(p, Duration.ZERO, p.kill().term())));
    faults.put(
        "gives TERM no patience",
        policy(p -> Falsified.kill(p, p.kill().spacing(), Duration.ZERO)));
    faults.put("forgets the crash budget", log(Falsified::withoutCrashes));
    faults.put("takes every death for a first look", Faults::forgetsLives);
    faults.put("counts what it found not running", log(Falsified::withSomeExit));
    faults.put(
        "has no cap on backoff", policy(p -> Falsified.crash(p, p.crash().firstDelay(), YEAR)));
    faults.put(
        "shortens the delays",
        policy(p -> Falsified.crash(p, p.crash().firstDelay().dividedBy(2), p.crash().maxDelay())));
    faults.put("ignores observe-only", policy(p -> Falsified.observe(p, false)));
    faults.put("gives up after slow retry", policy(Falsified::givingUp));
    faults.put("gives up by observing", policy(p -> Falsified.observe(p, true)));
    faults.put("kills on UNKNOWN", events(Falsified::unknownIsSick));
    faults.put("keeps an old verdict", events(Falsified::neverUnknown));
    faults.put("starts under the init system's own restart", events(Falsified::initIsDead));
    faults.put("takes no answer for death", events(Falsified::unclearIsDead));
    faults.put("ignores dependencies", events(Falsified::withoutDependencies));
    faults.put("believes stale evidence", Faults::believesStale);
    faults.put("starts twice", Faults::startsTwice);
    faults.put("acts while an action is in flight", Faults::actsInFlight);
    faults.put("skips consent", Faults::skipsConsent);
    faults.put("takes a refusal for consent", events(Falsified::consenting));
    faults.put("asks only once before a kill", Faults::skipsLastQuestion);
    faults.put("never asks in earnest", Faults::asksFirstOnly);
    faults.put("acts on an old consent", Faults::actsOnOldConsent);
    faults.put("starts without asking", policy(p -> Falsified.guarded(p, false)));
    faults.put("asks before any start", policy(p -> Falsified.guarded(p, true)));
    faults.put("counts a refused kill", Faults::countsRefusedKill);
    faults.put("counts a refused start as failed", Faults::countsRefusedStart);
    faults.put("never asks again after a refusal", events(Falsified::refusedForEver));
    faults.put("skips the evidence", Faults::skipsCapture);
    faults.put("kills whatever runs", Faults::killsAnyLife);
    faults.put("loses the action in flight", Faults::losesAction);
    faults.put("counts inconclusive results", new BoardFault(Falsified::failed, t -> t, true));
    faults.put("knows no grace", new BoardFault(r -> r, Falsified::graceless, true));
    faults.put("never finds a result stale", new BoardFault(r -> r, Falsified::neverStale, true));
    faults.put("counts its own lateness", new BoardFault(r -> r, t -> t, false));
    return faults;
  }

  private record BoardFault(
      UnaryOperator<ProbeReport> hears, UnaryOperator<Tolerance> given, boolean voidsLateRounds)
      implements Machine {
    @Override
    public Step step(Policy policy, ServiceState state, Event event, Duration now) {
      return ServiceMachine.step(policy, state, event, now);
    }

    @Override
    public ProbeReport heard(ProbeReport report) {
      return hears.apply(report);
    }

    @Override
    public Tolerance tolerance(Tolerance configured) {
      return given.apply(configured);
    }
  }

  private static Machine events(UnaryOperator<Event> wrong) {
    return (policy, state, event, now) ->
        ServiceMachine.step(policy, state, wrong.apply(event), now);
  }

  private static Machine policy(UnaryOperator<Policy> wrong) {
    return (policy, state, event, now) ->
        ServiceMachine.step(wrong.apply(policy), state, event, now);
  }

  private static Machine log(UnaryOperator<RestartLog> wrong) {
    return (policy, state, event, now) ->
        ServiceMachine.step(policy, Falsified.withLog(state, wrong.apply(state.log())), event, now);
  }

  private static Step believesStale(Policy policy, ServiceState state, Event event, Duration now) {
    Facts facts = state.facts();
    Facts credulous =
        new Facts(
            new RunReport(facts.run().state(), Duration.ZERO),
            Duration.ZERO,
            facts.verdict(),
            facts.waitingOn(),
            facts.dependenciesBackAt(),
            facts.hold(),
            facts.order(),
            facts.refusal());
    return ServiceMachine.step(
        policy,
        event instanceof Event.Seen
            ? new ServiceState(
                state.phase(),
                state.since(),
                state.because(),
                credulous,
                state.log(),
                state.inFlight())
            : state,
        event,
        now);
  }

  private static Step forgetsLives(Policy policy, ServiceState state, Event event, Duration now) {
    boolean death =
        event instanceof Event.Seen(RunReport(RunState.Dead _, Duration _))
            && state.log().down().isEmpty()
            && state.inFlight().isEmpty();
    return ServiceMachine.step(
        policy,
        death
            ? new ServiceState(
                new Phase.Unknown(),
                state.since(),
                state.because(),
                state.facts(),
                Falsified.withPast(state.log(), Optional.empty(), Optional.empty()),
                Optional.empty())
            : state,
        event,
        now);
  }

  private static Step startsTwice(Policy policy, ServiceState state, Event event, Duration now) {
    Step step = ServiceMachine.step(policy, state, event, now);
    boolean started =
        event instanceof Event.Finished
            && state.inFlight().filter(Action.Start.class::isInstance).isPresent()
            && step.action().isEmpty();
    return started ? acting(step, state.inFlight()) : step;
  }

  private static Step actsInFlight(Policy policy, ServiceState state, Event event, Duration now) {
    boolean idle = event instanceof Event.Finished;
    return ServiceMachine.step(
        policy, idle ? state : withInFlight(state, Optional.empty()), event, now);
  }

  private static Step losesAction(Policy policy, ServiceState state, Event event, Duration now) {
    Step step = ServiceMachine.step(policy, state, event, now);
    boolean capturing = step.action().filter(Action.Capture.class::isInstance).isPresent();
    return capturing
        ? new Step(withInFlight(step.next(), Optional.empty()), step.action(), step.because())
        : step;
  }

  private static Step skipsConsent(Policy policy, ServiceState state, Event event, Duration now) {
    return skips(Action.AskConsent.class, policy, state, event, now);
  }

  private static Step skipsLastQuestion(
      Policy policy, ServiceState state, Event event, Duration now) {
    Step step = ServiceMachine.step(policy, state, event, now);
    return step.action().filter(Faults::asksNow).isPresent()
            && step.next().phase() instanceof Phase.Killing
        ? ServiceMachine.step(policy, step.next(), new Event.Finished(new Outcome.Done(), now), now)
        : step;
  }

  private static boolean asksNow(Action action) {
    return action instanceof Action.AskConsent ask && ask.stage() == Consent.Stage.NOW;
  }

  /** Says FIRST where it means to act; the machine itself goes on as after NOW. */
  private static Step asksFirstOnly(Policy policy, ServiceState state, Event event, Duration now) {
    Optional<Action> meant =
        state
            .inFlight()
            .map(
                action ->
                    state.phase() instanceof Phase.Killing(KillStep rung, var _, var _, var _)
                            && rung == KillStep.CONFIRM
                            && action instanceof Action.AskConsent ask
                        ? new Action.AskConsent(ask.purpose(), Consent.Stage.NOW)
                        : action);
    Step step = ServiceMachine.step(policy, withInFlight(state, meant), event, now);
    Optional<Action> said = step.next().inFlight().map(Faults::first);
    return new Step(
        withInFlight(step.next(), said), step.action().map(Faults::first), step.because());
  }

  private static Action first(Action action) {
    return action instanceof Action.AskConsent ask
            && ask.stage() == Consent.Stage.NOW
            && Set.of(Purpose.HEALTH, Purpose.OPERATOR_RESTART, Purpose.OPERATOR_STOP)
                .contains(ask.purpose())
        ? new Action.AskConsent(ask.purpose(), Consent.Stage.FIRST)
        : action;
  }

  private static Step actsOnOldConsent(
      Policy policy, ServiceState state, Event event, Duration now) {
    boolean answer = state.inFlight().filter(Faults::asksNow).isPresent();
    return ServiceMachine.step(
        policy,
        state,
        answer && event instanceof Event.Finished(Outcome outcome, Duration _)
            ? new Event.Finished(outcome, now)
            : event,
        now);
  }

  private static Step countsRefusedKill(
      Policy policy, ServiceState state, Event event, Duration now) {
    boolean refused =
        event instanceof Event.Finished(Outcome.Refused _, Duration _)
            && state.phase() instanceof Phase.Killing;
    Step step = ServiceMachine.step(policy, state, event, now);
    return refused
        ? new Step(
            Falsified.withLog(step.next(), Falsified.withKill(step.next().log(), now)),
            step.action(),
            step.because())
        : step;
  }

  private static Step countsRefusedStart(
      Policy policy, ServiceState state, Event event, Duration now) {
    return state.phase() instanceof Phase.Asking
            && event instanceof Event.Finished(Outcome.Refused refused, Duration at)
        ? ServiceMachine.step(
            policy,
            withInFlight(state, Optional.of(new Action.Start(policy.startGrace()))),
            new Event.Finished(new Outcome.Failed(refused.why()), at),
            now)
        : ServiceMachine.step(policy, state, event, now);
  }

  private static Step skipsCapture(Policy policy, ServiceState state, Event event, Duration now) {
    return skips(Action.Capture.class, policy, state, event, now);
  }

  private static Step skips(
      Class<? extends Action> what, Policy policy, ServiceState state, Event event, Duration now) {
    Step step = ServiceMachine.step(policy, state, event, now);
    return step.action().filter(what::isInstance).isPresent()
        ? ServiceMachine.step(policy, step.next(), new Event.Finished(new Outcome.Done(), now), now)
        : step;
  }

  private static Step killsAnyLife(Policy policy, ServiceState state, Event event, Duration now) {
    ServiceState blind =
        state.phase() instanceof Phase.Killing(var rung, var purpose, var until, var _)
            ? new ServiceState(
                new Phase.Killing(rung, purpose, until, Optional.empty()),
                state.since(),
                state.because(),
                state.facts(),
                state.log(),
                state.inFlight())
            : state;
    return ServiceMachine.step(policy, blind, event, now);
  }

  private static Step acting(Step step, Optional<Action> action) {
    return new Step(withInFlight(step.next(), action), action, step.because());
  }

  private static ServiceState withInFlight(ServiceState s, Optional<Action> action) {
    return new ServiceState(s.phase(), s.since(), s.because(), s.facts(), s.log(), action);
  }
}
