package io.hasupervisor.decide.manifest;

import java.util.Optional;

/** The answer to one event: the next state, at most one action to begin, and why. */
public record RolloutStep(RolloutState next, Optional<InFlight> begin, RolloutBecause because) {

  static RolloutStep rest(RolloutState state, RolloutBecause because) {
    return new RolloutStep(state.because(because), Optional.empty(), because);
  }

  static RolloutStep act(RolloutState state, RolloutAction action, RolloutBecause because) {
    RolloutState next = state.because(because).beginning(action);
    return new RolloutStep(next, next.inFlight(), because);
  }
}
