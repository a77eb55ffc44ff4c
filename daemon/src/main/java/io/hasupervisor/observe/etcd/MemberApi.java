package io.hasupervisor.observe.etcd;

import java.time.Duration;
import java.util.Map;

/** What a member can be asked, whichever protocol it speaks. */
interface MemberApi {
  /** E1. */
  Answer<Header> read(Duration deadline) throws InterruptedException;

  /** E2. */
  Answer<Header> readLocal(Duration deadline) throws InterruptedException;

  /** E3. */
  Answer<StatusSeen> status(Duration deadline) throws InterruptedException;

  /** Its member list. */
  Answer<MemberList> members(Duration deadline) throws InterruptedException;

  /** What lies below a prefix that ends in a slash, at any depth, read through consensus. */
  Answer<Map<String, Stored>> list(String prefix, Duration deadline) throws InterruptedException;

  /** What lies under a key, read through consensus. */
  Answer<Stored> get(String key, Duration deadline) throws InterruptedException;

  /**
   * Sets a key where its revision is still {@code expected} (0: where it is not there), in one step
   * for all members. After {@link Fault#TIMEOUT} and the like nobody knows whether it was set.
   */
  Answer<Swap> compareAndSet(String key, long expected, byte[] value, Duration deadline)
      throws InterruptedException;

  /** Writes a key. */
  Answer<Header> put(String key, byte[] value, Duration deadline) throws InterruptedException;
}
