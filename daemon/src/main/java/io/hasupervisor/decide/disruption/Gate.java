package io.hasupervisor.decide.disruption;

import io.hasupervisor.cluster.RepairSettings;
import java.time.Duration;
import java.util.Optional;

/** The conditions G0 to G9 under which this master's living voter may be spent; pure. */
public final class Gate {
  private Gate() {}

  /** The first condition that is not met, in their order (control-plane 3.2.3). */
  public static Optional<GateRefusal> refusal(
      RepairSettings settings, Scene scene, LockFacts lock, RepairLog log, Duration now) {
    return Optional.empty();
  }

  /**
   * G2 to G7 once more, right before acting: the proof is two seconds old at most, and what is
   * known of each other voter is newer than {@code lockedAt} and 45 seconds old at most.
   */
  public static Optional<GateRefusal> rightBefore(
      RepairSettings settings, Scene scene, Duration lockedAt, Duration now) {
    return Optional.empty();
  }
}
