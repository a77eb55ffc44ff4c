package io.hasupervisor.decide.disruption;

import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Freeze;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.util.Optional;

/** G10: whether what was read leaves room for another holder. */
final class LockRule {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration LATER = Duration.ofMinutes(1);

  private LockRule() {}

  static Optional<GateRefusal> refusal(LockSeen lock) {
    return switch (lock) {
      case LockSeen.Readable(LockDocument known, long revision) ->
          known.freeze().map(LockRule::frozen).or(() -> known.holder().map(LockRule::held));
      case LockSeen.Unreadable unreadable -> Optional.of(unreadable(unreadable));
    };
  }

  static GateRefusal frozen(Freeze freeze) {
    return new GateRefusal(
        GateReason.FROZEN,
        freeze.by() + " ordered that no master is disturbed: " + freeze.why(),
        "ha-supervisor lock unfreeze",
        LATER);
  }

  static GateRefusal held(Holder holder) {
    return new GateRefusal(
        GateReason.LOCK_HELD,
        holder.node() + " holds the lock to " + holder.action(),
        "ha-supervisor lock show",
        SOON);
  }

  static GateRefusal unreadable(LockSeen.Unreadable lock) {
    return new GateRefusal(
        GateReason.LOCK_UNREADABLE,
        "The lock's key is not understood, so it counts as held: " + lock.why(),
        lock.newer()
            ? "Run the same version of ha-supervisor on all masters."
            : "ha-supervisor lock show; ha-supervisor lock break --yes",
        LATER);
  }

  /** Where it could not be read or written. */
  static GateRefusal failed(GateReason reason) {
    boolean full = reason == GateReason.LOCK_READ_ONLY;
    return new GateRefusal(
        reason,
        full
            ? "etcd takes no writes, so the lock cannot be taken"
            : "etcd did not answer, so the lock cannot be taken",
        full ? "Compact, defragment each member, then disarm the alarm." : "",
        full ? LATER : SOON);
  }

  /** It was ours, and is not any more. */
  static GateRefusal lost() {
    return new GateRefusal(
        GateReason.LOCK_HELD,
        "The lock was taken from this host before anything was done",
        "ha-supervisor lock show",
        SOON);
  }

  static GateRefusal old() {
    return new GateRefusal(
        GateReason.EVIDENCE_OLD,
        "The other masters were not seen to be well after the lock was taken",
        "Check that ha-supervisor runs on every master.",
        SOON);
  }

  static GateRefusal busy(String with) {
    return new GateRefusal(GateReason.BUSY, "This master is busy: " + with, "", SOON);
  }
}
