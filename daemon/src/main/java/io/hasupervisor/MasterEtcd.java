package io.hasupervisor;

import io.hasupervisor.act.etcd.AttestationWriter;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.Clock;
import io.hasupervisor.loop.EtcdWorld;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdLook;
import io.hasupervisor.observe.etcd.EtcdRound;
import java.util.Optional;

/**
 * etcd's members as one master sees them: part of the wiring. What asks them is made by the first
 * look, whose thread then loads its many classes.
 */
final class MasterEtcd implements EtcdWorld {
  private final Master master;
  private final Clock clock;
  private Optional<EtcdLook> look = Optional.empty();
  private boolean closed;

  MasterEtcd(Master master, Clock clock) {
    this.master = master;
    this.clock = clock;
  }

  @Override
  public EtcdRound look() throws InterruptedException {
    return asker().look();
  }

  private synchronized EtcdLook asker() throws InterruptedException {
    if (closed) {
      throw new InterruptedException("nobody wants to know any more");
    }
    if (look.isEmpty()) {
      look = Optional.of(EtcdLook.of(master, clock));
    }
    return look.get();
  }

  @Override
  public Outcome attest(Attestation attestation) throws InterruptedException {
    return new AttestationWriter(asker(), master.cluster().name()).attest(attestation);
  }

  @Override
  public synchronized void close() {
    closed = true;
    look.ifPresent(EtcdLook::close);
  }
}
