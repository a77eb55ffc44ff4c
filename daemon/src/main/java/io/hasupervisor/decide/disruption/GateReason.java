package io.hasupervisor.decide.disruption;

/** Why a master may not be disturbed now (control-plane 3.2.3). Names are stable. */
public enum GateReason {
  /** G0: this host was repaired too often, or booted a moment ago. */
  BUDGET,
  /** G0: {@code /etc/ha-supervisor/no-repair} exists. */
  MAINTENANCE,
  /** G1: quorum is not in a state in which a vote may be spent. */
  QUORUM_STATE,
  /** G2: only this host's own member says that quorum exists. */
  NO_INDEPENDENT_PROOF,
  /** G3: too few healthy voters are left without this one. */
  WOULD_LOSE_QUORUM,
  /** G4. */
  MEMBERSHIP_CHANGING,
  /** G5. */
  ALARM,
  /** G6: a voter failed, or the leader changed, within the last minute. */
  UNSTABLE,
  /** G7: another member is far behind. */
  LAG,
  /** G8: no other apiserver serves. */
  LAST_APISERVER,
  /** G9: another master is in repair, or was a moment ago. */
  OTHER_MASTER_BUSY,
  /** G10. */
  LOCK_HELD,
  /** G10: somebody ordered that no master is disturbed. */
  FROZEN,
  /** G10: what is in the lock's place is not understood. */
  LOCK_UNREADABLE,
  /** G10: etcd takes no writes. */
  LOCK_READ_ONLY,
  /** G10: etcd did not answer. */
  LOCK_UNREACHABLE,
  /** This host's member lives and answers nothing, and such ones are left alone. */
  MEMBER_HUNG,
  /** This host's data may be the only copy. */
  DATA_REGRESSION,
  /** This host's data is gone. */
  DATA_DIR_LOST,
  /** This host is busy with another repair. */
  BUSY,
  /** The evidence of others that is to be newer than the lock has not come. */
  EVIDENCE_OLD,
  /** Its turn has not come: hosts that cannot ask each other wait for different times. */
  ITS_TURN
}
