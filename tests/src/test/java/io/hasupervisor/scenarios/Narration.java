package io.hasupervisor.scenarios;

import io.hasupervisor.decide.Action;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.Step;
import io.hasupervisor.observe.Incarnation;
import java.time.Duration;
import java.util.List;

/** Steps in a few words. */
final class Narration {
  private final Duration beginning;

  Narration(Duration beginning) {
    this.beginning = beginning;
  }

  String line(Duration now, String service, String event, Step step) {
    String action = step.action().map(a -> "  ! " + action(a)).orElse("");
    return "%s %s %s -> %s %s%s%n"
        .formatted(time(now), service, event, phase(step.next().phase()), step.because(), action);
  }

  String time(Duration at) {
    long millis = at.minus(beginning).toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis / 1000.0 + "s";
  }

  private String phase(Phase phase) {
    String more =
        switch (phase) {
          case Phase.Unknown _, Phase.Healthy _, Phase.Starting _ -> "";
          case Phase.Asking asking -> "to start: " + asking.why();
          case Phase.Waiting waiting -> String.join(",", waiting.on());
          case Phase.Suspect suspect ->
              suspect.failures()
                  + "/"
                  + suspect.needed()
                  + suspect.nextAt().map(at -> " until " + time(at)).orElse("");
          case Phase.Killing killing -> killing.step() + " until " + time(killing.until());
          case Phase.Backoff backoff ->
              "attempt " + backoff.attempt() + " at " + time(backoff.nextAt());
          case Phase.SlowRetry slow -> "at " + time(slow.nextAt());
          case Phase.Stuck stuck -> "since " + time(stuck.since());
          case Phase.Held held ->
              "by "
                  + held.hold().by()
                  + held.hold().until().map(at -> " until " + time(at)).orElse("");
        };
    return more.isEmpty() ? phase.label() : phase.label() + "(" + more + ")";
  }

  private static String action(Action action) {
    return switch (action) {
      case Action.Start _ -> "start";
      case Action.AskConsent ask -> "ask consent " + ask.stage() + ": " + ask.purpose();
      case Action.Capture _ -> "capture evidence";
      case Action.Stop stop -> "stop, patience " + stop.patience().toSeconds() + "s";
      case Action.Kill kill -> "KILL " + kill.victim().map(Incarnation::id).orElse("any");
      case Action.RunHook hook -> "run " + List.copyOf(hook.argv());
    };
  }
}
