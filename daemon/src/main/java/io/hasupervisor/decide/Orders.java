package io.hasupervisor.decide;

import io.hasupervisor.decide.Event.Order;
import io.hasupervisor.observe.RunState.Dead;
import io.hasupervisor.observe.RunState.RestartingByInit;
import io.hasupervisor.observe.RunState.Running;
import io.hasupervisor.observe.RunState.Stopping;
import java.time.Duration;
import java.util.Optional;

/** What an operator's order changes. Orders act also where the policy only observes. */
final class Orders {
  private Orders() {}

  /**
   * The state that knows of the order. A hold stands until released: start, restart and retry do
   * not break it.
   */
  static ServiceState take(ServiceState state, Order order, Duration now) {
    Facts facts = state.facts();
    boolean stopped = facts.hold().filter(hold -> hold.kind() == Hold.Kind.STOPPED).isPresent();
    return switch (order) {
      case Order.Keep keep ->
          state.with(facts.withHold(Optional.of(keep.hold())).withOrder(Optional.empty()));
      case Order.Release _ -> released(state, now);
      case Order.Stop stop ->
          state.with(facts.withHold(Optional.of(stop.hold())).withOrder(Optional.of(stop)));
      case Order.Start _, Order.Retry _ ->
          facts.hold().isPresent() && !stopped ? state : tryNow(state, order, now);
      case Order.Restart _ ->
          facts.hold().isPresent() && !stopped
              ? state
              : state.with(facts.withHold(Optional.empty()).withOrder(Optional.of(order)));
    };
  }

  private static ServiceState released(ServiceState state, Duration now) {
    ServiceState next =
        state.with(state.facts().withHold(Optional.empty()).withOrder(Optional.empty()));
    return startableAt(next, now, Because.RELEASED);
  }

  private static ServiceState tryNow(ServiceState state, Order order, Duration now) {
    ServiceState next =
        state.with(state.facts().withHold(Optional.empty()).withOrder(Optional.of(order)));
    return startableAt(
        next, now, order instanceof Order.Start ? Because.OPERATOR_START : Because.OPERATOR_RETRY);
  }

  static ServiceState startableAt(ServiceState state, Duration now, Because why) {
    return state
        .log()
        .down()
        .filter(down -> down.cause() != Because.INIT_RESTARTS)
        .map(down -> state.with(state.log().withDown(down.startingAt(now, why))))
        .orElse(state);
  }

  static ServiceState withoutOverdueHold(ServiceState state, Duration now) {
    boolean over = state.facts().hold().filter(hold -> hold.over(now)).isPresent();
    return over
        ? startableAt(
            state.with(state.facts().withHold(Optional.empty()).withOrder(Optional.empty())),
            now,
            Because.HOLD_OVER)
        : state;
  }

  /** Whether there is an order that can be carried out on what is seen now. */
  static boolean applies(ServiceState state) {
    return state.facts().order().isPresent()
        && switch (state.facts().run().state()) {
          case Running _, Dead _, RestartingByInit _, Stopping _ -> true;
          default -> false;
        };
  }

  static Step carryOut(Policy policy, ServiceState state, Duration now) {
    Order order = state.facts().order().orElseThrow();
    ServiceState s = state.with(state.facts().withOrder(Optional.empty()));
    boolean alive =
        s.facts().run().state() instanceof Running || s.facts().run().state() instanceof Stopping;
    return switch (order) {
      case Order.Stop _ ->
          alive || initWouldStart(s)
              ? ladder(policy, s, Purpose.OPERATOR_STOP, now)
              : ServiceMachine.settle(policy, s, now);
      case Order.Restart _ ->
          alive
              ? ladder(policy, s, Purpose.OPERATOR_RESTART, now)
              : DeadRule.start(policy, s, Because.OPERATOR_RESTART, now);
      case Order.Start _ ->
          alive
              ? ServiceMachine.settle(policy, s, now)
              : DeadRule.start(policy, s, Because.OPERATOR_START, now);
      case Order.Retry _ ->
          alive
              ? retryKill(policy, s, now)
              : DeadRule.start(policy, s, Because.OPERATOR_RETRY, now);
      case Order.Keep _, Order.Release _ -> ServiceMachine.settle(policy, s, now);
    };
  }

  private static boolean initWouldStart(ServiceState s) {
    return s.facts().run().state() instanceof RestartingByInit;
  }

  /**
   * A living service that waits for its kill budget is killed now if its probes still ask for it:
   * the order's kill, so it neither needs nor uses the budget.
   */
  private static Step retryKill(Policy policy, ServiceState s, Duration now) {
    return s.facts().verdict().confirmed() && s.facts().waitingOn().isEmpty()
        ? Ladder.begin(policy, s, Purpose.OPERATOR_RESTART, Because.OPERATOR_RETRY, now)
        : ServiceMachine.settle(policy, s, now);
  }

  private static Step ladder(Policy policy, ServiceState s, Purpose purpose, Duration now) {
    Because why =
        purpose == Purpose.OPERATOR_STOP ? Because.OPERATOR_STOP : Because.OPERATOR_RESTART;
    return Ladder.begin(policy, s, purpose, why, now);
  }
}
