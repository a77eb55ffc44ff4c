package io.hasupervisor.decide.disruption;

/** How a {@link RepairAction} ended. */
public sealed interface RepairOutcome {

  /** It was done; for a write: with this revision. */
  record Done(long revision) implements RepairOutcome {}

  /** Somebody else wrote first; nothing was changed. */
  record Lost() implements RepairOutcome {}

  /** It was certainly not done. */
  record Failed(GateReason reason, String why) implements RepairOutcome {}

  /** Nobody knows whether it was done. */
  record Uncertain(String why) implements RepairOutcome {}
}
