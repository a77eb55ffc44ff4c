package io.hasupervisor.publish;

import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.Phase;
import java.time.Duration;
import java.util.Optional;

/**
 * What will be done next with a service, in a few words, and when.
 *
 * @param at monotonic; empty where an event and not the clock decides
 */
record NextStep(String action, Optional<Duration> at) {
  private static final NextStep NONE = new NextStep("none", Optional.empty());

  static NextStep of(Situation s) {
    Because because = s.state().because();
    if (because == Because.OBSERVE_ONLY) {
      return NONE;
    }
    Optional<Duration> deadline = s.state().phase().deadline();
    return switch (s.state().phase()) {
      case Phase.Unknown _, Phase.Healthy _ -> NONE;
      case Phase.Waiting waiting -> ofWaiting(s, waiting);
      case Phase.Asking _ -> new NextStep("start it, if consent is given", Optional.empty());
      case Phase.Starting _ -> new NextStep("judge it by its probes", deadline);
      case Phase.Suspect suspect -> ofSuspect(suspect, because);
      case Phase.Killing killing -> ofKill(killing);
      case Phase.Backoff _ ->
          new NextStep(
              because == Because.INIT_RESTARTS ? "start it, if its init does not" : "start it",
              deadline);
      case Phase.SlowRetry _ -> new NextStep(slow(because), deadline);
      case Phase.Stuck stuck -> ofStuck(s, stuck);
      case Phase.Held held -> ofHold(held.hold());
    };
  }

  private static NextStep ofWaiting(Situation s, Phase.Waiting waiting) {
    return waiting.nextAt().isPresent()
        ? new NextStep("start it in any case", waiting.nextAt())
        : new NextStep(
            (s.alive() ? "judge it" : "start it")
                + " once "
                + Phrases.list(waiting.on())
                + (waiting.on().size() > 1 ? " are" : " is")
                + " healthy",
            Optional.empty());
  }

  private static NextStep ofSuspect(Phase.Suspect suspect, Because because) {
    return because == Because.DEPENDENCY_SETTLING
        ? new NextStep("judge it by its probes", suspect.nextAt())
        : suspect.nextAt().isPresent()
            ? new NextStep("kill and restart it", suspect.nextAt())
            : new NextStep(
                "kill and restart it after " + more(suspect.needed() - suspect.failures()),
                Optional.empty());
  }

  private static String more(int failures) {
    return failures > 1 ? failures + " more failures" : "one more failure";
  }

  private static NextStep ofKill(Phase.Killing killing) {
    return switch (killing.step()) {
      case CONSENT, CONFIRM -> new NextStep("stop it, if consent is given", Optional.empty());
      case CAPTURE -> new NextStep("ask for consent to stop it", Optional.of(killing.until()));
      case TERM -> new NextStep("send TERM", Optional.of(killing.until()));
      case TERM_SENT -> new NextStep("send KILL", Optional.of(killing.until()));
      case KILL_SENT -> new NextStep("report it as stuck", Optional.of(killing.until()));
    };
  }

  private static String slow(Because because) {
    return switch (because) {
      case KILL_BUDGET_SPENT -> "kill and restart it";
      case UNIT_ABSENT -> "look for its unit again";
      default -> "start it";
    };
  }

  private static NextStep ofStuck(Situation s, Phase.Stuck stuck) {
    boolean hookToCome = !s.policy().stuckHook().isEmpty() && !stuck.hookRun();
    Duration asked = stuck.hookAskedAt().orElse(stuck.since());
    return hookToCome
        ? new NextStep(
            "run the configured command",
            Optional.of(asked.plus(s.policy().kill().stuckHookAfter())))
        : NONE;
  }

  private static NextStep ofHold(Hold hold) {
    if (hold.until().isEmpty()) {
      return NONE;
    }
    String action =
        switch (hold.kind()) {
          case OPERATOR -> "supervise it again";
          case STOPPED -> "start it";
          case GUARD -> "ask for consent again";
        };
    return new NextStep(action, hold.until());
  }
}
