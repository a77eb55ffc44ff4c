package io.hasupervisor.decide;

import java.time.Duration;
import java.util.Optional;

/** The answer to one event: the next state, at most one action, and why. */
public record Step(ServiceState next, Optional<Action> action, Because because) {

  static Step rest(ServiceState state, Phase phase, Because because, Duration now) {
    return new Step(state.with(phase, because, now), Optional.empty(), because);
  }

  static Step act(ServiceState state, Phase phase, Because because, Action action, Duration now) {
    ServiceState next = state.with(phase, because, now).withInFlight(Optional.of(action));
    return new Step(next, Optional.of(action), because);
  }
}
