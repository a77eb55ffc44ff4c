package io.hasupervisor.loop;

import io.hasupervisor.act.Actuator;
import io.hasupervisor.decide.Action;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.Command;
import io.hasupervisor.loop.Attachment.Circumstances;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.tinylog.Logger;

/**
 * Carries out one service's actions, each in a thread of its own, and answers each with one outcome
 * in bounded time.
 */
final class Hands {
  /**
   * An action that has not returned this long after its own limit is given up on: only fresh
   * evidence will tell.
   */
  private static final Duration OVERTIME = Duration.ofSeconds(10);

  /** A little more than whoever is asked takes, so that it gives up by itself. */
  private static final Duration CONSENT_LIMIT = RepairConsent.LIMIT.plusSeconds(5);

  private static final Duration KILL_LIMIT = Duration.ofSeconds(5);
  private static final Duration HOOK_LIMIT = Duration.ofMinutes(1);

  /** Saves what tells later why a service had to be killed. */
  @FunctionalInterface
  interface Capture {
    Outcome save(Action.Capture capture, Circumstances circumstances) throws InterruptedException;
  }

  private final String service;
  private final Actuator actuator;
  private final Consent consent;
  private final Capture capture;
  private final Duration overtime;

  Hands(String service, Actuator actuator, Consent consent, Capture capture) {
    this(service, actuator, consent, capture, OVERTIME);
  }

  Hands(String service, Actuator actuator, Consent consent, Capture capture, Duration overtime) {
    this.service = service;
    this.actuator = actuator;
    this.consent = consent;
    this.capture = capture;
    this.overtime = overtime;
  }

  void carryOut(Action action, Circumstances circumstances, Consumer<Outcome> ended) {
    Limited.run(
        service + " " + action.getClass().getSimpleName(),
        limit(action).plus(overtime),
        () -> done(action, circumstances),
        ended);
  }

  private Outcome done(Action action, Circumstances circumstances) throws InterruptedException {
    return switch (action) {
      case Action.Start start -> actuator.start(start.limit());
      case Action.AskConsent ask -> consent.ask(service, ask.purpose(), ask.stage());
      case Action.Capture take -> capture.save(take, circumstances);
      case Action.Stop stop -> actuator.stop(stop.patience());
      case Action.Kill kill -> actuator.kill(kill.victim());
      case Action.RunHook hook -> hook(hook.argv());
    };
  }

  private static Duration limit(Action action) {
    return switch (action) {
      case Action.Start start -> start.limit();
      case Action.AskConsent _ -> CONSENT_LIMIT;
      case Action.Capture take -> take.limit();
      case Action.Stop stop -> stop.patience();
      case Action.Kill _ -> KILL_LIMIT;
      case Action.RunHook _ -> HOOK_LIMIT;
    };
  }

  private Outcome hook(List<String> argv) throws InterruptedException {
    try {
      Command.Result result = Command.run(argv, HOOK_LIMIT, 4096);
      Logger.warn(
          "hook for stuck {} ended with {}: {}", service, result.exit(), result.output().strip());
      return result.exit() == 0
          ? new Outcome.Done()
          : new Outcome.Failed("hook ended with " + result.exit());
    } catch (IOException e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()));
    }
  }
}
