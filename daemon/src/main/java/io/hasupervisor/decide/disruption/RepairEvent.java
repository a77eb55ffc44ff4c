package io.hasupervisor.decide.disruption;

import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;

/** What the repair of this master is told. */
public sealed interface RepairEvent {

  /** Somebody wants to do it now, and waits for an answer. */
  record Asked(Disruption wanted) implements RepairEvent {}

  /** He does not wait any more. */
  record Withdrawn() implements RepairEvent {}

  /** Evidence was gathered. */
  record Looked(Scene scene) implements RepairEvent {}

  /** The lock was read through consensus; the read began at {@code asked}. */
  record LockRead(LockSeen lock, Duration asked) implements RepairEvent {}

  /**
   * How the subject of the repair is.
   *
   * @param busy whether something is still being done to it
   * @param well whether it is healthy
   * @param failed whether what was done to it did not work, so that it is being undone
   */
  record Served(boolean busy, boolean well, boolean failed) implements RepairEvent {}

  /** The action in flight ended at {@code at}. */
  record Finished(RepairOutcome outcome, Duration at) implements RepairEvent {}

  /** An operator accepts that quorum is lost. */
  record Accepted(Acceptance acceptance) implements RepairEvent {}

  /** His order about this subject has come to its end, or was taken back: his word with it. */
  record OrderOver(String subject) implements RepairEvent {}

  /** Time has passed. */
  record Ticked() implements RepairEvent {}
}
