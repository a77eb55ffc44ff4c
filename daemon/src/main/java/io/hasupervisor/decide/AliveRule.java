package io.hasupervisor.decide;

import io.hasupervisor.assess.Health;
import io.hasupervisor.assess.Verdict;
import io.hasupervisor.decide.Phase.Stuck;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.observe.RunState.Running;
import io.hasupervisor.observe.RunState.Stopping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is alive is killed only with patience, budget and consent: its tolerance must be used up,
 * its dependencies healthy for a whole grace, the last kill long enough ago.
 */
final class AliveRule {
  private AliveRule() {}

  static Step decide(Policy policy, ServiceState before, Incarnation life, Duration now) {
    ServiceState s = noteLife(policy, before, life, now);
    if (s.phase() instanceof Stuck stuck && unkillable(s)) {
      return stuck(policy, s, stuck, now);
    }
    Verdict verdict = s.facts().verdict();
    if (!s.facts().waitingOn().isEmpty()) {
      List<String> names = s.facts().waitingOn().stream().map(Event.Dependency::name).toList();
      return rest(
          policy,
          s,
          new Phase.Waiting(names, Optional.empty()),
          Because.DEPENDENCY_NOT_HEALTHY,
          now);
    }
    return switch (verdict.health()) {
      case HEALTHY -> healthy(policy, s, now);
      case UNKNOWN -> unknown(policy, s, life, now);
      case SICK ->
          verdict.confirmed()
              ? sick(policy, s, Because.TOLERANCE_USED_UP, now)
              : rest(policy, s, suspect(verdict, Optional.empty()), Because.BELOW_TOLERANCE, now);
    };
  }

  private static ServiceState noteLife(
      Policy policy, ServiceState s, Incarnation life, Duration now) {
    boolean known = s.log().life().filter(before -> before.id().equals(life.id())).isPresent();
    RestartLog log = known ? s.log() : Backoff.healthEnded(policy, s.log(), now);
    return known && log.down().isEmpty() ? s : s.with(log.withLife(life));
  }

  private static Step healthy(Policy policy, ServiceState s, Duration now) {
    Duration since = s.log().healthySince().orElse(now);
    RestartLog log = Backoff.isReset(policy, now.minus(since)) ? s.log().reset() : s.log();
    return Step.rest(
        s.with(log.withHealthySince(Optional.of(since))),
        new Phase.Healthy(),
        whyHealthy(s, now),
        now);
  }

  /** A healthy service whose restart or stop was refused consent says so for a while. */
  private static Because whyHealthy(ServiceState s, Duration now) {
    boolean refused =
        s.because() == Because.CONSENT_REFUSED
            && s.facts().refusal().filter(refusal -> !refusal.over(now)).isPresent();
    boolean stands =
        s.log().healthySince().isPresent() && (s.because() == Because.RECOVERED || refused);
    return switch (s.phase()) {
      case Phase.Healthy _ when stands -> s.because();
      case Phase.Unknown _ when refused -> s.because();
      case Phase.Held held when held.hold().kind() == Hold.Kind.GUARD -> Because.RECOVERED;
      case Phase.Suspect _, Phase.Killing _, Stuck _ -> Because.RECOVERED;
      default -> Because.PROBES_PASS;
    };
  }

  private static Step unknown(Policy policy, ServiceState s, Incarnation life, Duration now) {
    Duration graceUntil = life.startedAt().plus(policy.startGrace());
    return now.compareTo(graceUntil) < 0
        ? rest(policy, s, new Phase.Starting(graceUntil, Duration.ZERO), Because.IN_GRACE, now)
        : rest(policy, s, new Phase.Unknown(), Because.PROBES_INCONCLUSIVE, now);
  }

  /** Somebody else is stopping it: wait, and help only when that has hung for a whole ladder. */
  static Step stopping(Policy policy, ServiceState s, Stopping stopping, Duration now) {
    if (s.phase() instanceof Stuck stuck && unkillable(s)) {
      return stuck(policy, s, stuck, now);
    }
    Duration hangsAt = stopping.since().plus(policy.kill().stopLimit());
    return now.compareTo(hangsAt) < 0
        ? rest(
            policy, s, suspect(s.facts().verdict(), Optional.of(hangsAt)), Because.INIT_BUSY, now)
        : sick(policy, s, Because.STOP_HANGS, now);
  }

  private static Step sick(Policy policy, ServiceState s, Because why, Duration now) {
    Verdict verdict = s.facts().verdict();
    if (s.phase() instanceof Phase.Held held
        && held.hold().kind() == Hold.Kind.GUARD
        && !held.hold().over(now)) {
      return rest(policy, s, held, Because.CONSENT_REFUSED, now);
    }
    Duration settled = s.facts().dependenciesBackAt().plus(policy.startGrace());
    boolean dependsAndSettles =
        s.facts().dependenciesBackAt().isPositive() && now.compareTo(settled) < 0;
    if (dependsAndSettles) {
      return rest(
          policy, s, suspect(verdict, Optional.of(settled)), Because.DEPENDENCY_SETTLING, now);
    }
    KillBudget.Answer budget = KillBudget.ask(policy.kill(), s.log(), now);
    if (budget.at().compareTo(now) > 0) {
      Phase phase =
          budget.because() == Because.KILL_BUDGET_SPENT
              ? new Phase.SlowRetry(budget.at())
              : suspect(verdict, Optional.of(budget.at()));
      return rest(policy, s, phase, budget.because(), now);
    }
    return policy.observeOnly()
        ? rest(policy, s, suspect(verdict, Optional.empty()), Because.OBSERVE_ONLY, now)
        : Ladder.begin(policy, s, Purpose.HEALTH, why, now);
  }

  private static Step stuck(Policy policy, ServiceState s, Stuck stuck, Duration now) {
    boolean allowed = !policy.observeOnly() && s.facts().hold().isEmpty();
    boolean grantedNow =
        s.because() == Because.STUCK_HOOK && stuck.hookAskedAt().filter(now::equals).isPresent();
    if (grantedNow && allowed && !stuck.hookRun()) {
      Stuck run = new Stuck(stuck.victim(), stuck.since(), stuck.hookAskedAt(), true);
      return Step.act(s, run, Because.SURVIVES_KILL, new Action.RunHook(policy.stuckHook()), now);
    }
    Duration ask = stuck.hookAskedAt().orElse(stuck.since()).plus(policy.kill().stuckHookAfter());
    boolean hookDue = !policy.stuckHook().isEmpty() && !stuck.hookRun() && now.compareTo(ask) >= 0;
    return hookDue && allowed
        ? Step.act(
            s,
            stuck,
            Because.SURVIVES_KILL,
            new Action.AskConsent(Purpose.STUCK_HOOK, Consent.Stage.NOW),
            now)
        : Step.rest(s, stuck, Because.SURVIVES_KILL, now);
  }

  /** Whether the victim that survived KILL is still there and did not recover. */
  static boolean unkillable(ServiceState s) {
    return s.phase() instanceof Stuck stuck
        && switch (s.facts().run().state()) {
          case Running running ->
              sameVictim(stuck, running.incarnation())
                  && s.facts().verdict().health() != Health.HEALTHY;
          case Stopping stopping -> sameVictim(stuck, stopping.incarnation());
          case RunState.Dead _,
              RunState.RestartingByInit _,
              RunState.JobWaiting _,
              RunState.Absent _,
              RunState.Unclear _ ->
              false;
        };
  }

  private static boolean sameVictim(Stuck stuck, Incarnation life) {
    return stuck.victim().isEmpty() || stuck.victim().get().id().equals(life.id());
  }

  private static Phase suspect(Verdict verdict, Optional<Duration> nextAt) {
    return new Phase.Suspect(verdict.failures(), verdict.needed(), nextAt);
  }

  /** Anything but HEALTHY ends the unbroken healthy time. */
  private static Step rest(
      Policy policy, ServiceState s, Phase phase, Because because, Duration now) {
    return Step.rest(s.with(Backoff.healthEnded(policy, s.log(), now)), phase, because, now);
  }
}
