package io.hasupervisor.command;

import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Header;
import java.util.Map;

/** etcd asked by a command itself; a seam for tests. */
interface EtcdSight extends AutoCloseable {

  /** Asks every member once. */
  EtcdRound look() throws InterruptedException;

  /** One member, by its client URL. */
  Member member(String url);

  @Override
  void close();

  /** One member; each call ends by a deadline of its own. */
  interface Member {
    /** Writes a key. */
    Answer<Header> put(String key, byte[] value) throws InterruptedException;

    /** What is below a prefix, read through consensus. */
    Answer<Map<String, byte[]>> list(String prefix) throws InterruptedException;

    /** Removes a key. */
    Answer<Header> delete(String key) throws InterruptedException;
  }
}
