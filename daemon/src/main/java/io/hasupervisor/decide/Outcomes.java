package io.hasupervisor.decide;

import io.hasupervisor.decide.Event.Finished;
import io.hasupervisor.decide.Phase.Killing;
import io.hasupervisor.decide.RestartLog.Down;
import io.hasupervisor.observe.Exit;
import java.time.Duration;
import java.util.Optional;

/** What the end of an action changes. */
final class Outcomes {
  /** Consent to act now is about evidence that is this old at most when it is acted on. */
  private static final Duration CONSENT_HOLDS = Duration.ofSeconds(2);

  private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);

  /** Least pause after a refusal at the last moment, as evidence is saved for each attempt. */
  private static final Duration AFTER_EVIDENCE = Duration.ofMinutes(1);

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
      case Action.AskConsent ask -> consent(policy, s, ask, inTime(ask, finished, now), now);
      case Action.Capture _ -> rung(s, KillStep.CONFIRM, now, Because.CONSENT_ASKED, now);
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
      case Outcome.Refused refused -> startRefused(s, s.because(), refused, now);
      case Outcome.Done _, Outcome.Uncertain _ ->
          s.with(
              new Phase.Starting(
                  now.plus(policy.startGrace()), now.plus(policy.deadBelievedAfter())),
              s.because(),
              now);
    };
  }

  /** A yes that comes too late to be acted on is none. */
  private static Outcome inTime(Action.AskConsent ask, Finished finished, Duration now) {
    boolean late = now.minus(finished.at()).compareTo(CONSENT_HOLDS) > 0;
    return late && ask.stage() == Consent.Stage.NOW && finished.outcome() instanceof Outcome.Done
        ? new Outcome.Uncertain("consent was given, but too long ago to be acted on")
        : finished.outcome();
  }

  private static ServiceState consent(
      Policy policy, ServiceState s, Action.AskConsent ask, Outcome outcome, Duration now) {
    if (s.phase() instanceof Phase.Stuck stuck) {
      boolean granted = outcome instanceof Outcome.Done;
      Phase next = new Phase.Stuck(stuck.victim(), stuck.since(), Optional.of(now), false);
      return s.with(next, granted ? Because.STUCK_HOOK : s.because(), now);
    }
    return switch (outcome) {
      case Outcome.Done _ -> granted(policy, s, ask.stage(), now);
      case Outcome.Refused refused -> refused(s, ask.purpose(), refused, now);
      case Outcome.Failed failed -> refused(s, ask.purpose(), askAgain(failed.why()), now);
      case Outcome.Uncertain uncertain -> refused(s, ask.purpose(), askAgain(uncertain.why()), now);
    };
  }

  /** A start's phase says by itself that consent was given: nothing is in flight any more. */
  private static ServiceState granted(
      Policy policy, ServiceState s, Consent.Stage stage, Duration now) {
    return switch (stage) {
      case FIRST ->
          rung(
              s,
              KillStep.CAPTURE,
              now.plus(policy.kill().capture()),
              Because.CAPTURING_EVIDENCE,
              now);
      case NOW -> rung(s, KillStep.TERM, now, Because.CONSENT_ASKED, now);
    };
  }

  private static Outcome.Refused askAgain(String why) {
    return new Outcome.Refused("consent", why, Duration.ofSeconds(30));
  }

  private static ServiceState refused(
      ServiceState s, Purpose purpose, Outcome.Refused refused, Duration now) {
    if (s.phase() instanceof Phase.Asking(Because why)) {
      return startRefused(s, why, refused, now);
    }
    boolean saved = s.phase() instanceof Killing killing && killing.step() == KillStep.CONFIRM;
    Hold guard = guard(refused, saved ? AFTER_EVIDENCE : LEAST_PAUSE, now);
    boolean toStop = purpose == Purpose.OPERATOR_STOP;
    Optional<Hold> hold =
        s.facts().hold().filter(held -> !toStop || held.kind() != Hold.Kind.STOPPED);
    return purpose == Purpose.HEALTH
        ? s.with(s.facts().withHold(hold)).with(new Phase.Held(guard), Because.CONSENT_REFUSED, now)
        : s.with(s.facts().withHold(hold).withRefusal(guard))
            .with(new Phase.Unknown(), Because.CONSENT_REFUSED, now);
  }

  /** No crash and no failed start: its next start, and with it the next question, comes later. */
  private static ServiceState startRefused(
      ServiceState s, Because why, Outcome.Refused refused, Duration now) {
    Hold guard = guard(refused, LEAST_PAUSE, now);
    Down down =
        s.log()
            .down()
            .orElseGet(
                () ->
                    new Down(now, s.log().lastExit().orElseGet(() -> Exit.unknown("")), now, why));
    return s.with(s.log().withDown(down.startingAt(guard.until().orElse(now), why)))
        .with(new Phase.Held(guard), Because.CONSENT_REFUSED, now);
  }

  private static Hold guard(Outcome.Refused refused, Duration least, Duration now) {
    Duration pause = refused.retryAfter().compareTo(least) > 0 ? refused.retryAfter() : least;
    return new Hold(
        Hold.Kind.GUARD,
        refused.guard(),
        refused.why(),
        refused.cure(),
        Optional.of(now.plus(pause)));
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
