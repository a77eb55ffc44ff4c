package io.hasupervisor.decide;

import static io.hasupervisor.decide.Supervised.SICK;
import static io.hasupervisor.decide.Supervised.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Verdict;
import io.hasupervisor.decide.Event.Order;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An operator's orders and holds. */
final class OrdersTest {
  private static final Order RESTART = new Order.Restart("root");
  private static final Order KEEP =
      new Order.Keep(Supervised.hold(Hold.Kind.OPERATOR, Optional.empty()));
  private static final Order STOP =
      new Order.Stop(Supervised.hold(Hold.Kind.STOPPED, Optional.empty()));

  private static Supervised stopped() {
    Supervised service = new Supervised().healthy("a").ordered(STOP).does(Action.AskConsent.class);
    return service.ladder().done().dies().doesNothing();
  }

  @Test
  void aHoldStopsEverythingAndExpires() {
    Supervised service = new Supervised().healthy("a");
    Hold hold = Supervised.hold(Hold.Kind.OPERATOR, Optional.of(service.now.plusSeconds(60)));
    service.ordered(new Order.Keep(hold)).judged(SICK).after(59).doesNothing();
    service.is("HELD", Because.HELD).after(1).does(Action.AskConsent.class);
  }

  @Test
  void aHoldEndsAKillThatHasNotBeenOrderedYet() {
    Supervised service = new Supervised().healthy("a").sickUpTo(Action.Capture.class);
    service.ordered(KEEP).done().doesNothing().is("HELD", Because.HELD);
  }

  @Test
  void aStopKeepsItDownUntilStarted() {
    Supervised service = stopped().is("HELD", Because.OPERATOR_STOP).after(100_000).doesNothing();
    service.ordered(new Order.Start("root")).does(Action.Start.class);
  }

  @Test
  void aStopForAWhileEndsWithAStart() {
    Supervised service = new Supervised().healthy("a");
    Hold hold = Supervised.hold(Hold.Kind.STOPPED, Optional.of(service.now.plusSeconds(60)));
    service.ordered(new Order.Stop(hold)).ladder().done().dies().doesNothing();
    service.after(60).does(Action.Start.class).is("STARTING", Because.HOLD_OVER);
  }

  @Test
  void aStopWhoseTimeIsOverBeforeItCouldBeDoneIsForgotten() {
    Supervised service = new Supervised().healthy("a").seen(new RunState.Unclear("no bus"));
    Hold hold = Supervised.hold(Hold.Kind.STOPPED, Optional.of(service.now.plusSeconds(60)));
    service.ordered(new Order.Stop(hold)).after(61).stillRuns().judged(Verdict.HEALTHY);
    service.doesNothing().is("HEALTHY", Because.PROBES_PASS);
  }

  @Test
  void aStopTakenBackBeforeTermLeavesItRunning() {
    Supervised service = new Supervised().healthy("a").ordered(STOP).done();
    service.does(Action.Capture.class).ordered(new Order.Release("root")).done();
    service.doesNothing().is("HEALTHY", Because.RECOVERED);
  }

  @Test
  void aStopMeetsTheNextLifeToo() {
    Supervised service = new Supervised().healthy("a").ordered(STOP).ladder().done();
    service.runs("b").does(Action.AskConsent.class);
  }

  @Test
  void aLifeFirstSeenWithAnOrderWaitingIsRememberedAsALife() {
    Supervised service = new Supervised().ordered(RESTART).runs("a").does(Action.AskConsent.class);
    service.finished(new Outcome.Refused("etcd", "edge", Duration.ofSeconds(5)));
    service.dies().does(Action.Start.class).is("STARTING", Because.DIED);
  }

  @Test
  void aHoldTakesPrecedenceOverARunningStop() {
    Supervised service = new Supervised().healthy("a").ordered(STOP).done();
    service.does(Action.Capture.class).ordered(KEEP).done().doesNothing().is("HELD", Because.HELD);
  }

  @Test
  void aRefusedStopDoesNotEndAHoldThatCameMeanwhile() {
    Supervised service = new Supervised().healthy("a").ordered(STOP).ordered(KEEP);
    service.finished(new Outcome.Refused("etcd", "edge", Duration.ofSeconds(5)));
    service.doesNothing().is("HELD", Because.HELD);
  }

  @Test
  void restartsOnceEvenWhenOrderedTwice() {
    Supervised service = new Supervised().healthy("a").ordered(RESTART).ordered(RESTART);
    service.done().does(Action.Capture.class).done().asks(Consent.Stage.NOW).done();
    service.does(Action.Stop.class).done();
    service.dies().does(Action.Start.class).done().healthy("b").after(10).doesNothing();
  }

  @Test
  void aRestartOrderedDuringAHealthKillIsDoneByThatKill() {
    Supervised service = new Supervised().healthy("a").sickUpTo(Action.Stop.class);
    service.ordered(RESTART).done().dies().does(Action.Start.class).done().healthy("b");
    service.after(10).doesNothing();
  }

  @Test
  void aRestartNeitherNeedsNorUsesTheKillBudget() {
    Supervised service = new Supervised().healthy("a").ordered(RESTART).ladder().done();
    service.dies().does(Action.Start.class).is("STARTING", Because.OPERATOR_RESTART);
    assertEquals(0, service.state.log().kills().size());
  }

  @Test
  void theTimeOfAKillIsNoHealthyTime() {
    Supervised service = new Supervised().crashes(5).healthy("a");
    int attempt = service.state.log().attempt();
    service.ordered(RESTART).ladder().done();
    service.after(1).seen(new RunState.Unclear("no bus")).after(3600).dies();
    assertEquals(attempt, service.state.log().attempt());
    assertTrue(attempt > 1);
  }

  @Test
  void aRefusedRestartOfAHealthyServiceSaysSo() {
    Supervised service = new Supervised().healthy("a").ordered(RESTART);
    service.finished(new Outcome.Refused("etcd", "edge", Duration.ofSeconds(5)));
    service.doesNothing().is("HEALTHY", Because.CONSENT_REFUSED);
  }

  @Test
  void observeOnlyActsOnOrdersOnly() {
    Supervised service = new Supervised(policy(true)).dies().doesNothing();
    service.is("WAITING", Because.OBSERVE_ONLY).after(3600).doesNothing();
    service.ordered(new Order.Start("root")).does(Action.Start.class);
  }

  @Test
  void observeOnlyStartsWhatAnOrderedRestartKilled() {
    Supervised service = new Supervised(policy(true)).healthy("a").ordered(RESTART);
    service.ladder().done().dies().does(Action.Start.class);
  }

  @Test
  void retryCutsADelayShort() {
    Supervised service = new Supervised().crashes(6).dies().doesNothing();
    service.ordered(new Order.Retry("root")).does(Action.Start.class);
    service.is("STARTING", Because.OPERATOR_RETRY);
  }

  @Test
  void retryKillsWhatWaitsForItsBudget() {
    Supervised service = new Supervised().healthy("a").sickUpTo(Action.Stop.class).done();
    service.dies().done().healthy("b").judged(SICK).is("SUSPECT", Because.KILL_SPACING);
    service.ordered(new Order.Retry("root")).does(Action.AskConsent.class);
  }

  @Test
  void ordersDoNotBreakAHold() {
    Supervised service = new Supervised().healthy("a").ordered(KEEP);
    for (Order order : List.of(RESTART, new Order.Start("x"), new Order.Retry("x"))) {
      service.ordered(order).doesNothing().is("HELD", Because.HELD);
    }
  }

  @Test
  void onlyOneActionIsEverInFlight() {
    Supervised service = new Supervised().dies().does(Action.Start.class);
    service.dies().doesNothing().ordered(RESTART).doesNothing().after(3600).doesNothing();
  }
}
