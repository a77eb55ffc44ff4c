package io.hasupervisor.simulation;

import io.hasupervisor.assess.Health;
import io.hasupervisor.assess.Tolerance;
import io.hasupervisor.assess.Verdict;
import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.Policy.CrashPolicy;
import io.hasupervisor.decide.Policy.KillPolicy;
import io.hasupervisor.decide.RestartLog;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.ProbeReport;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.observe.Symptom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a faulty machine takes for the event, the memory, the policy or the report. */
final class Falsified {
  private static final Duration YEAR = Duration.ofDays(365);

  private static final Verdict SICK =
      new Verdict(
          Health.SICK,
          true,
          3,
          3,
          "probe0",
          Optional.of(new CheckResult.Failed(Symptom.TIMED_OUT, "")));

  private Falsified() {}

  static Event withoutHold(Event event) {
    return event instanceof Event.Ordered(Event.Order.Keep _) ? new Event.Ticked() : event;
  }

  static Event unknownIsSick(Event event) {
    return event instanceof Event.Judged judged && judged.verdict().health() == Health.UNKNOWN
        ? new Event.Judged(SICK)
        : event;
  }

  static Event neverUnknown(Event event) {
    return event instanceof Event.Judged judged && judged.verdict().health() == Health.UNKNOWN
        ? new Event.Ticked()
        : event;
  }

  static Event initIsDead(Event event) {
    return event instanceof Event.Seen(RunReport(RunState.RestartingByInit init, Duration at))
        ? new Event.Seen(new RunReport(new RunState.Dead(init.exit()), at))
        : event;
  }

  static Event unclearIsDead(Event event) {
    return event instanceof Event.Seen(RunReport(RunState.Unclear unclear, Duration at))
        ? new Event.Seen(new RunReport(new RunState.Dead(Exit.unknown(unclear.why())), at))
        : event;
  }

  static Event withoutDependencies(Event event) {
    return event instanceof Event.Dependencies ? new Event.Ticked() : event;
  }

  static Event consenting(Event event) {
    return event instanceof Event.Finished(Outcome.Refused _, Duration at)
        ? new Event.Finished(new Outcome.Done(), at)
        : event;
  }

  static Event refusedForEver(Event event) {
    return event instanceof Event.Finished(Outcome.Refused refused, Duration at)
        ? new Event.Finished(new Outcome.Refused(refused.guard(), refused.why(), YEAR), at)
        : event;
  }

  static ServiceState withLog(ServiceState s, RestartLog log) {
    return new ServiceState(s.phase(), s.since(), s.because(), s.facts(), log, s.inFlight());
  }

  static RestartLog withKill(RestartLog log, Duration at) {
    return new RestartLog(
        log.attempt(),
        log.crashes(),
        Stream.concat(log.kills().stream(), Stream.of(at)).toList(),
        log.life(),
        log.down(),
        log.healthySince(),
        log.lastExit());
  }

  static RestartLog withoutKills(RestartLog log) {
    return new RestartLog(
        log.attempt(),
        log.crashes(),
        List.of(),
        log.life(),
        log.down(),
        log.healthySince(),
        log.lastExit());
  }

  static RestartLog withoutCrashes(RestartLog log) {
    return new RestartLog(
        log.attempt(),
        List.of(),
        log.kills(),
        log.life(),
        log.down(),
        log.healthySince(),
        log.lastExit());
  }

  static Policy crash(Policy p, Duration firstDelay, Duration maxDelay) {
    CrashPolicy c = p.crash();
    return with(
        p,
        p.observeOnly(),
        new CrashPolicy(
            firstDelay,
            maxDelay,
            c.jitter(),
            c.resetAfter(),
            c.stepDownEvery(),
            c.budget(),
            c.budgetWindow(),
            c.slowRetryEvery(),
            c.initGrace()),
        p.kill());
  }

  static Policy givingUp(Policy p) {
    CrashPolicy c = p.crash();
    return with(
        p,
        p.observeOnly(),
        new CrashPolicy(
            c.firstDelay(),
            c.maxDelay(),
            c.jitter(),
            c.resetAfter(),
            c.stepDownEvery(),
            c.budget(),
            c.budgetWindow(),
            YEAR,
            c.initGrace()),
        p.kill());
  }

  static Policy kill(Policy p, Duration spacing, Duration term) {
    KillPolicy k = p.kill();
    return with(
        p,
        p.observeOnly(),
        p.crash(),
        new KillPolicy(
            k.budget(),
            k.budgetWindow(),
            spacing,
            k.slowKillEvery(),
            k.capture(),
            term,
            k.kill(),
            k.stuckHookAfter()));
  }

  static Policy observe(Policy p, boolean observeOnly) {
    return with(p, observeOnly, p.crash(), p.kill());
  }

  static Policy guarded(Policy p, boolean guarded) {
    return with(p, p.observeOnly(), guarded, p.crash(), p.kill());
  }

  private static Policy with(Policy p, boolean observeOnly, CrashPolicy crash, KillPolicy kill) {
    return with(p, observeOnly, p.guarded(), crash, kill);
  }

  private static Policy with(
      Policy p, boolean observeOnly, boolean guarded, CrashPolicy crash, KillPolicy kill) {
    return new Policy(
        p.dependsOn(),
        p.startGrace(),
        p.deadBelievedAfter(),
        observeOnly,
        guarded,
        Set.copyOf(p.configExits()),
        crash,
        kill,
        p.stuckHook(),
        p.seed());
  }

  static RestartLog withSomeExit(RestartLog log) {
    return withPast(log, log.life(), log.lastExit().or(() -> Optional.of(Exit.unknown(""))));
  }

  static RestartLog withPast(RestartLog log, Optional<Incarnation> life, Optional<Exit> lastExit) {
    return new RestartLog(
        log.attempt(), log.crashes(), log.kills(), life, log.down(), log.healthySince(), lastExit);
  }

  static ProbeReport failed(ProbeReport report) {
    return report.result() instanceof CheckResult.Inconclusive(String why)
        ? new ProbeReport(
            report.probe(),
            new CheckResult.Failed(Symptom.GARBAGE, why),
            report.begunAt(),
            report.endedAt())
        : report;
  }

  static Tolerance graceless(Tolerance t) {
    return new Tolerance(
        t.inARow(), t.failures(), t.window(), t.passes(), Duration.ZERO, t.staleAfter());
  }

  static Tolerance neverStale(Tolerance t) {
    return new Tolerance(t.inARow(), t.failures(), t.window(), t.passes(), t.grace(), YEAR);
  }
}
