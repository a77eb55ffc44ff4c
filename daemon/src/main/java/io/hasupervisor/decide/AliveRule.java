package io.hasupervisor.decide;

import io.hasupervisor.assess.Health;
import io.hasupervisor.assess.Verdict;
import io.hasupervisor.decide.Phase.Stuck;
import io.hasupervisor.observe.Incarnation;
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
    ServiceState s = noteLife(before, life);
    if (s.phase() instanceof Stuck stuck && sameVictim(stuck, life)) {
      return stuck(policy, s, stuck, now);
    }
    Verdict verdict = s.facts().verdict();
    if (!s.facts().waitingOn().isEmpty()) {
      List<String> names = s.facts().waitingOn().stream().map(Event.Dependency::name).toList();
      return rest(
          s, new Phase.Waiting(names, Optional.empty()), Because.DEPENDENCY_NOT_HEALTHY, now);
    }
    return switch (verdict.health()) {
      case HEALTHY -> healthy(s, now);
      case UNKNOWN -> unknown(policy, s, life, now);
      case SICK ->
          verdict.confirmed()
              ? sick(policy, s, Because.TOLERANCE_USED_UP, now)
              : rest(s, suspect(verdict, Optional.empty()), Because.BELOW_TOLERANCE, now);
    };
  }

  private static ServiceState noteLife(ServiceState s, Incarnation life) {
    boolean known = s.log().life().filter(before -> before.id().equals(life.id())).isPresent();
    return known && s.log().down().isEmpty()
        ? s
        : s.with(
            s.log()
                .withLife(life)
                .withHealthySince(known ? s.log().healthySince() : Optional.empty()));
  }

  private static Step healthy(ServiceState s, Duration now) {
    Optional<Duration> since = s.log().healthySince().or(() -> Optional.of(now));
    boolean was = s.phase() instanceof Phase.Suspect || s.phase() instanceof Phase.Killing;
    boolean still = s.phase() instanceof Phase.Healthy && s.because() == Because.RECOVERED;
    Because why = was || still ? Because.RECOVERED : Because.PROBES_PASS;
    return Step.rest(s.with(s.log().withHealthySince(since)), new Phase.Healthy(), why, now);
  }

  private static Step unknown(Policy policy, ServiceState s, Incarnation life, Duration now) {
    Duration graceUntil = life.startedAt().plus(policy.startGrace());
    return now.compareTo(graceUntil) < 0
        ? rest(s, new Phase.Starting(graceUntil, Duration.ZERO), Because.IN_GRACE, now)
        : rest(s, new Phase.Unknown(), Because.PROBES_INCONCLUSIVE, now);
  }

  /** Somebody else is stopping it: wait, and help only when that has hung for a whole ladder. */
  static Step stopping(Policy policy, ServiceState s, Stopping stopping, Duration now) {
    if (s.phase() instanceof Stuck stuck && sameVictim(stuck, stopping.incarnation())) {
      return stuck(policy, s, stuck, now);
    }
    return now.compareTo(stopping.since().plus(policy.kill().stopLimit())) < 0
        ? rest(s, s.phase(), Because.INIT_BUSY, now)
        : sick(policy, s, Because.STOP_HANGS, now);
  }

  private static Step sick(Policy policy, ServiceState s, Because why, Duration now) {
    Verdict verdict = s.facts().verdict();
    if (s.phase() instanceof Phase.Held held && !held.hold().over(now)) {
      return rest(s, held, Because.CONSENT_REFUSED, now);
    }
    Duration settled = s.facts().dependenciesBackAt().plus(policy.startGrace());
    boolean dependsAndSettles =
        s.facts().dependenciesBackAt().isPositive() && now.compareTo(settled) < 0;
    if (dependsAndSettles) {
      return rest(s, suspect(verdict, Optional.of(settled)), Because.DEPENDENCY_SETTLING, now);
    }
    KillBudget.Answer budget = KillBudget.ask(policy.kill(), s.log(), now);
    if (budget.at().compareTo(now) > 0) {
      Phase phase =
          budget.because() == Because.KILL_BUDGET_SPENT
              ? new Phase.SlowRetry(budget.at())
              : suspect(verdict, Optional.of(budget.at()));
      return rest(s, phase, budget.because(), now);
    }
    return policy.observeOnly()
        ? rest(s, suspect(verdict, Optional.empty()), Because.OBSERVE_ONLY, now)
        : Ladder.begin(
            s.with(s.log().withHealthySince(Optional.empty())), Purpose.HEALTH, why, now);
  }

  private static Step stuck(Policy policy, ServiceState s, Stuck stuck, Duration now) {
    if (s.facts().verdict().health() == Health.HEALTHY) {
      return Step.rest(s, new Phase.Healthy(), Because.RECOVERED, now);
    }
    if (stuck.hookRun() && s.because() == Because.STUCK_HOOK) {
      return Step.act(s, stuck, Because.SURVIVES_KILL, new Action.RunHook(policy.stuckHook()), now);
    }
    Duration ask = stuck.hookAskedAt().orElse(stuck.since()).plus(policy.kill().stuckHookAfter());
    boolean hookDue = !policy.stuckHook().isEmpty() && !stuck.hookRun() && now.compareTo(ask) >= 0;
    return hookDue && !policy.observeOnly() && s.facts().hold().isEmpty()
        ? Step.act(s, stuck, Because.SURVIVES_KILL, new Action.AskConsent(Purpose.STUCK_HOOK), now)
        : Step.rest(s, stuck, Because.SURVIVES_KILL, now);
  }

  static boolean sameVictim(Stuck stuck, Incarnation life) {
    return stuck.victim().isEmpty() || stuck.victim().get().id().equals(life.id());
  }

  private static Phase suspect(Verdict verdict, Optional<Duration> nextAt) {
    return new Phase.Suspect(verdict.failures(), verdict.needed(), nextAt);
  }

  /** Anything but HEALTHY ends the unbroken healthy time. */
  private static Step rest(ServiceState s, Phase phase, Because because, Duration now) {
    return Step.rest(s.with(s.log().withHealthySince(Optional.empty())), phase, because, now);
  }
}
