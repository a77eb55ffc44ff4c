package io.hasupervisor.loop;

import io.hasupervisor.decide.Action;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.FileChanges;
import io.hasupervisor.observe.ProbeReport;
import io.hasupervisor.observe.ProbeSchedule;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunSource;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The eyes, probes and hands of one real service. */
final class ServiceAttachment implements Attachment {
  private static final Duration FILES_EVERY = Duration.ofSeconds(5);

  private final String service;
  private final Looker looker;
  private final Hands hands;
  private final FileChanges files;
  private final BiFunction<Supplier<Optional<Long>>, Consumer<ProbeReport>, ProbeSchedule>
      schedules;
  private final Clock clock;
  private final Inbox inbox;
  private Optional<ProbeSchedule> probing = Optional.empty();
  private volatile Optional<Long> mainPid = Optional.empty();

  ServiceAttachment(
      ServiceSpec spec,
      Duration pollEvery,
      RunSource source,
      Hands hands,
      BiFunction<Supplier<Optional<Long>>, Consumer<ProbeReport>, ProbeSchedule> schedules,
      Clock clock,
      Inbox inbox) {
    this.service = spec.name();
    this.hands = hands;
    this.schedules = schedules;
    this.clock = clock;
    this.inbox = inbox;
    this.looker = new Looker(service, source, pollEvery, this::seen);
    this.files =
        new FileChanges(
            spec.watchedFiles(),
            FILES_EVERY,
            file -> inbox.post(new Message.Changed(service, file.toString())));
  }

  private void seen(RunReport report) {
    mainPid =
        report.state() instanceof RunState.Running running
            ? Optional.of(running.incarnation().pid())
            : Optional.empty();
    inbox.post(new Message.Seen(service, report));
  }

  @Override
  public void start() {
    looker.start();
    files.start();
  }

  @Override
  public void look() {
    looker.look();
  }

  @Override
  public void probe(Duration hurryFor) {
    if (probing.isEmpty()) {
      ProbeSchedule schedule =
          schedules.apply(() -> mainPid, report -> inbox.post(new Message.Probed(service, report)));
      schedule.start();
      probing = Optional.of(schedule);
    }
    if (hurryFor.isPositive()) {
      probing.get().checkNow(hurryFor);
    }
  }

  @Override
  public void stopProbing() {
    // In a thread of its own: ending checks takes a moment, and the loop waits for nothing.
    probing.ifPresent(
        schedule -> Thread.ofVirtual().name(service + " probes end").start(schedule::close));
    probing = Optional.empty();
  }

  @Override
  public void carryOut(Action action, Circumstances circumstances) {
    hands.carryOut(
        action,
        circumstances,
        outcome -> inbox.post(new Message.Ended(service, outcome, clock.now())));
  }

  @Override
  public void close() {
    looker.close();
    files.close();
    stopProbing();
  }
}
