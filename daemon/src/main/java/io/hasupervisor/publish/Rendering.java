package io.hasupervisor.publish;

import java.time.Instant;
import java.util.Optional;

/**
 * The form in which a status is wanted.
 *
 * @param json JSON; the rest is then of no matter
 * @param width columns, 40 to 250
 * @param colour with ANSI colours
 */
public record Rendering(boolean json, int width, boolean colour) {

  /** For programs. */
  public static final Rendering JSON = new Rendering(true, 80, false);

  /** For people, where nothing is known of their terminal. */
  public static final Rendering TEXT = new Rendering(false, 80, false);

  public Rendering {
    width = Math.clamp(width, 40, 250);
  }

  /** The cluster in this form. */
  public String of(ClusterStatus cluster) {
    return json ? ClusterJson.of(cluster) : ClusterText.of(cluster, this);
  }

  /** The lock of all masters in this form. */
  public String ofLock(LockStatus lock, Instant at) {
    return json ? RepairJson.of(Optional.of(lock)) : LockText.lock(lock, at, this);
  }

  /** What all masters do in turns, in this form. */
  public String ofRolling(LockStatus lock, Status status) {
    return json ? RepairJson.rolling(lock.rolling()) : LockText.rolling(lock, status, this);
  }

  /** The status in this form. */
  public String of(Status status) {
    return json ? StatusJson.of(status) : StatusText.of(status, this);
  }
}
