package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Rolling;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Planned work on three masters, by their own machines and one lock. */
final class RollingTest {
  private final Town town = new Town(3);
  private final List<Integer> acted = new ArrayList<>();
  private final Map<Integer, Integer> left = new HashMap<>();

  @BeforeEach
  void everybodyIsUpAndAnOrderIsGiven() {
    town.passes(Duration.ofSeconds(90));
    orders();
  }

  private void orders() {
    town.changes(
        lock ->
            assertInstanceOf(
                    LockOrders.Answer.Change.class,
                    LockOrders.of(
                        new LockSeen.Readable(lock, 1),
                        new LockOrder.Roll("restart docker", "", List.of("m1", "m2", "m3")),
                        new LockOrders.Giver("eva on m1", "r-" + town.revision, town.wall)))
                .next());
  }

  private Rolling work() {
    return town.document().rolling().orElseThrow();
  }

  /** Each daemon asks when it is its turn, and a restart takes its member away for 20 s. */
  private void passes(int seconds) {
    for (int n = 0; n < seconds; n++) {
      for (Daemon daemon : town.daemons) {
        boolean granted = !daemon.told.isEmpty() && daemon.told.getLast().equals("granted");
        if (granted && !daemon.busy) {
          acted.add(daemon.number);
          daemon.told.add("restarts docker");
          daemon.busy = true;
          town.fails(daemon.number);
          left.put(daemon.number, 20);
        } else if (daemon.busy && left.merge(daemon.number, -1, Integer::sum) == 0) {
          daemon.busy = false;
          town.recovers(daemon.number);
        } else if (n % 5 == 0 && resting(daemon)) {
          daemon
              .state
              .lock()
              .document()
              .flatMap(lock -> RollingTurn.now(lock, "m" + daemon.number))
              .ifPresent(daemon::asks);
        }
      }
      assertTrue(town.down.size() <= 1, () -> "down together: " + town.down);
      town.passes(Duration.ofSeconds(1));
    }
  }

  private static boolean resting(Daemon daemon) {
    return daemon.state.phase() instanceof RepairPhase.Idle
        || daemon.state.phase() instanceof RepairPhase.Blocked;
  }

  @Test
  void everyMasterDoesItOnceInTheOrderOfTheNamesWithoutTenMinutesInBetween() {
    passes(600);
    assertEquals(List.of(1, 2, 3), acted);
    assertEquals(List.of("m1", "m2", "m3"), work().done());
    assertEquals(List.of(), town.document().holder().stream().toList());
    passes(600);
    assertEquals(List.of(1, 2, 3), acted, "what is done is done");
  }

  @Test
  void whyATurnWaitsIsShownAlthoughDockerIsWellUntilItIsOver() {
    while (work().done().isEmpty()) {
      passes(1);
    }
    passes(15);
    Daemon m2 = town.master(2);
    assertEquals(List.of(1), acted);
    assertEquals("REPAIR_BLOCKED", m2.phase(), "it waits for a quiet minute");
    town.changes(lock -> LockChange.rolling(lock, lock.rolling().map(RollingTest::stopped)));
    passes(15);
    assertEquals("IDLE", m2.phase());
  }

  private static Rolling stopped(Rolling rolling) {
    return LockChange.stopped(rolling, "stopped by eva");
  }

  @Test
  void aMasterThatDoesNotBecomeWellStopsItForTheOthers() {
    town.master(2).well = false;
    passes(1500);
    assertEquals(List.of(1, 2), acted);
    assertEquals("restart docker on m2 did not end well", work().stopped().orElseThrow());
    assertEquals(List.of("m1"), work().done());
  }

  @Test
  void aDaemonThatRestartsInItsTurnDoesNotDoItTwice() {
    passes(30);
    assertEquals(List.of(1), acted);
    town.master(1).restarts();
    passes(600);
    assertEquals(List.of(1, 2, 3), acted);
  }

  @Test
  void nobodyBeginsWhileAnotherMemberIsDownAndItGoesOnAfterwards() {
    town.fails(3);
    passes(300);
    assertEquals(List.of(), acted);
    town.recovers(3);
    passes(600);
    assertEquals(List.of(1, 2, 3), acted);
  }

  @Test
  void whoseOwnMemberIsDownWaitsInsteadOfRestartingDocker() {
    town.fails(1);
    passes(300);
    assertEquals(List.of(), acted);
    assertTrue(town.master(1).told.contains("refused QUORUM_STATE"), town.master(1).told::toString);
  }

  @Test
  void aBrokenLockStopsIt() {
    passes(15);
    assertEquals(List.of(1), acted);
    town.changes(lock -> LockChange.ended(lock, LockDocument.Result.BROKEN, town.wall));
    passes(600);
    assertEquals(List.of(1), acted);
    assertTrue(work().stopped().isPresent());
  }

  @Test
  void theKubeletTooIsRestartedUnderTheLockSoThatItIsKnownToBeDone() {
    Daemon m1 = town.master(1);
    town.changes(
        lock ->
            LockChange.rolling(
                lock,
                lock.rolling()
                    .map(
                        it ->
                            new Rolling(
                                "k",
                                "restart kubelet",
                                it.by(),
                                "",
                                it.since(),
                                it.masters(),
                                List.of(),
                                it.stopped()))));
    passes(15);
    assertEquals("m1", town.holder().orElseThrow(), m1.told.toString());
  }
}
