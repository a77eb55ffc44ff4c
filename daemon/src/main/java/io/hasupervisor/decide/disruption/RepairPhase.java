package io.hasupervisor.decide.disruption;

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

  /** The last asker was refused; kept so that it can be shown, until it is asked again or well. */
  record Blocked(Disruption wanted, GateRefusal refusal, Duration since) implements RepairPhase {
    @Override
    public String label() {
      return "REPAIR_BLOCKED";
    }
  }

  /** Somebody waits; the lock is being read, or waited for until {@code until}. */
  record Asking(Disruption wanted, Duration since, Duration until) implements RepairPhase {
    @Override
    public String label() {
      return "ASKING";
    }
  }

  /** The lock is being written, or read back, with this nonce. */
  record Locking(Disruption wanted, String nonce, Duration since) implements RepairPhase {
    @Override
    public String label() {
      return "LOCKING";
    }
  }

  /** The lock is ours; evidence that is newer than it is awaited until {@code until}. */
  record Confirming(Disruption wanted, String nonce, Duration lockedAt, Duration until)
      implements RepairPhase {
    @Override
    public String label() {
      return "CONFIRMING";
    }
  }

  /** Leadership is moved away, then etcd is asked to end; each is tried once. */
  record Yielding(Disruption wanted, String nonce, Duration lockedAt, boolean moved, boolean ended)
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
   * @param began monotonic time at which it was let act, or at which this daemon began to watch
   * @param wellSince since when it has been well without a break
   * @param unfinished whether it was told already that this takes too long
   */
  record Settling(
      String action, String nonce, Duration began, Optional<Duration> wellSince, boolean unfinished)
      implements RepairPhase {
    @Override
    public String label() {
      return unfinished ? "REPAIR_UNFINISHED" : "SETTLING";
    }
  }
}
