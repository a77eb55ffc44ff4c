package io.hasupervisor.assess.etcd;

/** The cluster as seen from this host, first match wins (control-plane 3.1.5). */
public enum ClusterState {
  /** etcd's data is older than this host saw before. */
  DATA_REGRESSION,
  /** Members disagree on who they are. */
  SPLIT_VIEW,
  CORRUPT,
  /** This host is cut off; the cluster works. */
  PARTITIONED_SELF,
  QUORUM_LOST,
  /** Nothing is proven, and nothing says that quorum is lost. */
  QUORUM_UNKNOWN,
  /** Alarm NOSPACE: writes are refused. */
  READ_ONLY,
  /** One voter alone. */
  SINGLE,
  /** It works, and one more loss ends that. */
  QUORUM_AT_RISK,
  QUORUM_DEGRADED,
  QUORUM_FULL;

  /** Whether a read went through consensus lately. */
  public boolean proven() {
    return compareTo(QUORUM_UNKNOWN) > 0;
  }
}
