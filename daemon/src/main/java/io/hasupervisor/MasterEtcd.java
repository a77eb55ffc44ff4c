package io.hasupervisor;

import io.hasupervisor.act.etcd.AttestationWriter;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.Clock;
import io.hasupervisor.loop.EtcdWorld;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdLook;
import io.hasupervisor.observe.etcd.EtcdRound;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * etcd's members as one master sees them: part of the wiring. What asks them is made by the first
 * look, whose thread then loads its many classes.
 */
final class MasterEtcd implements EtcdWorld {
  private final Master master;
  private final FirstUse<EtcdLook> look;
  private final Supplier<Map<String, String>> secrets;

  /**
   * Asks nothing yet.
   *
   * @param secrets keyed fingerprints of what all masters must share
   */
  MasterEtcd(Master master, Clock clock, Supplier<Map<String, String>> secrets) {
    this.master = master;
    this.secrets = secrets;
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
  public List<Attestation> lastWords() throws InterruptedException {
    return look.get().lastWords();
  }

  @Override
  public Map<String, String> secrets() {
    return secrets.get();
  }

  @Override
  public void close() {
    look.close();
  }
}
