package io.hasupervisor.decide.disruption;

import java.util.Optional;

/**
 * The state of this master's repair; a value.
 *
 * @param self who we are in the lock
 * @param accepted an operator's word, while it holds
 * @param inFlight the action whose end is awaited; at most one
 */
public record RepairState(
    Self self,
    RepairPhase phase,
    Scene scene,
    LockFacts lock,
    RepairLog log,
    Optional<Acceptance> accepted,
    Optional<RepairAction> inFlight) {

  /** This host: by {@code machineId} it knows its own lock again, also after a boot. */
  public record Self(String machineId, String node, String bootId) {}

  /** At the daemon's start. */
  public static RepairState start(Self self, RepairLog log) {
    return new RepairState(
        self,
        new RepairPhase.Idle(),
        Scene.unseen(),
        LockFacts.unread(),
        log,
        Optional.empty(),
        Optional.empty());
  }
}
