package io.hasupervisor.loop;

import io.hasupervisor.assess.etcd.EtcdMaxima;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.disruption.RepairEvent.Served;
import io.hasupervisor.decide.disruption.Scene;
import io.hasupervisor.decide.disruption.Scenes;
import io.hasupervisor.decide.manifest.Coming;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The loop's other desks as the one of repairs sees them.
 *
 * @param manifests how it goes with each that is placed
 * @param placing whether an order to place manifests has not come to its end
 * @param reboots who reboots this host by order
 */
record RepairSurroundings(
    Master master,
    Services services,
    Optional<EtcdDesk> etcd,
    Optional<EntryDesk> entry,
    Manifests manifests,
    BooleanSupplier placing,
    RebootDesk reboots)
    implements RepairDesk.Surroundings {
  private static final Coming NO_MANIFEST = new Coming(false, true, false);

  /** The placement, for who waits for one manifest only. */
  @FunctionalInterface
  interface Manifests {
    /** Of the manifest of this name. */
    Coming coming(String manifest, Duration now);
  }

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

  /** A manifest's pod is no better than what runs it. */
  @Override
  public Served served(String subject, Duration now) {
    Optional<Supervised> service = services.find(subject);
    List<Supervised> meant =
        service.isPresent()
            ? List.of(service.get())
            : RepairConsent.GUARDED.stream().flatMap(name -> services.find(name).stream()).toList();
    Coming manifest =
        service.isPresent() || subject.isEmpty() ? NO_MANIFEST : manifests.coming(subject, now);
    boolean busy =
        meant.stream().anyMatch(RepairSurroundings::busy)
            || manifest.busy()
            || (subject.isEmpty() && reboots.underWay());
    boolean well = meant.stream().allMatch(Supervised::healthy) && manifest.well();
    return new Served(busy, well, manifest.failed());
  }

  @Override
  public boolean ordered(String subject) {
    return subject.isEmpty()
        ? reboots.asking()
        : services.find(subject).map(it -> it.state.ordered()).orElseGet(placing::getAsBoolean);
  }

  private static boolean busy(Supervised service) {
    return service.state.inFlight().isPresent() || service.state.phase() instanceof Phase.Killing;
  }

  @Override
  public void lookAtEtcd() {
    etcd.ifPresent(EtcdDesk::look);
  }
}
