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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

  private static final Duration CONSENT_LIMIT = Duration.ofSeconds(60);
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
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread worker =
        Thread.ofVirtual()
            .name(service + " " + action.getClass().getSimpleName())
            .start(() -> outcome.complete(guarded(action, circumstances)));
    Duration limit = limit(action).plus(overtime);
    var _ =
        outcome
            .completeOnTimeout(
                new Outcome.Uncertain("no end after " + limit.toSeconds() + "s"),
                limit.toNanos(),
                TimeUnit.NANOSECONDS)
            .thenAccept(
                end -> {
                  worker.interrupt();
                  ended.accept(end);
                });
  }

  private Outcome guarded(Action action, Circumstances circumstances) {
    try {
      return switch (action) {
        case Action.Start start -> actuator.start(start.limit());
        case Action.AskConsent ask -> consent.ask(service, ask.purpose());
        case Action.Capture take -> capture.save(take, circumstances);
        case Action.Stop stop -> actuator.stop(stop.patience());
        case Action.Kill kill -> actuator.kill(kill.victim());
        case Action.RunHook hook -> hook(hook.argv());
      };
    } catch (InterruptedException e) {
      return new Outcome.Uncertain("interrupted");
    } catch (RuntimeException e) {
      Logger.error(e, "{} of {} failed by a bug", action, service);
      return new Outcome.Uncertain("a bug in this daemon: " + e);
    }
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
