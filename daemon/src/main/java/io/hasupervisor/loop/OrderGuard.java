package io.hasupervisor.loop;

import io.hasupervisor.assess.etcd.Words;
import io.hasupervisor.control.Reply;
import io.hasupervisor.decide.Event.Order;
import io.hasupervisor.decide.disruption.Acceptance;
import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.decide.disruption.Disruption.Kind;
import io.hasupervisor.decide.disruption.GateRefusal;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Tells an operator at once what his order would cost etcd, and passes on that he accepts it. In
 * the loop's thread only.
 */
final class OrderGuard {
  private final Supplier<Optional<Repair>> repair;

  /** Who says whether this master may be disturbed, as {@link RepairDesk} does. */
  interface Repair {
    /** Why it would be refused now, by present evidence; nothing is asked or taken. */
    Optional<GateRefusal> preview(Disruption wanted, Duration now);

    /**
     * Why it would be refused to who has accepted nothing, whatever goes on here: what the order
     * will cost.
     */
    Optional<GateRefusal> price(Disruption wanted, Duration now);

    /** Why it would be refused even to who accepts that quorum is lost. */
    Optional<GateRefusal> hopeless(Disruption wanted, Duration now);

    /** An operator accepts that quorum is lost. */
    void accepted(Acceptance acceptance);
  }

  /**
   * @param repair empty where this host is no master
   */
  OrderGuard(Supplier<Optional<Repair>> repair) {
    this.repair = repair;
  }

  /**
   * What an order would meet now.
   *
   * @param refused the answer where it must not be given, else empty
   * @param price what it will cost, where the operator accepts that, or what it waits for; may be
   *     empty
   */
  record Weighed(Optional<String> refused, String price) {
    static final Weighed FREE = new Weighed(Optional.empty(), "");

    /** The answer to the order, with its price. */
    Reply told(Reply reply) {
      return reply.exit() != 0 || price.isEmpty() ? reply : Reply.done(reply.body() + "\n" + price);
    }
  }

  /** Weighs {@code order}, and has it accepted where {@code accepts}, as long as it is pending. */
  Weighed weigh(Supervised service, Order order, boolean accepts, String by, Duration now) {
    Optional<Repair> desk =
        repair.get().filter(_ -> RepairConsent.GUARDED.contains(service.spec.name()));
    Optional<Disruption> wanted = disruption(service, order);
    if (desk.isEmpty() || wanted.isEmpty()) {
      return Weighed.FREE;
    }
    Optional<GateRefusal> refusal =
        accepts ? desk.get().hopeless(wanted.get(), now) : desk.get().preview(wanted.get(), now);
    if (refusal.isPresent()) {
      return refused(wanted.get(), refusal.get());
    }
    return accepts ? accepted(desk.get(), List.of(wanted.get()), by, now) : Weighed.FREE;
  }

  /**
   * The same for the placement of these manifests. One that must wait is not refused: it is asked
   * for again by itself, and told for what it waits.
   */
  Weighed weigh(List<String> manifests, boolean accepts, String by, Duration now) {
    List<Disruption> wanted =
        manifests.stream()
            .map(name -> new Disruption(Kind.PLACE, name, Disruption.Origin.OPERATOR))
            .toList();
    Optional<Repair> desk = repair.get();
    if (desk.isEmpty() || wanted.isEmpty()) {
      return Weighed.FREE;
    }
    if (!accepts) {
      return new Weighed(
          Optional.empty(),
          lines(
              wanted,
              it -> desk.get().preview(it, now).map(no -> "It must wait to " + told(it, no))));
    }
    return wanted.stream()
        .flatMap(it -> desk.get().hopeless(it, now).map(no -> refused(it, no)).stream())
        .findFirst()
        .orElseGet(() -> accepted(desk.get(), wanted, by, now));
  }

  private static Weighed refused(Disruption wanted, GateRefusal refusal) {
    return new Weighed(Optional.of("refused to " + told(wanted, refusal)), "");
  }

  /** Priced before it is accepted: that is the answer to each such order, not to the first only. */
  private static Weighed accepted(Repair desk, List<Disruption> wanted, String by, Duration now) {
    String price =
        lines(
            wanted,
            it ->
                desk.price(it, now)
                    .map(
                        no ->
                            "At a price that was accepted: "
                                + no.why()
                                + " That holds until this order has come to its end, for "
                                + Words.length(Acceptance.LONGEST)
                                + " at most."));
    wanted.forEach(it -> desk.accepted(Acceptance.of(it.subject(), by, now)));
    return new Weighed(Optional.empty(), price);
  }

  private static String lines(
      List<Disruption> wanted, Function<Disruption, Optional<String>> line) {
    return wanted.stream().flatMap(it -> line.apply(it).stream()).collect(Collectors.joining("\n"));
  }

  private static String told(Disruption wanted, GateRefusal refusal) {
    return "%s (%s): %s".formatted(wanted.words(), refusal.reason(), refusal.told());
  }

  /** What the order does to what is seen now; empty where that ends nothing and starts nothing. */
  private static Optional<Disruption> disruption(Supervised service, Order order) {
    boolean down =
        switch (service.state.facts().run().state()) {
          case RunState.Dead _, RunState.RestartingByInit _, RunState.Absent _ -> true;
          case RunState.Running _, RunState.Stopping _, RunState.JobWaiting _, RunState.Unclear _ ->
              false;
        };
    Optional<Kind> kind =
        switch (order) {
          case Order.Start _ -> down ? Optional.of(Kind.START) : Optional.empty();
          case Order.Restart _ -> Optional.of(down ? Kind.START : Kind.RESTART);
          case Order.Retry _ when down -> Optional.of(Kind.START);
          case Order.Retry _ ->
              service.state.facts().verdict().confirmed()
                  ? Optional.of(Kind.RESTART)
                  : Optional.empty();
          case Order.Stop _ -> down ? Optional.empty() : Optional.of(Kind.STOP);
          case Order.Keep _, Order.Release _ -> Optional.empty();
        };
    return kind.map(it -> new Disruption(it, service.spec.name(), Disruption.Origin.OPERATOR));
  }
}
