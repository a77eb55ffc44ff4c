package io.hasupervisor.decide.manifest;

/**
 * One reason for every step, also when nothing is done. The names are part of the published events.
 */
public enum RolloutBecause {
  // nothing to do, or nothing known
  NOTHING_PLACED,
  NO_EVIDENCE,
  OWNED_BY_OTHER,
  OBSERVE_ONLY,
  DIRECTORY_UNREADABLE,
  // on the way
  PREPARING,
  MARKING,
  ASKING_CONSENT,
  WRITING,
  AWAITING_LOOK,
  AWAITING_CONTAINER,
  AWAITING_PROBE,
  AWAITING_PEERS,
  AWAITING_ETCD,
  HOLDING_STILL,
  OLD_CONTAINER_STAYS,
  STOPPING_OLD_CONTAINER,
  RUNTIME_UNKNOWN,
  // tried again later
  PREPARATION_FAILED,
  STORE_FAILED,
  CONSENT_REFUSED,
  WRITE_FAILED,
  STOP_FAILED,
  QUARANTINE_FAILED,
  // it does not run
  CRASH_LOOP,
  TIME_LIMIT,
  NEVER_MADE,
  POD_UNWELL,
  // it runs
  SETTLING,
  VERIFIED,
  // somebody else's hand
  FILE_MISSING,
  FILE_CHANGED,
  QUARANTINING
}
