package io.hasupervisor.simulation;

import io.hasupervisor.assess.Health;
import io.hasupervisor.assess.Tolerance;
import io.hasupervisor.assess.Verdict;
import io.hasupervisor.decide.Action;
import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.Facts;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.RestartLog;
import io.hasupervisor.decide.ServiceMachine;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.decide.Step;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.ProbeReport;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.observe.Symptom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Machines that break one rule each; a simulation that misses one of them proves nothing. */
final class Faults {
  static final Duration YEAR = Duration.ofDays(365);
  private static final Verdict SICK =
      new Verdict(
          Health.SICK,
          true,
          3,
          3,
          "probe0",
          Optional.of(new CheckResult.Failed(Symptom.TIMED_OUT, "")));

  private Faults() {}

  /** Each by its name. */
  static Map<String, Machine> all() {
    Map<String, Machine> faults = new LinkedHashMap<>();
    faults.put("ignores a hold", events(Faults::withoutHold));
    faults.put("forgets the kill budget", log(Faults::withoutKills));
    faults.put(
        "kills too soon after a kill",
        policy(p -> WrongPolicies.kill(p, Duration.ZERO, p.kill().term())));
    faults.put(
        "gives TERM no patience",
        policy(p -> WrongPolicies.kill(p, p.kill().spacing(), Duration.ZERO)));
    faults.put("forgets the crash budget", log(Faults::withoutCrashes));
    faults.put("takes every death for a first look", Faults::forgetsLives);
    faults.put("counts what it found not running", log(Faults::withSomeExit));
    faults.put("has no cap on backoff", policy(p -> crash(p, p.crash().firstDelay(), YEAR)));
    faults.put(
        "shortens the delays",
        policy(
            p ->
                WrongPolicies.crash(p, p.crash().firstDelay().dividedBy(2), p.crash().maxDelay())));
    faults.put("ignores observe-only", policy(p -> WrongPolicies.observe(p, false)));
    faults.put("gives up after slow retry", policy(WrongPolicies::givingUp));
    faults.put("gives up by observing", policy(p -> WrongPolicies.observe(p, true)));
    faults.put("kills on UNKNOWN", events(Faults::unknownIsSick));
    faults.put("keeps an old verdict", events(Faults::neverUnknown));
    faults.put("starts under the init system's own restart", events(Faults::initIsDead));
    faults.put("takes no answer for death", events(Faults::unclearIsDead));
    faults.put("ignores dependencies", events(Faults::withoutDependencies));
    faults.put("believes stale evidence", Faults::believesStale);
    faults.put("starts twice", Faults::startsTwice);
    faults.put("acts while an action is in flight", Faults::actsInFlight);
    faults.put("skips consent", Faults::skipsConsent);
    faults.put("takes a refusal for consent", events(Faults::consenting));
    faults.put("skips the evidence", Faults::skipsCapture);
    faults.put("kills whatever runs", Faults::killsAnyLife);
    faults.put("loses the action in flight", Faults::losesAction);
    faults.put("counts inconclusive results", new BoardFault(Faults::failed, t -> t, true));
    faults.put("knows no grace", new BoardFault(r -> r, Faults::graceless, true));
    faults.put("never finds a result stale", new BoardFault(r -> r, Faults::neverStale, true));
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
        ServiceMachine.step(
            policy,
            new ServiceState(
                state.phase(),
                state.since(),
                state.because(),
                state.facts(),
                wrong.apply(state.log()),
                state.inFlight()),
            event,
            now);
  }

  private static Event withoutHold(Event event) {
    return event instanceof Event.Ordered(Event.Order.Keep _) ? new Event.Ticked() : event;
  }

  private static Event unknownIsSick(Event event) {
    return event instanceof Event.Judged judged && judged.verdict().health() == Health.UNKNOWN
        ? new Event.Judged(SICK)
        : event;
  }

  private static Event neverUnknown(Event event) {
    return event instanceof Event.Judged judged && judged.verdict().health() == Health.UNKNOWN
        ? new Event.Ticked()
        : event;
  }

  private static Event initIsDead(Event event) {
    return event instanceof Event.Seen(RunReport(RunState.RestartingByInit init, Duration at))
        ? new Event.Seen(new RunReport(new RunState.Dead(init.exit()), at))
        : event;
  }

  private static Event unclearIsDead(Event event) {
    return event instanceof Event.Seen(RunReport(RunState.Unclear unclear, Duration at))
        ? new Event.Seen(new RunReport(new RunState.Dead(Exit.unknown(unclear.why())), at))
        : event;
  }

  private static Event withoutDependencies(Event event) {
    return event instanceof Event.Dependencies ? new Event.Ticked() : event;
  }

  private static Event consenting(Event event) {
    return event instanceof Event.Finished(Outcome.Refused _, Duration at)
        ? new Event.Finished(new Outcome.Done(), at)
        : event;
  }

  private static RestartLog withoutKills(RestartLog log) {
    return new RestartLog(
        log.attempt(),
        log.crashes(),
        List.of(),
        log.life(),
        log.down(),
        log.healthySince(),
        log.lastExit());
  }

  private static RestartLog withoutCrashes(RestartLog log) {
    return new RestartLog(
        log.attempt(),
        List.of(),
        log.kills(),
        log.life(),
        log.down(),
        log.healthySince(),
        log.lastExit());
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
            facts.order());
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
                withPast(state.log(), Optional.empty(), Optional.empty()),
                Optional.empty())
            : state,
        event,
        now);
  }

  private static RestartLog withSomeExit(RestartLog log) {
    return withPast(log, log.life(), log.lastExit().or(() -> Optional.of(Exit.unknown(""))));
  }

  private static RestartLog withPast(
      RestartLog log, Optional<Incarnation> life, Optional<Exit> lastExit) {
    return new RestartLog(
        log.attempt(), log.crashes(), log.kills(), life, log.down(), log.healthySince(), lastExit);
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

  private static ProbeReport failed(ProbeReport report) {
    return report.result() instanceof CheckResult.Inconclusive(String why)
        ? new ProbeReport(
            report.probe(),
            new CheckResult.Failed(Symptom.GARBAGE, why),
            report.begunAt(),
            report.endedAt())
        : report;
  }

  private static Tolerance graceless(Tolerance t) {
    return new Tolerance(
        t.inARow(), t.failures(), t.window(), t.passes(), Duration.ZERO, t.staleAfter());
  }

  private static Tolerance neverStale(Tolerance t) {
    return new Tolerance(t.inARow(), t.failures(), t.window(), t.passes(), t.grace(), YEAR);
  }
}
