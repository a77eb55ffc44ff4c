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

  /** The values below a prefix that ends in a slash, read through consensus. */
  Answer<Map<String, byte[]>> list(String prefix, Duration deadline) throws InterruptedException;

  /** Writes a key. */
  Answer<Header> put(String key, byte[] value, Duration deadline) throws InterruptedException;
}
