package io.hasupervisor.decide;

import java.time.Duration;
import java.util.Optional;

/**
 * Everything remembered about one service.
 *
 * @param since when the phase's label last changed
 * @param because the reason for the present phase, and for not doing more
 * @param inFlight the action that is being carried out, at most one
 */
public record ServiceState(
    Phase phase,
    Duration since,
    Because because,
    Facts facts,
    RestartLog log,
    Optional<Action> inFlight) {

  /** A service nothing is known of. */
  public static ServiceState initial(Duration now) {
    return new ServiceState(
        new Phase.Unknown(),
        now,
        Because.NO_EVIDENCE,
        Facts.none(),
        RestartLog.empty(),
        Optional.empty());
  }

  /** This state with the hold of another. */
  public ServiceState heldAs(ServiceState other) {
    return with(facts.withHold(other.facts.hold()));
  }

  /** Whether an operator's order to stop it has not been carried out to its end yet. */
  public boolean stopUnfinished() {
    boolean begun =
        phase instanceof Phase.Killing killing && killing.purpose() == Purpose.OPERATOR_STOP;
    return begun || facts.order().filter(Event.Order.Stop.class::isInstance).isPresent();
  }

  /** Whether an operator's order waits, or is being carried out and has not taken effect yet. */
  public boolean ordered() {
    boolean waits =
        switch (phase) {
          case Phase.Killing killing -> killing.purpose().ordered() && !Ladder.sent(killing);
          case Phase.Asking(Because why) -> DeadRule.ordered(why);
          default -> false;
        };
    return waits
        || facts.order().isPresent()
        || log.down().filter(down -> DeadRule.ordered(down.cause())).isPresent();
  }

  ServiceState with(Phase next, Because why, Duration now) {
    Duration from = next.label().equals(phase.label()) ? since : now;
    return new ServiceState(next, from, why, facts, log, inFlight);
  }

  ServiceState with(Facts next) {
    return new ServiceState(phase, since, because, next, log, inFlight);
  }

  ServiceState with(RestartLog next) {
    return new ServiceState(phase, since, because, facts, next, inFlight);
  }

  ServiceState withInFlight(Optional<Action> action) {
    return new ServiceState(phase, since, because, facts, log, action);
  }
}
