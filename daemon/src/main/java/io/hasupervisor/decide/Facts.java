package io.hasupervisor.decide;

import io.hasupervisor.assess.Verdict;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The newest evidence about one service.
 *
 * @param believeFrom reports of looks begun before this are stale: an action ended meanwhile
 * @param dependenciesBackAt when the last dependency became HEALTHY again; zero if none was ever
 *     missing
 * @param order an operator's start, restart or retry that has not been acted on yet
 * @param refusal the last refusal of consent to an operator's order; it is not asked again
 */
public record Facts(
    RunReport run,
    Duration believeFrom,
    Verdict verdict,
    List<Event.Dependency> waitingOn,
    Duration dependenciesBackAt,
    Optional<Hold> hold,
    Optional<Event.Order> order,
    Optional<Hold> refusal) {

  /** Nothing seen yet. */
  public static Facts none() {
    return new Facts(
        new RunReport(new RunState.Unclear("not looked at yet"), Duration.ZERO),
        Duration.ZERO,
        Verdict.UNKNOWN,
        List.of(),
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Facts withRun(RunReport report) {
    return new Facts(
        report, believeFrom, verdict, waitingOn, dependenciesBackAt, hold, order, refusal);
  }

  /** After an action: whatever was seen before no longer counts. */
  Facts stale(Duration at) {
    RunReport none = new RunReport(new RunState.Unclear("not looked at since the last action"), at);
    return new Facts(
        none, at, Verdict.UNKNOWN, waitingOn, dependenciesBackAt, hold, order, refusal);
  }

  Facts withVerdict(Verdict next) {
    return new Facts(run, believeFrom, next, waitingOn, dependenciesBackAt, hold, order, refusal);
  }

  Facts withDependencies(List<Event.Dependency> missing, Duration backAt) {
    return new Facts(run, believeFrom, verdict, List.copyOf(missing), backAt, hold, order, refusal);
  }

  Facts withHold(Optional<Hold> next) {
    return new Facts(
        run, believeFrom, verdict, waitingOn, dependenciesBackAt, next, order, refusal);
  }

  Facts withOrder(Optional<Event.Order> next) {
    return new Facts(run, believeFrom, verdict, waitingOn, dependenciesBackAt, hold, next, refusal);
  }

  Facts withRefusal(Hold next) {
    return new Facts(
        run, believeFrom, verdict, waitingOn, dependenciesBackAt, hold, order, Optional.of(next));
  }
}
