package io.hasupervisor.decide.disruption;

import io.hasupervisor.cluster.RepairSettings;
import java.util.Optional;

/**
 * The state machine of one master's repair: gate, lock, second look, leadership moved away, let
 * act, wait until steady, release. While an action is in flight only facts are taken in.
 */
public final class RepairMachine {
  private RepairMachine() {}

  /** The next state, at most one action, at most one answer; pure. */
  public static RepairStep step(
      RepairSettings settings, RepairState state, RepairEvent event, Moment moment) {
    return new RepairStep(state, Optional.empty(), Optional.empty());
  }
}
