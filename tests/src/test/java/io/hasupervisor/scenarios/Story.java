package io.hasupervisor.scenarios;

import static io.hasupervisor.scenarios.Defaults.seconds;

import io.hasupervisor.decide.Action;
import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.Facts;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.RestartLog;
import io.hasupervisor.decide.ServiceMachine;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.decide.Step;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.ProbeReport;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.observe.Symptom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells commands to the machines as the loop would. Commands: {@code service NAME [on OTHER]
 * [WORDS]}, {@code wait SECONDS}, {@code daemon restarts}, {@code count starts}, and those of
 * {@link Words} for one service.
 */
final class Story {
  private static final Duration PROBE_PERIOD = seconds(5);

  private final Duration beginning = seconds(1000);
  private final Narration narration = new Narration(beginning);
  private final Map<String, Actor> actors = new LinkedHashMap<>();
  private final StringBuilder told = new StringBuilder();
  private Duration now = beginning;

  /** What was told since the last answer. */
  String answer() {
    String answer = told.toString();
    told.setLength(0);
    return answer;
  }

  void tell(String line) {
    String[] words = line.strip().split("\\s+", -1);
    switch (words[0]) {
      case "service" -> introduce(List.of(words));
      case "wait" -> pass(Long.parseLong(words[1]));
      case "daemon" -> actors.values().forEach(this::resume);
      case "count" ->
          actors
              .values()
              .forEach(actor -> told.append("%s: %d starts%n".formatted(actor.name, actor.starts)));
      default -> actor(words[0]).ifPresentOrElse(a -> perform(a, words), () -> unknown(line));
    }
  }

  private static void unknown(String line) {
    throw new IllegalArgumentException("not a command: " + line);
  }

  private Optional<Actor> actor(String name) {
    return Optional.ofNullable(actors.get(name));
  }

  private void introduce(List<String> words) {
    int on = words.indexOf("on");
    List<String> dependsOn = on < 0 ? List.of() : List.of(words.get(on + 1));
    Actor actor = new Actor(words.get(1), Defaults.policy(dependsOn, Set.copyOf(words)), now);
    actors.put(actor.name, actor);
    told.append(actor.name).append(" is ").append(actor.state.phase().label()).append('\n');
    relay();
  }

  /** As the loop does after a restart: what was logged is kept, what was seen is not. */
  private void resume(Actor actor) {
    RestartLog log = actor.state.log();
    Facts facts = Facts.none();
    actor.state =
        new ServiceState(
            new Phase.Unknown(), now, Because.NO_EVIDENCE, facts, log, Optional.empty());
    actor.missing = List.of();
    told.append("%s %s is UNKNOWN again%n".formatted(narration.time(now), actor.name));
    relay();
  }

  private void perform(Actor actor, String[] words) {
    String event = String.join(" ", List.of(words).subList(1, words.length));
    switch (words[1]) {
      case "dies-at-once" -> actor.habit = Actor.Habit.DIES;
      case "lives" -> {
        actor.habit = Actor.Habit.LIVES;
        actor.readyAfter = seconds(words.length > 2 ? Long.parseLong(words[2]) : 0);
        actor.living.ifPresent(life -> see(actor, new RunState.Running(life), event));
      }
      case "behaves-no-more" -> actor.habit = Actor.Habit.NONE;
      case "passes", "fails", "probe-breaks" -> probed(actor, words[1], event);
      default ->
          Words.runState(words, actor, now)
              .ifPresentOrElse(
                  state -> see(actor, state, event),
                  () -> step(actor, Words.event(words, now), event, true));
    }
  }

  private void see(Actor actor, RunState state, String event) {
    if (state instanceof RunState.Running running) {
      actor.living = Optional.of(running.incarnation());
      actor.board = actor.board.during(running.incarnation());
    }
    step(actor, new Event.Seen(new RunReport(state, now)), event, true);
  }

  private void probed(Actor actor, String word, String event) {
    CheckResult result =
        switch (word) {
          case "passes" -> new CheckResult.Passed(Duration.ofMillis(2), "ok");
          case "fails" -> new CheckResult.Failed(Symptom.TIMED_OUT, "no answer");
          default -> new CheckResult.Inconclusive("probe broke");
        };
    actor.board = actor.board.with(new ProbeReport("probe", result, now, now));
    step(actor, new Event.Judged(actor.board.verdict(now)), event, true);
  }

  /** Time passes in seconds; only what changes is told. */
  private void pass(long wait) {
    for (long n = 0; n < wait; n++) {
      now = now.plusSeconds(1);
      for (Actor actor : actors.values()) {
        boolean due = now.minus(beginning).toSeconds() % PROBE_PERIOD.toSeconds() == 0;
        if (actor.habit == Actor.Habit.LIVES && actor.living.isPresent() && due) {
          boolean ready = actor.ready(now);
          CheckResult result =
              ready
                  ? new CheckResult.Passed(Duration.ofMillis(2), "ok")
                  : new CheckResult.Failed(Symptom.REFUSED, "refused");
          actor.board = actor.board.with(new ProbeReport("probe", result, now, now));
        }
        step(actor, new Event.Judged(actor.board.verdict(now)), "", false);
      }
    }
  }

  private void step(Actor actor, Event event, String words, boolean always) {
    Step step = ServiceMachine.step(actor.policy, actor.state, event, now);
    actor.state = step.next();
    if (actor.isNews(step) || always) {
      told.append(narration.line(now, actor.name, words, step).replace("  ->", " ->"));
    }
    boolean started = step.action().filter(Action.Start.class::isInstance).isPresent();
    if (started && actor.habit != Actor.Habit.NONE) {
      step(actor, new Event.Finished(new Outcome.Done(), now), "", false);
      RunState state = actor.started(now);
      if (state instanceof RunState.Running running) {
        actor.board = actor.board.during(running.incarnation());
      }
      step(actor, new Event.Seen(new RunReport(state, now)), "", false);
    } else if (started) {
      actor.starts++;
    }
    relay();
  }

  /** Tells every service which of its dependencies are not healthy, when that has changed. */
  private void relay() {
    for (Actor actor : actors.values()) {
      List<Event.Dependency> missing =
          actor.policy.dependsOn().stream()
              .flatMap(name -> actor(name).stream())
              .filter(other -> !(other.state.phase() instanceof Phase.Healthy))
              .map(other -> new Event.Dependency(other.name, alive(other)))
              .toList();
      String before = String.valueOf(actor.missing);
      actor.missing = missing.stream().map(Event.Dependency::toString).toList();
      if (!before.equals(String.valueOf(actor.missing))) {
        step(actor, new Event.Dependencies(missing), "", false);
      }
    }
  }

  private static boolean alive(Actor actor) {
    return actor.state.facts().run().state() instanceof RunState.Running;
  }
}
