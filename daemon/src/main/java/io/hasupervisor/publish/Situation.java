package io.hasupervisor.publish;

import io.hasupervisor.assess.ProbeBoard;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.publish.Status.IncidentRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything known about one service at one moment: what its status is made of.
 *
 * @param kind of its unit
 * @param incidents newest first
 * @param now monotonic time of this moment
 * @param wall turns monotonic time into wall time
 */
public record Situation(
    String name,
    String kind,
    Policy policy,
    ServiceState state,
    ProbeBoard board,
    List<IncidentRef> incidents,
    Duration now,
    Function<Duration, Instant> wall) {

  /** Time passed since {@code time}, in whole seconds. */
  String since(Duration time) {
    Duration passed = now.minus(time);
    return passed.compareTo(Duration.ofSeconds(1)) < 0 ? "a moment" : Span.text(passed);
  }

  /** Time left until {@code time}, in whole seconds, never less than one. */
  String left(Duration time) {
    long seconds = Math.max(1, time.minus(now).plusMillis(999).toSeconds());
    return Span.text(Duration.ofSeconds(seconds));
  }

  /** Time left of the present phase. */
  String left() {
    return state.phase().deadline().map(this::left).orElse("some time");
  }

  /** "in 5s" while the present phase has a deadline to come, else "now". */
  String inTime() {
    return state
        .phase()
        .deadline()
        .filter(deadline -> deadline.compareTo(now) > 0)
        .map(deadline -> "in " + left(deadline))
        .orElse("now");
  }

  Optional<Long> pid() {
    return switch (state.facts().run().state()) {
      case RunState.Running running -> Optional.of(running.incarnation().pid());
      case RunState.Stopping stopping -> Optional.of(stopping.incarnation().pid());
      case RunState.Dead _,
          RunState.RestartingByInit _,
          RunState.JobWaiting _,
          RunState.Absent _,
          RunState.Unclear _ ->
          Optional.empty();
    };
  }

  boolean alive() {
    return pid().isPresent();
  }
}
