package io.hasupervisor.decide.disruption;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The state of this master's repair; a value.
 *
 * @param self who we are in the lock
 * @param accepted an operator's word, while it holds
 * @param inFlight the action whose end is awaited; at most one
 * @param unsettled what was done before under the same lock and is not steady, while somebody wants
 *     more to be done
 * @param unused nonces with which the lock may yet come to us, though nobody wants it any more
 * @param rest no action is begun before this time
 */
public record RepairState(
    Self self,
    RepairPhase phase,
    Scene scene,
    LockFacts lock,
    RepairLog log,
    Optional<Acceptance> accepted,
    Optional<RepairAction> inFlight,
    Optional<RepairPhase.Settling> unsettled,
    List<String> unused,
    Duration rest) {

  public RepairState {
    unused = List.copyOf(unused);
  }

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
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Duration.ZERO);
  }
}
