package io.hasupervisor.decide;

import io.hasupervisor.decide.Event.Finished;
import io.hasupervisor.decide.Phase.Killing;
import io.hasupervisor.observe.Exit;
import java.time.Duration;
import java.util.Optional;

/** What the end of an action changes. */
final class Outcomes {
  private Outcomes() {}

  static ServiceState take(Policy policy, ServiceState state, Finished finished, Duration now) {
    if (state.inFlight().isEmpty()) {
      return state;
    }
    Action action = state.inFlight().get();
    ServiceState s = state.withInFlight(Optional.empty());
    return switch (action) {
      case Action.Start _ ->
          started(policy, s.with(s.facts().stale(finished.at())), finished.outcome(), now);
      case Action.AskConsent ask -> consent(policy, s, ask.purpose(), finished.outcome(), now);
      case Action.Capture _ -> rung(s, KillStep.TERM, now, Because.CAPTURING_EVIDENCE, now);
      case Action.Stop _ ->
          stopped(s.with(s.facts().stale(finished.at())), finished.outcome(), now);
      case Action.Kill _ ->
          killSent(policy, s.with(s.facts().stale(finished.at())), finished.outcome(), now);
      case Action.RunHook _ -> s;
    };
  }

  private static ServiceState started(
      Policy policy, ServiceState s, Outcome outcome, Duration now) {
    return switch (outcome) {
      case Outcome.Failed failed -> DeadRule.count(policy, s, Exit.startFailed(failed.why()), now);
      case Outcome.Refused refused ->
          DeadRule.count(policy, s, Exit.startFailed(refused.why()), now);
      case Outcome.Done _, Outcome.Uncertain _ ->
          s.with(
              new Phase.Starting(
                  now.plus(policy.startGrace()), now.plus(policy.deadBelievedAfter())),
              s.because(),
              now);
    };
  }

  private static ServiceState consent(
      Policy policy, ServiceState s, Purpose purpose, Outcome outcome, Duration now) {
    if (s.phase() instanceof Phase.Stuck stuck) {
      boolean granted = outcome instanceof Outcome.Done;
      Phase next = new Phase.Stuck(stuck.victim(), stuck.since(), Optional.of(now), false);
      return s.with(next, granted ? Because.STUCK_HOOK : s.because(), now);
    }
    return switch (outcome) {
      case Outcome.Done _ ->
          rung(
              s,
              KillStep.CAPTURE,
              now.plus(policy.kill().capture()),
              Because.CAPTURING_EVIDENCE,
              now);
      case Outcome.Refused refused -> refused(s, purpose, refused, now);
      case Outcome.Failed failed -> refused(s, purpose, askAgain(failed.why()), now);
      case Outcome.Uncertain uncertain -> refused(s, purpose, askAgain(uncertain.why()), now);
    };
  }

  private static Outcome.Refused askAgain(String why) {
    return new Outcome.Refused("consent", why, Duration.ofSeconds(30));
  }

  private static ServiceState refused(
      ServiceState s, Purpose purpose, Outcome.Refused refused, Duration now) {
    Hold guard =
        new Hold(
            Hold.Kind.GUARD,
            refused.guard(),
            refused.why(),
            Optional.of(now.plus(atLeastOneSecond(refused.retryAfter()))));
    boolean toStop = purpose == Purpose.OPERATOR_STOP;
    Optional<Hold> hold =
        s.facts().hold().filter(held -> !toStop || held.kind() != Hold.Kind.STOPPED);
    return s.with(s.facts().withHold(hold))
        .with(
            purpose == Purpose.HEALTH ? new Phase.Held(guard) : new Phase.Unknown(),
            Because.CONSENT_REFUSED,
            now);
  }

  private static Duration atLeastOneSecond(Duration asked) {
    Duration second = Duration.ofSeconds(1);
    return asked.compareTo(second) > 0 ? asked : second;
  }

  /** A KILL that may not have been sent proves nothing: it is sent again after its patience. */
  private static ServiceState killSent(
      Policy policy, ServiceState s, Outcome outcome, Duration now) {
    KillStep step = outcome instanceof Outcome.Done ? KillStep.KILL_SENT : KillStep.TERM_SENT;
    return rung(s, step, now.plus(policy.kill().kill()), Because.KILL_SENT, now);
  }

  /** A stop that could not be ordered, or did not end in its time, goes on to KILL. */
  private static ServiceState stopped(ServiceState s, Outcome outcome, Duration now) {
    return outcome instanceof Outcome.Done
        ? s
        : rung(s, KillStep.TERM_SENT, now, Because.TERM_SENT, now);
  }

  private static ServiceState rung(
      ServiceState s, KillStep step, Duration until, Because why, Duration now) {
    return s.phase() instanceof Killing killing
        ? s.with(new Killing(step, killing.purpose(), until, killing.victim()), why, now)
        : s;
  }
}
