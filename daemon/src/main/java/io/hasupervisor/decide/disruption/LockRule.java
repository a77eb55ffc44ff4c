package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.Words;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Freeze;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.util.Optional;

/** G10, as the lock was last read: whether this host could take it; pure. */
public final class LockRule {
  private LockRule() {}

  /**
   * Why not.
   *
   * @param machineId of this host, whose own hold does not keep it out
   */
  public static Optional<GateRefusal> refusal(
      Disruption wanted, LockFacts lock, String machineId, Duration now) {
    Optional<GateRefusal> failed = lock.failure().map(reason -> failed(wanted, reason));
    return failed.or(() -> lock.seen().flatMap(seen -> kept(wanted, lock, seen, machineId, now)));
  }

  private static Optional<GateRefusal> kept(
      Disruption wanted, LockFacts lock, LockSeen seen, String machineId, Duration now) {
    return switch (seen) {
      case LockSeen.Unreadable garbage -> Optional.of(unreadable(wanted, garbage));
      case LockSeen.Readable(LockDocument document, long _) ->
          document
              .holder()
              .filter(holder -> !holder.machineId().equals(machineId))
              .map(holder -> held(wanted, holder, lock.holderSince().map(now::minus)))
              .or(() -> document.freeze().map(freeze -> frozen(wanted, freeze)));
    };
  }

  /** Somebody else holds it. */
  static GateRefusal held(Disruption wanted, Holder holder, Optional<Duration> seen) {
    return new Sentences(wanted)
        .refusal(
            GateReason.LOCK_HELD,
            "the lock of repairs is held by "
                + holder.node()
                + " ("
                + holder.action()
                + ")"
                + seen.map(age -> ", as seen from here for " + Words.length(age)).orElse("")
                + ", and one master at a time is disturbed",
            "It is done by itself afterwards. If "
                + holder.node()
                + " is gone for good: ha-supervisor lock show, then ha-supervisor lock break.");
  }

  static GateRefusal frozen(Disruption wanted, Freeze freeze) {
    return new Sentences(wanted)
        .refusal(
            GateReason.FROZEN,
            "no master is to be disturbed, by order of "
                + freeze.by()
                + ": "
                + freeze.why()
                + "; to end that: ha-supervisor lock unfreeze",
            "Find out first whether what it was frozen for is over.");
  }

  private static GateRefusal unreadable(Disruption wanted, LockSeen.Unreadable garbage) {
    return new Sentences(wanted)
        .refusal(
            GateReason.LOCK_UNREADABLE,
            "what stands in place of the lock of repairs is not understood, so it counts as held: "
                + garbage.why(),
            garbage.newer()
                ? "Bring this host to the version of ha-supervisor that the others have."
                : "Make sure that no master is in repair, then: ha-supervisor lock break.");
  }

  /** The last reading or writing of it failed. */
  static GateRefusal failed(Disruption wanted, GateReason reason) {
    Sentences say = new Sentences(wanted);
    return switch (reason) {
      case LOCK_READ_ONLY -> readOnly(wanted);
      case LOCK_UNREACHABLE ->
          say.refusal(
              reason,
              "the lock of repairs could not be used, as etcd did not answer",
              "See: ha-supervisor etcd status.");
      default ->
          say.refusal(
              reason, "the lock of repairs could not be used", "See: ha-supervisor lock show.");
    };
  }

  static GateRefusal readOnly(Disruption wanted) {
    Sentences say = new Sentences(wanted);
    return say.refusal(
        GateReason.LOCK_READ_ONLY,
        "the database of etcd is full and takes no writes (alarm NOSPACE), so the lock of repairs"
            + " cannot be taken, and "
            + say.doing()
            + " is no cure",
        "Make room, in this order: compact, defrag, alarm disarm; ha-supervisor etcd status gives"
            + " the commands.");
  }
}
