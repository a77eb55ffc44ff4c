package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.Event.Order;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.ServiceMachine;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.decide.disruption.Acceptance;
import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.GateRefusal;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an operator is told of the price of his order, before it is given. */
final class OrderGuardTest {
  private static final Duration NOW = Duration.ofMinutes(10);
  private static final RunState ALIVE = new RunState.Running(new Incarnation("a", 42, NOW));
  private static final RunState DOWN = new RunState.Dead(new Exit(Exit.Kind.EXITED, 1, ""));
  private static final Order RESTART = new Order.Restart("eva");
  private static final Order STOP =
      new Order.Stop(new Hold(Hold.Kind.STOPPED, "eva", "", Optional.empty()));

  private final List<String> asked = new ArrayList<>();
  private final List<Acceptance> accepted = new ArrayList<>();
  private Optional<GateRefusal> refusal =
      Optional.of(
          new GateRefusal(
              GateReason.WOULD_LOSE_QUORUM,
              "Restarting docker would stop this host's member of etcd: 1 of 3 voters is left.",
              "To do it all the same: ha-supervisor restart docker --accept-quorum-loss",
              Duration.ofSeconds(10)));

  private final OrderGuard.Repair desk =
      new OrderGuard.Repair() {
        @Override
        public Optional<GateRefusal> preview(Disruption wanted, Duration now) {
          assertEquals(Disruption.Origin.OPERATOR, wanted.origin());
          asked.add(wanted.words());
          return refusal;
        }

        @Override
        public Optional<GateRefusal> price(Disruption wanted, Duration now) {
          return refusal;
        }

        @Override
        public Optional<GateRefusal> hopeless(Disruption wanted, Duration now) {
          return refusal.filter(it -> it.reason() == GateReason.DATA_DIR_LOST);
        }

        @Override
        public void accepted(Acceptance acceptance) {
          accepted.add(acceptance);
        }
      };

  private OrderGuard.Weighed weigh(String name, RunState run, Order order, boolean accepts) {
    Supervised service =
        new Supervised(Plans.service(name), ServiceState.initial(NOW), new FakeAttachment());
    service.state =
        ServiceMachine.step(
                service.spec.policy(), service.state, new Event.Seen(new RunReport(run, NOW)), NOW)
            .next();
    return new OrderGuard(() -> Optional.of(desk)).weigh(service, order, accepts, "eva", NOW);
  }

  @Test
  void whatIsRefusedIsSaidWithItsPriceAndTheOrderThatDoesItAnyway() {
    assertEquals(
        Optional.of(
            "refused to restart docker (WOULD_LOSE_QUORUM): Restarting docker would stop this"
                + " host's member of etcd: 1 of 3 voters is left. To do it all the same:"
                + " ha-supervisor restart docker --accept-quorum-loss"),
        weigh("docker", ALIVE, RESTART, false).refused());
    assertEquals(List.of(), accepted);
  }

  @Test
  void whoAcceptsTheLossIsToldThePriceAndForHowLong() {
    OrderGuard.Weighed weighed = weigh("docker", ALIVE, RESTART, true);
    assertEquals(Optional.empty(), weighed.refused());
    assertEquals(
        "At a price that was accepted: Restarting docker would stop this host's member of etcd: 1"
            + " of 3 voters is left. That holds until this order has come to its end, for 1 h at"
            + " most.",
        weighed.price());
    assertEquals(List.of(new Acceptance("docker", "eva", NOW.plus(Acceptance.LONGEST))), accepted);
  }

  @Test
  void nobodyCanAcceptTheLossOfTheLastData() {
    refusal =
        Optional.of(
            new GateRefusal(GateReason.DATA_DIR_LOST, "The data is gone.", "", Duration.ZERO));
    assertEquals(
        Optional.of("refused to restart docker (DATA_DIR_LOST): The data is gone."),
        weigh("docker", ALIVE, RESTART, true).refused());
    assertEquals(List.of(), accepted);
  }

  @Test
  void whatCostsNothingIsGivenAtOnce() {
    refusal = Optional.empty();
    assertEquals(
        new OrderGuard.Weighed(Optional.empty(), ""), weigh("docker", ALIVE, RESTART, false));
  }

  @Test
  void eachOrderIsWeighedByWhatItDoesToWhatIsSeen() {
    weigh("docker", ALIVE, RESTART, false);
    weigh("docker", DOWN, RESTART, false);
    weigh("docker", DOWN, new Order.Start("eva"), false);
    weigh("docker", DOWN, new Order.Retry("eva"), false);
    weigh("kubelet", ALIVE, STOP, false);
    assertEquals(
        List.of("restart docker", "start docker", "start docker", "start docker", "stop kubelet"),
        asked);
  }

  @Test
  void whatEndsAndStartsNothingIsNotWeighed() {
    weigh("docker", ALIVE, new Order.Start("eva"), false);
    weigh("docker", ALIVE, new Order.Retry("eva"), false);
    weigh("docker", DOWN, STOP, false);
    weigh("ntp", ALIVE, RESTART, false);
    assertEquals(List.of(), asked);
  }

  private OrderGuard.Weighed placing(boolean accepts, String... manifests) {
    return new OrderGuard(() -> Optional.of(desk)).weigh(List.of(manifests), accepts, "eva", NOW);
  }

  @Test
  void anOrderedPlacementThatMustWaitSaysForWhatAndWhatHelps() {
    OrderGuard.Weighed weighed = placing(false, "etcd");
    assertEquals(Optional.empty(), weighed.refused());
    assertEquals(
        "It must wait to place etcd (WOULD_LOSE_QUORUM): Restarting docker would stop this host's"
            + " member of etcd: 1 of 3 voters is left. To do it all the same: ha-supervisor restart"
            + " docker --accept-quorum-loss",
        weighed.price());
    assertEquals(List.of(), accepted);
  }

  @Test
  void whoHasAPlacementAcceptedIsToldThePriceOfEachAndForEachItIsAccepted() {
    OrderGuard.Weighed weighed = placing(true, "etcd", "kube-apiserver");
    assertEquals(Optional.empty(), weighed.refused());
    assertEquals(2, weighed.price().lines().count());
    assertTrue(weighed.price().startsWith("At a price that was accepted: "), weighed.price());
    assertEquals(
        List.of("etcd", "kube-apiserver"), accepted.stream().map(Acceptance::subject).toList());
  }

  @Test
  void noPlacementIsAcceptedWhereTheLastDataIsAtStake() {
    refusal =
        Optional.of(
            new GateRefusal(GateReason.DATA_DIR_LOST, "The data is gone.", "", Duration.ZERO));
    assertEquals(
        Optional.of("refused to place etcd (DATA_DIR_LOST): The data is gone."),
        placing(true, "etcd", "kube-apiserver").refused());
    assertEquals(List.of(), accepted);
  }

  @Test
  void aPlacementThatDisturbsNobodyHasNoPrice() {
    assertEquals(new OrderGuard.Weighed(Optional.empty(), ""), placing(true));
    assertEquals(List.of(), accepted);
  }
}
