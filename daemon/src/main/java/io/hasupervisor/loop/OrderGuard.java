package io.hasupervisor.loop;

import io.hasupervisor.decide.Event.Order;
import io.hasupervisor.decide.disruption.Acceptance;
import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.decide.disruption.Disruption.Kind;
import io.hasupervisor.decide.disruption.GateRefusal;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells an operator at once what his order would cost etcd, and passes on that he accepts it. In
 * the loop's thread only.
 */
final class OrderGuard {
  /** From the order to the act: evidence is saved, the lock is taken, the members are asked. */
  private static final Duration ACCEPTED_FOR = Duration.ofMinutes(2);

  private final Supplier<Optional<Repair>> repair;

  /** Who says whether this master may be disturbed, as {@link RepairDesk} does. */
  interface Repair {
    /** Why it would be refused now, by present evidence; nothing is asked or taken. */
    Optional<GateRefusal> preview(Disruption wanted, Duration now);

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
   * @param price what it will cost, where the operator accepts that; may be empty
   */
  record Weighed(Optional<String> refused, String price) {
    private static final Weighed FREE = new Weighed(Optional.empty(), "");
  }

  /** Weighs {@code order}, and has it accepted where {@code accepts}, which lapses by itself. */
  Weighed weigh(Supervised service, Order order, boolean accepts, String by, Duration now) {
    Optional<Repair> desk =
        repair.get().filter(_ -> RepairConsent.GUARDED.contains(service.spec.name()));
    Optional<Disruption> wanted = disruption(service, order);
    if (desk.isEmpty() || wanted.isEmpty()) {
      return Weighed.FREE;
    }
    Optional<GateRefusal> price = desk.get().preview(wanted.get(), now);
    Optional<GateRefusal> refusal = accepts ? desk.get().hopeless(wanted.get(), now) : price;
    if (refusal.isPresent()) {
      return new Weighed(refusal.map(it -> told(wanted.get(), it)), "");
    }
    if (accepts) {
      desk.get().accepted(new Acceptance(service.spec.name(), by, now.plus(ACCEPTED_FOR)));
    }
    return price
        .map(it -> new Weighed(Optional.empty(), "At a price that was accepted: " + it.why()))
        .orElse(Weighed.FREE);
  }

  private static String told(Disruption wanted, GateRefusal refusal) {
    return "refused to %s (%s): %s%s"
        .formatted(
            wanted.words(),
            refusal.reason(),
            refusal.why(),
            refusal.cure().isEmpty() ? "" : " " + refusal.cure());
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
