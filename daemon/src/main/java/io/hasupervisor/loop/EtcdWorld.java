package io.hasupervisor.loop;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdRound;
import java.util.List;
import java.util.Map;

/**
 * What watching etcd needs of the world; may block, and is called from threads that are
 * interrupted.
 */
public interface EtcdWorld extends AutoCloseable {

  /** Asks all members; six seconds at most. That they are sick is an answer. */
  EtcdRound look() throws InterruptedException;

  /** Writes it through this host's member. */
  Outcome attest(Attestation attestation) throws InterruptedException;

  /**
   * What daemons wrote last, as this host's member has it, without asking the cluster: of unknown
   * age. Two seconds at most.
   */
  List<Attestation> lastWords() throws InterruptedException;

  /** Keyed fingerprints of what all masters must share, as last read; waits for nothing. */
  Map<String, String> secrets();

  @Override
  void close();
}
