package io.hasupervisor.loop;

import io.hasupervisor.control.Handler;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.decide.Event;
import io.hasupervisor.host.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.tinylog.Logger;

/**
 * The one thread that owns all mutable state: takes messages, steps the machines, hands out their
 * actions, publishes. It waits for nothing but its mailbox: no I/O happens here.
 */
public final class Loop implements Handler {
  /**
   * Longest time between two turns; the watchdog is fed and verdicts are looked at anew this often.
   */
  static final Duration BEAT = Duration.ofSeconds(1);

  /**
   * A turn that comes this late voids the round of probes: the daemon itself was starved, stopped
   * or suspended.
   */
  static final Duration LATE = BEAT.multipliedBy(2);

  private final Clock clock;
  private final Inbox inbox;
  private final Services services;
  private final Stepper stepper;
  private final Mastership mastership;
  private final WorkerDesk worker;
  private final Desk desk;
  private final Publisher publisher;
  private final Reports reports;
  private final Consumer<Duration> turned;
  private Duration lastTurn = Duration.ZERO;
  private Duration nextBeat = Duration.ZERO;
  private boolean quit;

  /**
   * A loop that does not run yet.
   *
   * @param turned called after each beat with the present time: feeds the watchdog
   */
  Loop(
      Clock clock,
      Inbox inbox,
      Services services,
      Stepper stepper,
      Mastership mastership,
      WorkerDesk worker,
      Desk desk,
      Publisher publisher,
      Reports reports,
      Consumer<Duration> turned) {
    this.clock = clock;
    this.inbox = inbox;
    this.services = services;
    this.stepper = stepper;
    this.mastership = mastership;
    this.worker = worker;
    this.desk = desk;
    this.publisher = publisher;
    this.reports = reports;
    this.turned = turned;
  }

  /** Turns until {@link #quit}, in the calling thread. Services are left as they are. */
  public void run() throws InterruptedException {
    lastTurn = clock.now();
    nextBeat = lastTurn;
    while (!quit) {
      List<Message> messages = inbox.take(wake().minus(clock.now()));
      turn(messages, clock.now());
    }
  }

  /** Takes these messages in, and whatever has come due. */
  void turn(List<Message> messages, Duration now) {
    if (now.minus(lastTurn).compareTo(BEAT.plus(LATE)) > 0) {
      late(now.minus(lastTurn), now);
    }
    messages.forEach(message -> handle(message, now));
    if (now.compareTo(nextBeat) >= 0) {
      services.all().forEach(service -> stepper.tick(service, now));
      mastership.tick(now);
      desk.tick(now);
      worker.tick();
      nextBeat = now.plus(BEAT);
      turned.accept(now);
    } else {
      services.all().stream()
          .filter(service -> due(service, now))
          .forEach(service -> stepper.tick(service, now));
    }
    publisher.publish(now);
    lastTurn = now;
  }

  private Duration wake() {
    return services.all().stream()
        .filter(service -> service.state.inFlight().isEmpty())
        .map(service -> service.state.phase().deadline())
        .flatMap(Optional::stream)
        // A deadline that has been looked at waits for evidence, not for time.
        .filter(deadline -> deadline.compareTo(lastTurn) > 0 && deadline.compareTo(nextBeat) < 0)
        .min(Duration::compareTo)
        .orElse(nextBeat);
  }

  private static boolean due(Supervised service, Duration now) {
    return service
        .state
        .phase()
        .deadline()
        .filter(deadline -> deadline.compareTo(now) <= 0)
        .isPresent();
  }

  private void late(Duration gap, Duration now) {
    Logger.warn(
        "this daemon was not running for {} ms: the present round of probes is void",
        gap.toMillis());
    services.all().forEach(service -> service.board = service.board.lateUntil(now));
  }

  private void handle(Message message, Duration now) {
    switch (message) {
      case Message.Seen seen ->
          services.find(seen.service()).ifPresent(s -> stepper.seen(s, seen.report(), now));
      case Message.Probed probed ->
          services.find(probed.service()).ifPresent(s -> stepper.probed(s, probed.report(), now));
      case Message.Ended ended ->
          services.find(ended.service()).ifPresent(s -> ended(s, ended, now));
      case Message.Changed changed ->
          services
              .find(changed.service())
              .ifPresent(s -> stepper.apply(s, new Event.CauseChanged(changed.file()), now));
      case Message.Filed filed -> publisher.filed(filed.service(), filed.incident());
      case Message.Noticed noticed -> publisher.notice(noticed.notice());
      case Message.Inspected inspected -> mastership.inspected(inspected, now);
      case Message.EtcdRecalled recalled -> mastership.etcdRecalled(recalled);
      case Message.EtcdLooked looked -> mastership.etcdLooked(looked, now);
      case Message.LastWords words -> mastership.lastWords(words);
      case Message.EntryLooked looked -> mastership.entryLooked(looked, now);
      case Message.WorkerLooked looked -> worker.looked(looked, now);
      case Message.Repaired repaired -> mastership.repaired(repaired, now);
      case Message.ConsentAsked asked -> mastership.consent(asked.ask());
      case Message.ConsentWithdrawn gone -> mastership.withdrawn(gone.answer(), now);
      case Message.PodSighted sighted -> mastership.podSighted(sighted, now);
      case Message.BackedUp backedUp -> mastership.backedUp(backedUp, now);
      case Message.Rolled rolled -> mastership.rolled(rolled, now);
      case Message.Recalled recalled -> mastership.recalled(recalled.recalled(), now);
      case Message.Fetched fetched -> mastership.fetched(fetched, now);
      case Message.Asked asked -> desk.answer(asked, now);
      case Message.Planned planned -> desk.planned(planned, now);
      case Message.Quit _ -> quit = true;
    }
  }

  private void ended(Supervised service, Message.Ended ended, Duration now) {
    stepper.apply(service, new Event.Finished(ended.outcome(), ended.at()), now);
    service.attachment.look();
  }

  /**
   * Questions are answered at once from what was published last, even if the loop hangs; orders
   * wait for a turn.
   */
  @Override
  public CompletableFuture<Reply> handle(Request request, String user) {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    if (reports.answers(request, answer)) {
      return answer;
    }
    inbox.post(new Message.Asked(request, user, answer));
    return answer;
  }

  /** Reads the configuration anew; the answer is logged. From any thread. */
  public CompletableFuture<Reply> reload() {
    return handle(new Request.Reload(), "signal")
        .whenComplete((reply, _) -> Logger.info("reload: {}", reply.body()));
  }

  /** Ends {@link #run} soon. From any thread. */
  public void quit() {
    inbox.post(new Message.Quit());
  }
}
