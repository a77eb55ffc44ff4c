package io.hasupervisor;

import io.hasupervisor.act.etcd.AttestationWriter;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.Clock;
import io.hasupervisor.loop.EtcdWorld;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdLook;
import io.hasupervisor.observe.etcd.EtcdRound;

/**
 * etcd's members as one master sees them: part of the wiring. What asks them is made by the first
 * look, whose thread then loads its many classes.
 */
final class MasterEtcd implements EtcdWorld {
  private final Master master;
  private final FirstUse<EtcdLook> look;

  MasterEtcd(Master master, Clock clock) {
    this.master = master;
    this.look = new FirstUse<>(() -> EtcdLook.of(master, clock));
  }

  /** The same connections for others; closed with this. */
  FirstUse<EtcdLook> members() {
    return look;
  }

  @Override
  public EtcdRound look() throws InterruptedException {
    return look.get().look();
  }

  @Override
  public Outcome attest(Attestation attestation) throws InterruptedException {
    return new AttestationWriter(look.get(), master.cluster().name()).attest(attestation);
  }

  @Override
  public void close() {
    look.close();
  }
}
