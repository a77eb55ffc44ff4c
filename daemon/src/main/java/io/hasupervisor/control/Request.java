package io.hasupervisor.control;

import io.hasupervisor.publish.Rendering;
import java.time.Duration;
import java.util.Optional;

/** What a command asks of the daemon. */
public sealed interface Request {

  /** The whole status, in the form wanted. */
  record GetStatus(Rendering as) implements Request {}

  /** All masters, in the form wanted. */
  record GetCluster(Rendering as) implements Request {}

  record GetEvents(long since) implements Request {}

  /** One service: its policy, its evidence, and why it is where it is. */
  record Explain(String service) implements Request {}

  record ShowIncident(String id) implements Request {}

  /**
   * Start it now.
   *
   * @param acceptLoss whether etcd's quorum may be lost by it; likewise below
   */
  record Start(String service, boolean acceptLoss) implements Request {
    public Start(String service) {
      this(service, false);
    }
  }

  /** Stop and keep down; empty {@code length}: until started again. */
  record Stop(String service, Optional<Duration> length, boolean acceptLoss) implements Request {
    public Stop(String service, Optional<Duration> length) {
      this(service, length, false);
    }
  }

  record Restart(String service, boolean acceptLoss) implements Request {
    public Restart(String service) {
      this(service, false);
    }
  }

  record Retry(String service, boolean acceptLoss) implements Request {
    public Retry(String service) {
      this(service, false);
    }
  }

  /** Leave alone; empty service: all of them. */
  record Hold(Optional<String> service, Duration length, String reason) implements Request {}

  record Release(Optional<String> service) implements Request {}

  /** Place the stored revision of this number. */
  record PlaceManifests(int revision, boolean acceptLoss) implements Request {
    public PlaceManifests(int revision) {
      this(revision, false);
    }
  }

  /** Take etcd's data as it is now for the measure, though older data than was seen before. */
  record AcceptRestore() implements Request {}

  /**
   * May the init system start it now? Answered within {@code patience}: {@link Reply#NO} when not,
   * and then the daemon starts it itself once it may.
   */
  record MayStart(String service, Duration patience) implements Request {}

  /** The lock of all masters, in the form wanted. */
  record GetLock(Rendering as) implements Request {}

  /** Take the lock from whoever holds it. */
  record BreakLock() implements Request {}

  /** Have no master disturbed. */
  record FreezeLock(String reason) implements Request {}

  record UnfreezeLock() implements Request {}

  /** What all masters do in turns, in the form wanted. */
  record GetRolling(Rendering as) implements Request {}

  /**
   * Have every master restart a service in its turn.
   *
   * @param reason may be empty
   */
  record RestartRolling(String service, String reason) implements Request {}

  /** Have no further master begin. */
  record StopRolling() implements Request {}

  /**
   * Reboot this master once that costs nobody etcd: {@link Reply#NO} where it does within {@code
   * patience}.
   */
  record Reboot(boolean acceptLoss, Duration patience) implements Request {}

  /** Read the configuration anew. */
  record Reload() implements Request {}
}
