package io.hasupervisor.loop;

import io.hasupervisor.assess.masters.MastersView;
import io.hasupervisor.host.Clock;
import io.hasupervisor.publish.ClusterStatus;
import io.hasupervisor.publish.ClusterStatusView;
import io.hasupervisor.publish.ControlPlane;
import io.hasupervisor.publish.Feed;
import io.hasupervisor.publish.LockStatus;
import io.hasupervisor.publish.ServiceEvent;
import io.hasupervisor.publish.Situation;
import io.hasupervisor.publish.Status;
import io.hasupervisor.publish.Status.IncidentRef;
import io.hasupervisor.publish.Status.Notice;
import io.hasupervisor.publish.StatusView;
import io.hasupervisor.publish.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Swaps the published picture after each turn; readers in other threads never wait for the loop.
 */
final class Publisher implements Feed {
  private static final int INCIDENTS_SHOWN = 5;

  private final Clock clock;
  private final Services services;
  private final EventRing events;
  private final String node;
  private final String version;
  private final Supplier<List<Notice>> otherNotices;
  private final Map<String, List<IncidentRef>> incidents = new LinkedHashMap<>();
  private final Map<String, Notice> notices = new LinkedHashMap<>();
  private Optional<ControlPlane> controlPlane = Optional.empty();
  private Optional<WorkerStatus> worker = Optional.empty();
  private Optional<MastersView> masters = Optional.empty();
  private volatile Picture picture;

  /** What the loop knew at the end of one turn. */
  record Picture(
      Duration at,
      boolean observeOnly,
      List<Snapshot> services,
      Optional<ControlPlane> controlPlane,
      Optional<WorkerStatus> worker,
      Optional<MastersView> masters,
      List<Notice> notices) {}

  Publisher(
      Clock clock,
      Services services,
      EventRing events,
      String node,
      String version,
      Supplier<List<Notice>> otherNotices) {
    this.clock = clock;
    this.services = services;
    this.events = events;
    this.node = node;
    this.version = version;
    this.otherNotices = otherNotices;
    this.picture =
        new Picture(
            clock.now(),
            false,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
  }

  void publish(Duration now) {
    List<Snapshot> snapshots = new ArrayList<>();
    services.all().forEach(service -> snapshots.add(snapshot(service)));
    picture =
        new Picture(
            now,
            services.observeOnly(),
            List.copyOf(snapshots),
            controlPlane,
            worker,
            masters,
            List.copyOf(notices.values()));
  }

  Snapshot snapshot(Supervised service) {
    List<IncidentRef> last = incidents.getOrDefault(service.spec.name(), List.of());
    return new Snapshot(service.spec, service.state, service.board, last);
  }

  /** What is known of one service, as of {@code now}. */
  Situation situation(Snapshot snapshot, Duration now) {
    Instant wall = clock.wall();
    return new Situation(
        snapshot.spec().name(),
        snapshot.spec().unit().kind(),
        snapshot.spec().policy(),
        snapshot.state(),
        snapshot.board(),
        snapshot.incidents(),
        now,
        time -> wall.minus(now).plus(time));
  }

  /** Newest first. */
  void filed(String service, IncidentRef incident) {
    List<IncidentRef> next = new ArrayList<>(incidents.getOrDefault(service, List.of()));
    next.removeIf(known -> known.id().equals(incident.id()));
    next.addFirst(incident);
    incidents.put(service, List.copyOf(next.subList(0, Math.min(INCIDENTS_SHOWN, next.size()))));
  }

  /** Shows a notice; one with an empty text takes the earlier one of its code back. */
  void notice(Notice notice) {
    if (notice.text().isEmpty()) {
      notices.remove(notice.code());
    } else {
      notices.putIfAbsent(notice.code(), notice);
      notices.computeIfPresent(
          notice.code(), (code, known) -> new Notice(code, known.since(), notice.text()));
    }
  }

  /** What is published of the control plane from the next turn on. */
  void controlPlane(Optional<ControlPlane> known) {
    controlPlane = known;
  }

  /** Of this program. */
  String version() {
    return version;
  }

  /** What is published of all masters from the next turn on. */
  void masters(Optional<MastersView> known) {
    masters = known;
  }

  /** What is published of a worker's way to the apiservers from the next turn on. */
  void worker(Optional<WorkerStatus> known) {
    worker = known;
  }

  /** The services as of the last turn, seen from now; from any thread. */
  List<Situation> situations() {
    Duration now = clock.now();
    return picture.services().stream().map(service -> situation(service, now)).toList();
  }

  @Override
  public Status status() {
    Picture seen = picture;
    return StatusView.of(
        node,
        version,
        clock.wall(),
        seen.observeOnly(),
        situations(),
        seen.controlPlane(),
        seen.worker(),
        notices(seen));
  }

  @Override
  public Optional<ClusterStatus> cluster() {
    Duration now = clock.now();
    Instant wall = clock.wall();
    Picture seen = picture;
    Optional<LockStatus> lock = seen.controlPlane().flatMap(ControlPlane::lock);
    return seen.masters().map(view -> ClusterStatusView.of(view, lock, node, now, wall));
  }

  private List<Notice> notices(Picture seen) {
    return Stream.concat(seen.notices().stream(), otherNotices.get().stream()).toList();
  }

  @Override
  public List<ServiceEvent> eventsSince(long seq) {
    return events.since(seq);
  }

  @Override
  public Duration sinceLastTurn() {
    return clock.now().minus(picture.at());
  }
}
