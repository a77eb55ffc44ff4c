package io.hasupervisor.decide.disruption;

import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.etcd.EtcdId;

/** One thing to be done for a repair; each ends in one {@link RepairOutcome}. */
public sealed interface RepairAction {

  /** Read the lock through consensus; told by {@link RepairEvent.LockRead} before its end. */
  record ReadLock() implements RepairAction {}

  /** Set the lock where its revision is still this one. */
  record WriteLock(LockDocument next, long expected) implements RepairAction {}

  /** Ask all members and look at the own process anew; told by {@link RepairEvent.Looked}. */
  record Look() implements RepairAction {}

  /**
   * Move the leadership of etcd to another member; seven seconds at most. Not begun later than two
   * seconds after it was decided, like {@link EndEtcd}.
   */
  record MoveLeader(EtcdId to) implements RepairAction {}

  /**
   * Ask this very process of etcd's to end, and wait for it; ten seconds at most. Whoever comes to
   * it later than two seconds after it was decided, because the disk, another action or this
   * process hung, does nothing and says {@link GateReason#EVIDENCE_OLD}.
   */
  record EndEtcd(long pid, long startTicks) implements RepairAction {}
}
