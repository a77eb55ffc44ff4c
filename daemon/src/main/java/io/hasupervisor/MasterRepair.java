package io.hasupervisor;

import io.hasupervisor.act.disruption.EtcdEnd;
import io.hasupervisor.act.disruption.LeaderMove;
import io.hasupervisor.act.disruption.Reboot;
import io.hasupervisor.act.disruption.SharedLock;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.host.MachineId;
import io.hasupervisor.host.process.ProcessId;
import io.hasupervisor.loop.HostSeen;
import io.hasupervisor.loop.RepairWorld;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdLook;
import io.hasupervisor.observe.etcd.EtcdProcess;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * The lock, etcd's leadership and etcd's process as one master reaches them: part of the wiring.
 */
final class MasterRepair implements RepairWorld {
  private static final Duration READ = Duration.ofSeconds(5);

  private final Master master;
  private final FirstUse<EtcdLook> etcd;
  private final List<Path> maintenance;
  private final BooleanSupplier liveRestore;

  /**
   * Nothing is asked yet.
   *
   * @param etcd shared with whoever asks the members, and closed by him
   * @param maintenance files one of which forbids repairs
   * @param liveRestore whether containers are verified to survive a restart of docker
   */
  MasterRepair(
      Master master, FirstUse<EtcdLook> etcd, List<Path> maintenance, BooleanSupplier liveRestore) {
    this.master = master;
    this.etcd = etcd;
    this.maintenance = List.copyOf(maintenance);
    this.liveRestore = liveRestore;
  }

  /** With the node's name, which is another one on each master: machines are cloned. */
  @Override
  public String identity() {
    return MachineId.read().value() + "/" + master.node().name();
  }

  @Override
  public String nonce() {
    return UUID.randomUUID().toString();
  }

  @Override
  public HostSeen look(Duration now) {
    Path data = master.cluster().etcd().data();
    boolean external = master.etcd().external();
    return new HostSeen(
        external
            ? new ProcessSeen.Unknown("no member of etcd is this host's")
            : EtcdProcess.look(data),
        now,
        liveRestore.getAsBoolean(),
        maintenance.stream().anyMatch(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS)),
        external || Files.isDirectory(data.resolve("member"), LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public Answer<LockSeen> lock() throws InterruptedException {
    return etcd.get().lock(READ);
  }

  @Override
  public RepairOutcome write(LockDocument next, long expected) throws InterruptedException {
    return new SharedLock(etcd.get()).write(next, expected);
  }

  @Override
  public RepairOutcome moveLeader(EtcdId to) throws InterruptedException {
    return new LeaderMove(etcd.get()).to(to);
  }

  @Override
  public RepairOutcome reboot() throws InterruptedException {
    return Reboot.now();
  }

  @Override
  public RepairOutcome endEtcd(long pid, long startTicks) throws InterruptedException {
    return EtcdEnd.end(new ProcessId(pid, startTicks));
  }
}
