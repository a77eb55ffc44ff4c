package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.act.Evidence;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.ProbeReport;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.observe.Symptom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The loop as it is wired in earnest, but with services, a disk and a clock in the test's hand. */
final class Bench {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  final HandClock clock = new HandClock();
  final List<FakeAttachment> attached = new ArrayList<>();
  final List<String> filed = new ArrayList<>();
  final Publisher publisher;
  final Loop loop;
  final Mastership mastership;
  final WorkerDesk worker;

  /** A worker's look hangs: what it brings, the test says. */
  final WorkerWorld workerWorld =
      () -> {
        new CountDownLatch(1).await();
        throw new AssertionError("nobody counts");
      };

  private final Inbox inbox = new Inbox();
  private final Services services = new Services();
  private Optional<Outside.MasterOutside> master = Optional.empty();
  private PlanSource.Result configuration;

  Bench(ServiceSpec... specs) {
    this(_ -> {}, specs);
  }

  Bench(Consumer<Duration> turned, ServiceSpec... specs) {
    Plan plan = plan(specs);
    configuration = new PlanSource.Result.Valid(plan);
    EventRing events = new EventRing(100);
    publisher = new Publisher(clock, services, events, "m1", "1", List::of);
    Incidents incidents = new NotedIncidents();
    StateWriter<Memory> disk = new StateWriter<>(_ -> Optional.empty(), Memory.none(), _ -> {});
    Chronicle chronicle =
        new Chronicle(
            clock,
            Memory.none(),
            "boot",
            services,
            publisher,
            new Announcer(clock, events),
            disk,
            incidents);
    Stepper stepper = new Stepper(services, chronicle);
    Roster roster = new Roster(services, this::attach, stepper);
    Reports reports = new Reports(clock, publisher, chronicle, incidents);
    Outside outside =
        new Outside(
            clock,
            "boot",
            _ -> link(),
            Consent.ALWAYS,
            new Evidence(),
            _ -> master(),
            _ -> workerWorld);
    MasterParts parts = new MasterParts(outside, inbox, events, plan.settings().stateDir());
    mastership = new Mastership(parts, publisher, services);
    worker = new WorkerDesk(outside, publisher, inbox);
    Desk desk =
        new Desk(
            services, stepper, roster, mastership, worker, reports, () -> configuration, inbox);
    loop =
        new Loop(
            clock, inbox, services, stepper, mastership, worker, desk, publisher, reports, turned);
    roster.adopt(plan, Map.of(), clock.now());
    turn();
  }

  private static Outside.Link link() {
    throw new AssertionError("services are attached by the test");
  }

  private Outside.MasterOutside master() {
    return master.orElseThrow(() -> new AssertionError("no master is configured"));
  }

  /** This host becomes a master; what its threads tell is not heard. */
  Bench master(Outside.MasterOutside outside) {
    master = Optional.of(outside);
    Plan plain = plan();
    var _ =
        mastership.adopt(
            new Plan(
                plain.settings(), plain.services(), Optional.of(Masters.m1()), Optional.empty()),
            clock.now());
    return this;
  }

  private static Plan plan(ServiceSpec... specs) {
    return Plans.of(Path.of("/nowhere"), specs);
  }

  private Attachment attach(ServiceSpec spec) {
    FakeAttachment attachment = new FakeAttachment();
    attached.add(attachment);
    return attachment;
  }

  void turn(Message... messages) {
    loop.turn(List.of(messages), clock.now());
  }

  /** So many seconds pass, and the loop turns in each. */
  void pass(long seconds) {
    for (long n = 0; n < seconds; n++) {
      clock.pass(1);
      turn();
    }
  }

  Supervised service(String name) {
    return services.find(name).orElseThrow();
  }

  FakeAttachment at(String name) {
    return (FakeAttachment) service(name).attachment;
  }

  Bench is(String name, String label, Because because) {
    assertEquals(
        label + " " + because,
        service(name).state.phase().label() + " " + service(name).state.because());
    return this;
  }

  Incarnation runs(String name) {
    Incarnation life = new Incarnation(name + clock.now(), 42, clock.now());
    seen(name, new RunState.Running(life));
    return life;
  }

  void dies(String name) {
    seen(name, new RunState.Dead(new Exit(Exit.Kind.EXITED, 1, "")));
  }

  void seen(String name, RunState state) {
    turn(new Message.Seen(name, new RunReport(state, clock.now())));
  }

  /** Lives, and its probe passes. */
  Incarnation healthy(String name) {
    Incarnation life = runs(name);
    turn(probed(name, new CheckResult.Passed(Duration.ofMillis(2), "ok")));
    return life;
  }

  Message failed(String name) {
    return probed(name, new CheckResult.Failed(Symptom.TIMED_OUT, "no answer"));
  }

  private Message probed(String name, CheckResult result) {
    return new Message.Probed(name, new ProbeReport(Plans.PROBE, result, clock.now(), clock.now()));
  }

  void ended(String name, Outcome outcome) {
    turn(new Message.Ended(name, outcome, clock.now()));
  }

  void done(String name) {
    ended(name, new Outcome.Done());
  }

  /** Asks, and turns until there is an answer. */
  Reply ask(Request request) throws InterruptedException {
    CompletableFuture<Reply> answer = loop.handle(request, "eva");
    while (!answer.isDone()) {
      List<Message> messages = inbox.take(PATIENCE);
      if (messages.isEmpty()) {
        throw new AssertionError("no answer to " + request);
      }
      loop.turn(messages, clock.now());
    }
    return answer.join();
  }

  Reply reload(ServiceSpec... specs) throws InterruptedException {
    configuration = new PlanSource.Result.Valid(plan(specs));
    return ask(new Request.Reload());
  }

  Reply reloadBad(String... problems) throws InterruptedException {
    configuration = new PlanSource.Result.Invalid(List.of(problems));
    return ask(new Request.Reload());
  }

  private final class NotedIncidents implements Incidents {
    @Override
    public void died(String service, Exit exit, Because because, String reason) {
      filed.add(service + " died");
    }

    @Override
    public void recovered(String service) {
      filed.add(service + " recovered");
    }

    @Override
    public void show(String id, CompletableFuture<Reply> answer) {
      answer.complete(Reply.unknown(id));
    }
  }
}
