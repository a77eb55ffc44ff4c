package io.hasupervisor.assess.etcd;

/** One member, first match wins (control-plane 3.1.4). */
public enum MemberState {
  /** Not seen yet, or not for long enough to say. */
  UNKNOWN,
  /** Not in the proven member list any more. */
  REMOVED,
  /** It belongs to another cluster. */
  FOREIGN,
  /** It cannot be asked because of certificates or permissions: unknown, not bad. */
  UNAUTHENTICATED,
  /** Added to the cluster, never run; it counts against quorum. */
  UNSTARTED,
  /** It does not vote. */
  LEARNER,
  /** Its data is corrupt. */
  CORRUPT,
  /** The process is there and answers nothing. */
  HUNG,
  /** It answers and knows no leader. */
  LOCAL_ONLY,
  /** It does not run. */
  DOWN,
  /** Nothing is known of it but silence. */
  UNREACHABLE,
  /** It cannot be asked from here by design, and its own daemon says that it is well. */
  UNREACHABLE_ATTESTED,
  /** It serves, but lags, is slow, or has an alarm. */
  DEGRADED,
  HEALTHY;

  /** Whether it is well, as seen from here or as its own daemon says. */
  public boolean well() {
    return this == HEALTHY || this == UNREACHABLE_ATTESTED;
  }
}
