package io.hasupervisor.loop;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdRound;

/**
 * What watching etcd needs of the world; may block, and is called from threads that are
 * interrupted.
 */
public interface EtcdWorld extends AutoCloseable {

  /** Asks all members; six seconds at most. That they are sick is an answer. */
  EtcdRound look() throws InterruptedException;

  /** Writes it through this host's member. */
  Outcome attest(Attestation attestation) throws InterruptedException;

  @Override
  void close();
}
