package io.hasupervisor.decide.disruption;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state of this master's repair; a value.
 *
 * @param self who we are in the lock
 * @param accepted operators' words, at most one for each subject, while their orders last
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
    List<Acceptance> accepted,
    Optional<RepairAction> inFlight,
    Optional<RepairPhase.Settling> unsettled,
    List<String> unused,
    Duration rest) {

  private static final int MOST_UNUSED = 8;

  public RepairState {
    accepted = List.copyOf(accepted);
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
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Duration.ZERO);
  }

  /** The same at another phase. */
  public RepairState in(RepairPhase next) {
    return new RepairState(
        self, next, scene, lock, log, accepted, inFlight, unsettled, unused, rest);
  }

  RepairState seeing(Scene next) {
    return new RepairState(
        self, phase, next, lock, log, accepted, inFlight, unsettled, unused, rest);
  }

  /** The same with the lock as it was last read. */
  public RepairState knowing(LockFacts next) {
    return new RepairState(
        self, phase, scene, next, log, accepted, inFlight, unsettled, unused, rest);
  }

  /** The same with what this host did to itself. */
  public RepairState logged(RepairLog next) {
    return new RepairState(
        self, phase, scene, lock, next, accepted, inFlight, unsettled, unused, rest);
  }

  /** An operator's word for what he ordered, while it holds; for nobody else's wish. */
  public boolean isAccepted(Disruption wanted, Duration now) {
    return wanted.origin() == Disruption.Origin.OPERATOR
        && accepted.stream()
            .anyMatch(
                word ->
                    word.subject().equals(wanted.subject()) && now.compareTo(word.until()) <= 0);
  }

  /** As if nobody had accepted anything. */
  public RepairState unaccepted() {
    return accepting(List.of());
  }

  RepairState accepting(Acceptance word) {
    List<Acceptance> next = new ArrayList<>(accepted);
    next.removeIf(other -> other.subject().equals(word.subject()));
    next.add(word);
    return accepting(next);
  }

  /** Without the word for this subject, and without those that have lapsed. */
  RepairState without(String subject, Duration now) {
    return accepting(
        accepted.stream()
            .filter(word -> !word.subject().equals(subject) && now.compareTo(word.until()) <= 0)
            .toList());
  }

  private RepairState accepting(List<Acceptance> next) {
    return new RepairState(self, phase, scene, lock, log, next, inFlight, unsettled, unused, rest);
  }

  RepairState doing(Optional<RepairAction> next) {
    return new RepairState(self, phase, scene, lock, log, accepted, next, unsettled, unused, rest);
  }

  RepairState owing(Optional<RepairPhase.Settling> next) {
    return new RepairState(self, phase, scene, lock, log, accepted, inFlight, next, unused, rest);
  }

  RepairState without(String nonce) {
    List<String> next = new ArrayList<>(unused);
    next.remove(nonce);
    next.add(nonce);
    return new RepairState(
        self,
        phase,
        scene,
        lock,
        log,
        accepted,
        inFlight,
        unsettled,
        next.subList(Math.max(0, next.size() - MOST_UNUSED), next.size()),
        rest);
  }

  RepairState resting(Duration until) {
    return new RepairState(
        self, phase, scene, lock, log, accepted, inFlight, unsettled, unused, until);
  }
}
