package io.hasupervisor.loop;

import io.hasupervisor.assess.etcd.EtcdMaxima;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.disruption.RepairEvent.Served;
import io.hasupervisor.decide.disruption.Scene;
import io.hasupervisor.decide.disruption.Scenes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The loop's other desks as the one of repairs sees them.
 *
 * @param placing whether manifests are on their way
 * @param rebooting whether this host is on its way down
 */
record RepairSurroundings(
    Master master,
    Services services,
    Optional<EtcdDesk> etcd,
    Optional<EntryDesk> entry,
    BooleanSupplier placing,
    BooleanSupplier rebooting)
    implements RepairDesk.Surroundings {

  @Override
  public Scene scene(HostSeen host, Duration now) {
    boolean wasMember =
        etcd.flatMap(EtcdDesk::memory)
            .flatMap(EtcdMemory::maxima)
            .flatMap(EtcdMaxima::member)
            .isPresent();
    return Scenes.of(
        master,
        new Scenes.Host(
            host.process(),
            host.at(),
            host.liveRestore(),
            host.maintenance(),
            wasMember && !host.member() && !master.etcd().external(),
            now,
            services.find("docker").flatMap(docker -> docker.sickSince)),
        etcd.flatMap(desk -> desk.view(now)),
        entry.flatMap(EntryDesk::view),
        now);
  }

  /** A manifest's pod is as well as what runs it. */
  @Override
  public Served served(String subject) {
    Optional<Supervised> service = services.find(subject);
    List<Supervised> meant =
        service.isPresent()
            ? List.of(service.get())
            : RepairConsent.GUARDED.stream().flatMap(name -> services.find(name).stream()).toList();
    boolean busy =
        meant.stream().anyMatch(RepairSurroundings::busy)
            || (service.isEmpty() && placing.getAsBoolean())
            || (subject.isEmpty() && rebooting.getAsBoolean());
    return new Served(busy, meant.stream().allMatch(Supervised::healthy));
  }

  private static boolean busy(Supervised service) {
    return service.state.inFlight().isPresent() || service.state.phase() instanceof Phase.Killing;
  }

  @Override
  public void lookAtEtcd() {
    etcd.ifPresent(EtcdDesk::look);
  }
}
