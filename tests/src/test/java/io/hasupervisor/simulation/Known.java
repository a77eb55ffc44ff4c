package io.hasupervisor.simulation;

import io.hasupervisor.decide.Action;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.Purpose;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the events have told so far, kept apart from the machine's own state. */
final class Known {
  private final Policy policy;

  Optional<Action> outstanding = Optional.empty();
  Optional<RunReport> belief = Optional.empty();
  Duration believeFrom = Duration.ZERO;
  Optional<Hold> hold = Optional.empty();
  List<Event.Dependency> waitingOn = List.of();
  Optional<Duration> dependenciesBackAt = Optional.empty();
  final List<Duration> healthKills = new ArrayList<>();

  /** An operator's start, restart or retry that has not led to a start yet. */
  boolean ordered;

  /** It was seen to run, or we have started it. */
  boolean ran;

  /** Something else than death was ever seen of it, though perhaps no life. */
  boolean stirred;

  /** What the finished action of this very step was. */
  Optional<Action> finished = Optional.empty();

  Optional<Purpose> consentFor = Optional.empty();
  Duration consentAt = Duration.ZERO;

  /** Consent given by what ended in this very step, and when that was. */
  Optional<Action.AskConsent> yes = Optional.empty();

  Duration yesAt = Duration.ZERO;

  /** Whether evidence was taken since consent was first asked. */
  boolean captured;

  /** The start given last was refused: its cause stands. */
  boolean startRefused;

  Optional<Incarnation> victim = Optional.empty();
  Optional<Purpose> termFor = Optional.empty();
  Duration patienceEnds = Duration.ZERO;

  /** When the present death was first believed. */
  Optional<Duration> deadSince = Optional.empty();

  /** Something has happened since the death that may end a delay early. */
  boolean causeChanged;

  boolean dependencyCameBack;
  boolean letGo;

  Known(Policy policy) {
    this.policy = policy;
  }

  Optional<RunState> run() {
    return belief.map(RunReport::state);
  }

  Optional<Incarnation> living() {
    return run()
        .flatMap(
            state ->
                switch (state) {
                  case RunState.Running running -> Optional.of(running.incarnation());
                  case RunState.Stopping stopping -> Optional.of(stopping.incarnation());
                  default -> Optional.empty();
                });
  }

  void take(Event event, Duration now) {
    finished = Optional.empty();
    yes = Optional.empty();
    switch (event) {
      case Event.Seen seen -> seen(seen.report(), now);
      case Event.Judged _, Event.Ticked _ -> {}
      case Event.CauseChanged _ -> causeChanged = true;
      case Event.Dependencies dependencies -> {
        if (!waitingOn.isEmpty() && dependencies.notHealthy().isEmpty()) {
          dependenciesBackAt = Optional.of(now);
          dependencyCameBack = true;
        }
        waitingOn = dependencies.notHealthy();
      }
      case Event.Finished end -> finished(end, now);
      case Event.Ordered order -> ordered(order.order());
    }
    if (hold.flatMap(Hold::until).filter(until -> until.compareTo(now) <= 0).isPresent()) {
      hold = Optional.empty();
      letGo = true;
    }
  }

  private void seen(RunReport report, Duration now) {
    Duration newest = belief.map(RunReport::at).orElse(believeFrom);
    if (report.at().compareTo(believeFrom) < 0 || report.at().compareTo(newest) < 0) {
      return;
    }
    belief = Optional.of(report);
    switch (report.state()) {
      case RunState.Running _ -> {
        ran = true;
        startRefused = false;
        deadSince = Optional.empty();
        causeChanged = false;
        dependencyCameBack = false;
        letGo = false;
      }
      case RunState.Dead _ -> deadSince = deadSince.or(() -> Optional.of(now));
      case RunState.RestartingByInit _ -> {
        stirred = true;
        deadSince = deadSince.or(() -> Optional.of(now));
      }
      case RunState.Stopping _, RunState.Absent _ -> stirred = true;
      default -> {}
    }
  }

  private void finished(Event.Finished end, Duration now) {
    finished = outstanding;
    outstanding = Optional.empty();
    boolean done = end.outcome() instanceof Outcome.Done;
    switch (finished.orElseThrow()) {
      case Action.Start _ -> {
        forget(end.at());
        startRefused = end.outcome() instanceof Outcome.Refused;
        deadSince = done ? Optional.empty() : Optional.of(now);
      }
      case Action.Stop _ -> {
        forget(end.at());
        patienceEnds = done ? patienceEnds : now;
      }
      case Action.Kill _ -> forget(end.at());
      case Action.AskConsent ask -> {
        consentFor = done ? Optional.of(ask.purpose()) : Optional.empty();
        consentAt = now;
        yes = done ? Optional.of(ask) : Optional.empty();
        yesAt = end.at();
        if (!done && ask.purpose() == Purpose.OPERATOR_STOP) {
          hold = hold.filter(held -> held.kind() != Hold.Kind.STOPPED);
        }
      }
      case Action.Capture _ -> captured = true;
      case Action.RunHook _ -> {}
    }
  }

  private void forget(Duration at) {
    belief = Optional.empty();
    believeFrom = at;
  }

  private void ordered(Event.Order order) {
    boolean free = hold.filter(held -> held.kind() != Hold.Kind.STOPPED).isEmpty();
    switch (order) {
      case Event.Order.Keep keep -> {
        hold = Optional.of(keep.hold());
        ordered = false;
      }
      case Event.Order.Stop stop -> {
        hold = Optional.of(stop.hold());
        ordered = false;
      }
      case Event.Order.Release _ -> {
        hold = Optional.empty();
        letGo = true;
      }
      case Event.Order.Start _, Event.Order.Restart _, Event.Order.Retry _ -> {
        if (free) {
          hold = Optional.empty();
          ordered = true;
          letGo = true;
        }
      }
    }
  }

  void taken(Action action, Duration now) {
    outstanding = Optional.of(action);
    switch (action) {
      case Action.Start _ -> {
        ran = true;
        ordered = false;
        causeChanged = false;
        dependencyCameBack = false;
        letGo = false;
        termFor = Optional.empty();
      }
      case Action.AskConsent ask -> {
        consentFor = Optional.empty();
        boolean first = ask.stage() == Consent.Stage.FIRST;
        captured &= !first;
        victim = first ? living() : victim;
        termFor = first ? Optional.empty() : termFor;
      }
      case Action.Stop stop -> {
        termFor = consentFor;
        patienceEnds = now.plus(policy.kill().term());
        if (consentFor.equals(Optional.of(Purpose.HEALTH))) {
          healthKills.add(now);
        }
      }
      case Action.Kill _, Action.Capture _, Action.RunHook _ -> {}
    }
  }
}
