package io.hasupervisor.loop;

import io.hasupervisor.act.Actuator;
import io.hasupervisor.act.Evidence;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Worker;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.RunSource;
import java.util.List;
import java.util.function.Function;

/**
 * What the loop needs of the world.
 *
 * @param bootId tells this boot from every other
 * @param links makes the eyes and hands of one service
 * @param masters makes those of a master; does no I/O
 * @param workers makes those of a worker; does no I/O
 */
public record Outside(
    Clock clock,
    String bootId,
    Function<ServiceSpec, Link> links,
    Consent consent,
    Evidence evidence,
    Function<Master, MasterOutside> masters,
    Function<Worker, WorkerWorld> workers) {

  /** Eyes and hands of one master. */
  public record MasterOutside(
      ManifestWorld manifests,
      EtcdWorld etcd,
      EntryWorld entry,
      BackupWorld backups,
      RepairWorld repair,
      List<Inspection> inspections) {
    public MasterOutside {
      inspections = List.copyOf(inspections);
    }
  }

  /** Eyes and hands of one unit. */
  public record Link(RunSource runs, Actuator actuator) {}
}
