package io.hasupervisor.decide.manifest;

import java.time.Duration;
import java.util.Optional;

/** Where the placement of the manifests stands. */
public sealed interface RolloutPhase {

  /** Nothing was ever placed here. */
  record None() implements RolloutPhase {}

  /** The directory is another tool's: nothing is done. */
  record Observed(String owner) implements RolloutPhase {}

  /** On the way, one manifest after the other. */
  record Placing(Course course) implements RolloutPhase {}

  /** Everything runs; {@code wellSince} without a break. Not known to be good yet. */
  record Settling(Optional<Duration> wellSince) implements RolloutPhase {}

  /** The target is the last known good. */
  record Placed() implements RolloutPhase {}

  /** A revision failed, the last known good is on the way back. */
  record RollingBack(Course course, Fallback from) implements RolloutPhase {}

  /** The last known good runs again. */
  record RolledBack(Fallback from) implements RolloutPhase {}

  /** The last known good does not run either: {@code manifest} fails. */
  record RollbackFailed(Fallback from, String manifest, String detail) implements RolloutPhase {}

  /** For the status. */
  default String label() {
    return switch (this) {
      case None _ -> "NONE";
      case Observed _ -> "OBSERVED";
      case Placing _ -> "PLACING";
      case Settling _ -> "SETTLING";
      case Placed _ -> "PLACED";
      case RollingBack _ -> "ROLLING_BACK";
      case RolledBack _ -> "ROLLED_BACK";
      case RollbackFailed _ -> "ROLLBACK_FAILED";
    };
  }

  /** The way it is on, while it is on one. */
  default Optional<Course> way() {
    return switch (this) {
      case Placing placing -> Optional.of(placing.course());
      case RollingBack back -> Optional.of(back.course());
      default -> Optional.empty();
    };
  }

  /** This phase, further on its way. */
  default RolloutPhase with(Course next) {
    return switch (this) {
      case Placing _ -> new Placing(next);
      case RollingBack back -> new RollingBack(next, back.from());
      default -> this;
    };
  }
}
