package io.hasupervisor.assess.masters;

/** Whether a master's daemon lives, as far as its attestations tell. */
public enum DaemonState {
  /** It said something within the last 75 seconds. */
  SPEAKS,
  /** It could have said something for 75 seconds, and did not. */
  SILENT,
  /** Nothing can be told: etcd takes or gives no word now, or has not for long enough. */
  UNKNOWN
}
