package io.hasupervisor.loop;

import io.hasupervisor.act.IncidentStore;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.ProbeReport;
import io.hasupervisor.observe.ProbeSchedule;
import io.hasupervisor.observe.ProbeSpec;
import io.hasupervisor.publish.Feed;
import io.hasupervisor.publish.ReadyFeed;
import io.hasupervisor.publish.Status.Notice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Builds the loop and everything that is its own, and closes it in reverse. */
public final class Assembly implements AutoCloseable {
  private static final int EVENTS_KEPT = 512;
  private static final String STATE_FILE = "STATE_FILE";
  private static final String STATE_DISK = "STATE_NOT_SAVED";

  private final Outside outside;
  private final Plan plan;
  private final Inbox inbox = new Inbox();
  private final Services services = new Services();
  private final IncidentDesk incidents;
  private final StateWriter<Memory> disk;
  private final Publisher publisher;
  private final Roster roster;
  private final MasterParts masterParts;
  private final Mastership mastership;
  private final WorkerDesk worker;
  private final Loop loop;
  private final Memory before;
  private final Consent consent;

  /**
   * Nothing runs yet.
   *
   * @param otherNotices of those who run beside the loop
   * @param turned called about once a second by the turning loop: feeds the watchdog
   */
  public Assembly(
      Plan plan,
      Outside outside,
      PlanSource plans,
      String version,
      Supplier<List<Notice>> otherNotices,
      Consumer<Duration> turned) {
    this.outside = outside;
    this.consent = new RepairConsent(inbox, outside.consent());
    this.plan = plan;
    Clock clock = outside.clock();
    Path stateDir = plan.settings().stateDir();
    StateFile<Memory> file = StateFile.ofServices(stateDir.resolve("state.json"));
    StateFile.Loaded<Memory> loaded = file.load(clock.wall());
    this.before = loaded.memory();
    loaded.problem().ifPresent(text -> note(STATE_FILE, text));
    this.disk = new StateWriter<>(file, before, problem -> note(STATE_DISK, problem.orElse("")));
    IncidentStore store =
        new IncidentStore(
            stateDir.resolve("incidents"),
            plan.settings().incidentsKept(),
            plan.settings().incidentBytes());
    this.incidents = new IncidentDesk(store, clock, inbox);
    EventRing events = new EventRing(EVENTS_KEPT);
    this.publisher =
        new Publisher(clock, services, events, plan.settings().node(), version, otherNotices);
    Chronicle chronicle =
        new Chronicle(
            clock,
            before,
            outside.bootId(),
            services,
            publisher,
            new Announcer(clock, events),
            disk,
            incidents);
    Stepper stepper = new Stepper(services, chronicle);
    this.roster = new Roster(services, this::attach, stepper);
    Reports reports = new Reports(clock, publisher, chronicle, incidents);
    this.masterParts = new MasterParts(outside, inbox, events, stateDir);
    this.mastership = new Mastership(masterParts, publisher, services);
    this.worker = new WorkerDesk(outside, publisher, inbox);
    Desk desk = new Desk(services, stepper, roster, mastership, worker, reports, plans, inbox);
    this.loop =
        new Loop(
            clock, inbox, services, stepper, mastership, worker, desk, publisher, reports, turned);
  }

  /** The loop, to be run by the calling thread once {@link #start} has returned. */
  public Loop loop() {
    return loop;
  }

  /** What others may read. */
  public Feed feed() {
    return publisher;
  }

  /** What load balancers may ask. */
  public ReadyFeed ready() {
    return masterParts.ready();
  }

  /** Shows a notice in the status, or takes it back where the text is empty. From any thread. */
  public void note(String code, String text) {
    inbox.post(new Message.Noticed(new Notice(code, outside.clock().wall(), text)));
  }

  /**
   * Takes the plan over and begins to look at its services. In the thread that will run the loop.
   */
  public void start() {
    Duration now = outside.clock().now();
    Map<String, ServiceState> remembered = new LinkedHashMap<>();
    for (ServiceSpec spec : plan.services()) {
      remembered.put(
          spec.name(),
          before.resumed(
              spec.name(), spec.policy(), outside.bootId(), now, outside.clock().wall()));
    }
    disk.start();
    incidents.load(plan.services().stream().map(ServiceSpec::name).toList());
    roster.adopt(plan, remembered, now);
    masterParts.start();
    var _ = mastership.adopt(plan, now);
    var _ = worker.adopt(plan, now);
    publisher.publish(now);
  }

  private Attachment attach(ServiceSpec spec) {
    Outside.Link link = outside.links().apply(spec);
    Captures captures = new Captures(spec, outside.evidence(), incidents);
    Hands hands = new Hands(spec.name(), link.actuator(), consent, captures);
    List<ProbeSpec> probes = spec.checks().stream().map(ServiceSpec.Check::probe).toList();
    return new ServiceAttachment(
        spec,
        plan.settings().pollEvery(),
        link.runs(),
        hands,
        (mainPid, reports) -> schedule(spec.name(), probes, mainPid, reports),
        outside.clock(),
        inbox);
  }

  private ProbeSchedule schedule(
      String service,
      List<ProbeSpec> probes,
      Supplier<Optional<Long>> mainPid,
      Consumer<ProbeReport> reports) {
    return ProbeSchedule.of(service, probes, mainPid, outside.clock(), reports);
  }

  /** Lets go of all services, leaving them as they are, and saves what is to be remembered. */
  @Override
  public void close() {
    services.all().forEach(service -> service.attachment.close());
    mastership.close();
    worker.close();
    incidents.close();
    disk.close();
  }
}
