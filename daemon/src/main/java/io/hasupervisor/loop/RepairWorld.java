package io.hasupervisor.loop;

import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;

/**
 * What a master's repair needs of the world; may block, and is called from threads that are
 * interrupted.
 */
public interface RepairWorld {

  /** Names this host among all masters, also after a boot; never empty. */
  String identity();

  /** Another one with each call. */
  String nonce();

  /** Looks at this host at {@code now}: some milliseconds. */
  HostSeen look(Duration now);

  /** Reads the lock through consensus. */
  Answer<LockSeen> lock() throws InterruptedException;

  /** Sets the lock where its revision is still {@code expected}. */
  RepairOutcome write(LockDocument next, long expected) throws InterruptedException;

  /** Moves etcd's leadership from this host's member to another; seven seconds at most. */
  RepairOutcome moveLeader(EtcdId to) throws InterruptedException;

  /** Has the init system reboot this host; returns once it has taken that over, 30 s at most. */
  RepairOutcome reboot() throws InterruptedException;

  /** Asks this very process to end, and waits for it; ten seconds at most. */
  RepairOutcome endEtcd(long pid, long startTicks) throws InterruptedException;
}
