package io.hasupervisor.loop;

import io.hasupervisor.control.Answers;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.decide.Event.Order;
import io.hasupervisor.decide.Event.Ordered;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.disruption.LockOrder;
import io.hasupervisor.decide.disruption.RollingTurn;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.tinylog.Logger;

/**
 * Answers operators: turns their requests into orders, and says what will come of them. In the
 * loop's thread only.
 */
final class Desk {
  private final Services services;
  private final Stepper stepper;
  private final Roster roster;
  private final Mastership mastership;
  private final StartGuard starts;
  private final OrderGuard orders;
  private final RollingDesk rolling;
  private final WorkerDesk worker;
  private final Reports reports;
  private final PlanSource plans;
  private final Inbox inbox;

  Desk(
      Services services,
      Stepper stepper,
      Roster roster,
      Mastership mastership,
      WorkerDesk worker,
      Reports reports,
      PlanSource plans,
      Inbox inbox) {
    this.services = services;
    this.stepper = stepper;
    this.roster = roster;
    this.mastership = mastership;
    this.starts = new StartGuard(services, () -> mastership.repair().map(desk -> desk::asked));
    this.orders = new OrderGuard(() -> mastership.repair().map(desk -> desk));
    this.rolling =
        new RollingDesk(
            services,
            (service, now) -> {
              String _ = order(service, new Order.Restart("its turn"), now);
            });
    this.worker = worker;
    this.reports = reports;
    this.plans = plans;
    this.inbox = inbox;
  }

  void answer(Message.Asked asked, Duration now) {
    String by = asked.user();
    switch (asked.request()) {
      case Request.Reload _ -> read(asked.answer());
      case Request.GetStatus _,
          Request.GetCluster _,
          Request.GetEvents _,
          Request.GetLock _,
          Request.GetRolling _,
          Request.Explain _,
          Request.ShowIncident _ ->
          throw new IllegalStateException("a question is not an order: " + asked.request());
      case Request.Start start ->
          one(asked, start.service(), new Order.Start(by), start.acceptLoss(), now);
      case Request.Restart restart ->
          one(asked, restart.service(), new Order.Restart(by), restart.acceptLoss(), now);
      case Request.Retry retry ->
          one(asked, retry.service(), new Order.Retry(by), retry.acceptLoss(), now);
      case Request.Stop stop ->
          one(
              asked,
              stop.service(),
              new Order.Stop(stopped(by, stop.length().map(now::plus))),
              stop.acceptLoss(),
              now);
      case Request.Hold hold -> {
        Hold kept =
            new Hold(Hold.Kind.OPERATOR, by, hold.reason(), Optional.of(now.plus(hold.length())));
        all(asked, hold.service(), new Order.Keep(kept), now);
      }
      case Request.AcceptRestore _ -> asked.answer().complete(mastership.acceptRestore(by, now));
      case Request.BreakLock _ -> mastership.order(asked, new LockOrder.Break());
      case Request.FreezeLock freeze ->
          mastership.order(asked, new LockOrder.Freeze(freeze.reason()));
      case Request.UnfreezeLock _ -> mastership.order(asked, new LockOrder.Unfreeze());
      case Request.RestartRolling rolling -> rolling(asked, rolling);
      case Request.StopRolling _ -> mastership.order(asked, new LockOrder.StopRolling());
      case Request.Reboot reboot -> mastership.reboot(asked, reboot, now);
      case Request.MayStart may -> starts.asked(asked, may, now);
      case Request.PlaceManifests place -> mastership.place(asked, place);
      case Request.Release release -> all(asked, release.service(), new Order.Release(by), now);
    }
  }

  /** Gives this master its part of what all do in turns. */
  void tick(Duration now) {
    rolling.tick(mastership.repair().flatMap(RepairDesk::turn), now);
  }

  private void rolling(Message.Asked asked, Request.RestartRolling wanted) {
    String service = wanted.service();
    if (services.find(service).isEmpty()) {
      asked.answer().complete(unknown(service));
    } else if (!RepairConsent.GUARDED.contains(service)) {
      asked
          .answer()
          .complete(
              Reply.refused(
                  "masters take turns only for: "
                      + String.join(", ", new TreeSet<>(RepairConsent.GUARDED))
                      + "; on each host: ha-supervisor restart "
                      + service));
    } else {
      mastership.order(
          asked,
          new LockOrder.Roll(RollingTurn.restart(service), wanted.reason(), mastership.masters()));
    }
  }

  private static Hold stopped(String by, Optional<Duration> until) {
    return new Hold(Hold.Kind.STOPPED, by, "stopped by " + by, until);
  }

  private void one(
      Message.Asked asked, String name, Order given, boolean acceptsLoss, Duration now) {
    Optional<Supervised> service = services.find(name);
    if (service.isEmpty()) {
      asked.answer().complete(unknown(name));
      return;
    }
    Optional<Hold> hold =
        service.get().state.facts().hold().filter(h -> h.kind() == Hold.Kind.OPERATOR);
    if (hold.isPresent() && !(given instanceof Order.Stop)) {
      asked.answer().complete(Reply.refused(reports.heldAgainst(service.get(), hold.get())));
      return;
    }
    OrderGuard.Weighed weighed = orders.weigh(service.get(), given, acceptsLoss, asked.user(), now);
    if (weighed.refused().isPresent()) {
      asked.answer().complete(Reply.refused(weighed.refused().get()));
      return;
    }
    asked.answer().complete(weighed.told(Reply.done(order(service.get(), given, now))));
  }

  private void all(Message.Asked asked, Optional<String> name, Order order, Duration now) {
    Collection<Supervised> meant =
        name.map(n -> services.find(n).<Collection<Supervised>>map(List::of).orElse(List.of()))
            .orElse(services.all());
    if (meant.isEmpty()) {
      asked.answer().complete(unknown(name.orElse("")));
      return;
    }
    List<String> lines = meant.stream().map(service -> order(service, order, now)).toList();
    asked.answer().complete(Reply.done(String.join("\n", lines)));
  }

  private String order(Supervised service, Order order, Duration now) {
    stepper.apply(service, new Ordered(order), now);
    String line =
        service.spec.name()
            + ": "
            + service.state.phase().label()
            + ": "
            + reports.reason(service, now);
    Logger.info("order {}: {}", order, line);
    return line;
  }

  private Reply unknown(String name) {
    return Answers.unknownService(
        name, services.all().stream().map(service -> service.spec.name()).toList());
  }

  private void read(CompletableFuture<Reply> answer) {
    Thread.ofVirtual()
        .name("reload")
        .start(() -> inbox.post(new Message.Planned(plans.read(), answer)));
  }

  void planned(Message.Planned planned, Duration now) {
    planned
        .answer()
        .complete(
            switch (planned.result()) {
              case PlanSource.Result.Valid valid -> {
                List<String> changes =
                    Stream.of(
                            roster.adopt(valid.plan(), Map.of(), now),
                            mastership.adopt(valid.plan(), now),
                            worker.adopt(valid.plan(), now))
                        .flatMap(List::stream)
                        .toList();
                reports.configurationRead();
                yield Reply.done(
                    changes.isEmpty() ? "nothing changed" : String.join("\n", changes));
              }
              case PlanSource.Result.Invalid invalid -> {
                reports.configurationRefused(invalid.problems());
                yield new Reply(
                    78,
                    "nothing was changed: the configuration is not valid\n"
                        + String.join("\n", invalid.problems()));
              }
            });
  }
}
