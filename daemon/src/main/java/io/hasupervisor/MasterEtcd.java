package io.hasupervisor;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.Clock;
import io.hasupervisor.loop.EtcdWorld;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdRound;

/**
 * etcd's members as one master sees them: part of the wiring. Nothing is connected before a look.
 */
final class MasterEtcd implements EtcdWorld {
  private final Master master;
  private final Clock clock;

  MasterEtcd(Master master, Clock clock) {
    this.master = master;
    this.clock = clock;
  }

  @Override
  public EtcdRound look() {
    throw new UnsupportedOperationException(master.node().name() + clock);
  }

  @Override
  public Outcome attest(Attestation attestation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
