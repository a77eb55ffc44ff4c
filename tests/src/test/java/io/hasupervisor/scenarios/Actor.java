package io.hasupervisor.scenarios;

import io.hasupervisor.assess.ProbeBoard;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.decide.Step;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One service of a story: its machine's state, and how it behaves by itself where that is told. */
final class Actor {
  /** What a service does when nobody says what it does. */
  enum Habit {
    /** Nothing by itself: every outcome, look and probe is told. */
    NONE,
    /** Each start is done and dies at once. */
    DIES,
    /** Each start is done and lives; probes pass after a while. */
    LIVES
  }

  final String name;
  final Policy policy;
  ServiceState state;
  ProbeBoard board = ProbeBoard.of(Map.of("probe", Defaults.tolerance()));
  Habit habit = Habit.NONE;
  Duration readyAfter = Duration.ZERO;
  Optional<Incarnation> living = Optional.empty();
  List<String> missing = List.of();
  int starts;
  String lastTold = "";

  Actor(String name, Policy policy, Duration now) {
    this.name = name;
    this.policy = policy;
    state = ServiceState.initial(now);
  }

  /** A new life by its habit. */
  RunState started(Duration now) {
    starts++;
    if (habit == Habit.DIES) {
      living = Optional.empty();
      return new RunState.Dead(new Exit(Exit.Kind.EXITED, 1, ""));
    }
    living = Optional.of(new Incarnation(name + "-" + starts, starts, now));
    return new RunState.Running(living.get());
  }

  boolean ready(Duration now) {
    return living.filter(life -> now.compareTo(life.startedAt().plus(readyAfter)) >= 0).isPresent();
  }

  /** Whether this step acts, or shows something that the last one did not. */
  boolean isNews(Step step) {
    String told = step.next().phase().label() + step.because();
    boolean news = step.action().isPresent() || !told.equals(lastTold);
    lastTold = told;
    return news;
  }
}
