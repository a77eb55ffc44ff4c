package io.hasupervisor.decide.disruption;

import io.hasupervisor.observe.disruption.LockDocument;
import java.time.Duration;
import java.util.Optional;

/** Where a repair of this master is. */
public sealed interface RepairPhase {

  /** Name of this phase in the published status; never localized. */
  String label();

  /** Nothing is wanted. */
  record Idle() implements RepairPhase {
    @Override
    public String label() {
      return "IDLE";
    }
  }

  /**
   * The last asker was refused; kept so that it can be shown.
   *
   * @param since when the same was refused for the same reason first
   * @param until after which nobody seems to want it any more, unless it is asked again
   */
  record Blocked(Disruption wanted, GateRefusal refusal, Duration since, Duration until)
      implements RepairPhase {
    @Override
    public String label() {
      return "REPAIR_BLOCKED";
    }
  }

  /**
   * Somebody waits; the lock is being read, or waited for until {@code until}.
   *
   * @param since only a reading that began later counts
   */
  record Asking(Disruption wanted, Duration since, Duration until) implements RepairPhase {
    @Override
    public String label() {
      return "ASKING";
    }
  }

  /**
   * The lock is being written with this nonce, or read back.
   *
   * @param since the writing ended: only a reading that began later counts
   */
  record Locking(Disruption wanted, String nonce, Duration since, Duration until)
      implements RepairPhase {
    @Override
    public String label() {
      return "LOCKING";
    }
  }

  /**
   * The lock is ours, or need not be (an empty nonce, by an operator's word); evidence that is
   * newer than {@code lockedAt} is awaited until {@code until}.
   */
  record Confirming(Disruption wanted, String nonce, Duration lockedAt, Duration until)
      implements RepairPhase {
    @Override
    public String label() {
      return "CONFIRMING";
    }
  }

  /**
   * Leadership is moved away, then etcd is asked to end; each is tried once.
   *
   * @param since nothing that was seen earlier permits its end: the leadership may have moved then
   */
  record Yielding(
      Disruption wanted,
      String nonce,
      Duration lockedAt,
      Duration since,
      boolean moved,
      boolean ended)
      implements RepairPhase {
    @Override
    public String label() {
      return "YIELDING";
    }
  }

  /** The asker was told to act. */
  record Acting(Disruption wanted, String nonce, Duration grantedAt) implements RepairPhase {
    @Override
    public String label() {
      return "ACTING";
    }
  }

  /**
   * It was acted on, perhaps by an earlier life of this daemon: the lock is kept until this master
   * has been well for long enough.
   *
   * @param action such as {@code restart docker}
   * @param nonce of the lock; empty where it was let act without it
   * @param began monotonic time at which it was done, or at which this daemon began to watch
   * @param subjectWell what was told last of its subject
   * @param wellSince since when it has been well without a break
   * @param unfinished whether it was told already that this takes too long
   */
  record Settling(
      String action,
      String nonce,
      Duration began,
      boolean subjectWell,
      Optional<Duration> wellSince,
      boolean unfinished)
      implements RepairPhase {
    @Override
    public String label() {
      return unfinished ? "REPAIR_UNFINISHED" : "SETTLING";
    }
  }

  /**
   * The lock is being given back; tried for ever.
   *
   * @param since only a reading that began later tells whether it still is ours
   * @param then what comes after
   */
  record Releasing(String nonce, LockDocument.Result result, Duration since, RepairPhase then)
      implements RepairPhase {
    @Override
    public String label() {
      return "RELEASING";
    }
  }
}
