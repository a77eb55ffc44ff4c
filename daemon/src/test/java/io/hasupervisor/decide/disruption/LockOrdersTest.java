package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockDocument.Result;
import io.hasupervisor.observe.disruption.LockDocument.Rolling;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What operators' orders make of the lock, and whose turn it is by it. */
final class LockOrdersTest {
  private static final Instant THEN = Instant.parse("2026-03-01T10:00:00Z");
  private static final LockOrders.Giver EVA = new LockOrders.Giver("eva on m1", "id-1", THEN);
  private static final LockOrder.Roll ROLL =
      new LockOrder.Roll("restart docker", "docker 1.13", List.of("m1", "m2", "m3"));

  private static LockSeen seen(LockDocument lock) {
    return new LockSeen.Readable(lock, 7);
  }

  private static LockDocument changed(LockDocument lock, LockOrder order) {
    return assertInstanceOf(LockOrders.Answer.Change.class, LockOrders.of(seen(lock), order, EVA))
        .next();
  }

  private static String refused(LockSeen lock, LockOrder order) {
    return assertInstanceOf(LockOrders.Answer.Refused.class, LockOrders.of(lock, order, EVA)).why();
  }

  private static Holder holder(String node, String reason) {
    return new Holder(
        "machine/" + node,
        node,
        Optional.empty(),
        "boot",
        "restart docker",
        reason,
        THEN,
        Duration.ofMinutes(15),
        "nonce-" + node,
        true);
  }

  private static LockDocument held(LockDocument lock, String node) {
    return LockChange.taken(
        lock, holder(node, lock.rolling().map(LockChange::turn).orElse("asked for by daemon")));
  }

  private static LockDocument rolling() {
    return changed(LockDocument.EMPTY, ROLL);
  }

  private static Rolling work(LockDocument lock) {
    return lock.rolling().orElseThrow();
  }

  @Test
  void aBrokenLockIsFreeAndItsHolderIsNotedAndNamed() {
    LockDocument held = held(LockDocument.EMPTY, "m2");
    LockOrders.Answer.Change change =
        assertInstanceOf(
            LockOrders.Answer.Change.class, LockOrders.of(seen(held), new LockOrder.Break(), EVA));
    assertEquals(Optional.empty(), change.next().holder());
    assertEquals(Result.BROKEN, change.next().history().getLast().result());
    assertTrue(change.told().contains("taken from m2"), change.told());
    assertTrue(change.told().contains("This stops nothing on m2"), change.told());
  }

  @Test
  void whatNobodyHoldsIsNotBroken() {
    assertTrue(refused(seen(LockDocument.EMPTY), new LockOrder.Break()).startsWith("nobody holds"));
  }

  @Test
  void onlyBreakingReplacesWhatIsNotUnderstood() {
    LockSeen garbage = new LockSeen.Unreadable("it is no JSON", false, 9);
    for (LockOrder order :
        List.of(
            new LockOrder.Freeze("x"),
            new LockOrder.Unfreeze(),
            ROLL,
            new LockOrder.StopRolling())) {
      assertTrue(refused(garbage, order).contains("lock break"), order.toString());
    }
    LockOrders.Answer.Change change =
        assertInstanceOf(
            LockOrders.Answer.Change.class, LockOrders.of(garbage, new LockOrder.Break(), EVA));
    assertEquals(LockDocument.EMPTY, change.next());
    assertTrue(change.told().contains("it is no JSON"), change.told());
  }

  @Test
  void aFreezeStandsUntilItIsEndedAndNamesWhoOrderedIt() {
    LockDocument frozen = changed(LockDocument.EMPTY, new LockOrder.Freeze("switches"));
    assertEquals(
        Optional.of(new LockDocument.Freeze("eva on m1", "switches", THEN)), frozen.freeze());
    assertTrue(
        refused(seen(frozen), new LockOrder.Freeze("disks")).contains("eva on m1: switches"));
    assertEquals(LockDocument.EMPTY, changed(frozen, new LockOrder.Unfreeze()));
    assertTrue(
        refused(seen(LockDocument.EMPTY), new LockOrder.Unfreeze()).contains("is not frozen"));
    assertTrue(refused(seen(frozen), ROLL).contains("lock unfreeze"));
  }

  @Test
  void oneWorkGoesOnInTurnsAtATime() {
    assertTrue(refused(seen(rolling()), ROLL).contains("rolling stop"));
    LockDocument stopped = changed(rolling(), new LockOrder.StopRolling());
    assertEquals(Optional.of("stopped by eva on m1"), work(stopped).stopped());
    assertTrue(work(changed(stopped, ROLL)).goesOn());
    assertTrue(
        refused(seen(stopped), new LockOrder.StopRolling()).startsWith("nothing is done in turns"));
  }

  @Test
  void eachMasterHasItsTurnOnceTheOneBeforeItHasReleasedTheLock() {
    LockDocument lock = rolling();
    for (String node : List.of("m1", "m2", "m3")) {
      for (String other : List.of("m1", "m2", "m3")) {
        assertEquals(other.equals(node), RollingTurn.now(lock, other).isPresent(), other);
      }
      assertEquals(
          Optional.of(new Disruption(Disruption.Kind.RESTART, "docker", Disruption.Origin.ROLLING)),
          RollingTurn.now(lock, node));
      LockDocument held = held(lock, node);
      assertEquals(Optional.empty(), RollingTurn.now(held, node));
      lock = LockChange.ended(held, Result.DONE, THEN);
    }
    assertEquals(List.of("m1", "m2", "m3"), work(lock).done());
    assertTrue(!work(lock).goesOn());
    assertEquals(Optional.empty(), RollingTurn.now(lock, "m4"));
  }

  @Test
  void aRepairInBetweenIsNobodysTurn() {
    LockDocument held = LockChange.taken(rolling(), holder("m1", "asked for by daemon"));
    assertEquals(List.of(), work(LockChange.ended(held, Result.DONE, THEN)).done());
    assertTrue(work(LockChange.ended(held, Result.BROKEN, THEN)).goesOn());
    assertTrue(work(LockChange.failed(held, THEN)).goesOn());
  }

  @Test
  void theFirstFailureOrBrokenLockStopsWhatIsDoneInTurns() {
    LockDocument held = held(rolling(), "m1");
    assertEquals(
        Optional.of("restart docker on m1 did not end well"),
        work(LockChange.failed(held, THEN)).stopped());
    LockDocument broken = changed(held, new LockOrder.Break());
    assertTrue(work(broken).stopped().orElseThrow().contains("m1"));
    assertEquals(Optional.empty(), RollingTurn.now(broken, "m1"));
  }

  @Test
  void nobodysTurnComesWhileTheLockIsFrozen() {
    assertEquals(
        Optional.empty(), RollingTurn.now(changed(rolling(), new LockOrder.Freeze("x")), "m1"));
  }

  @Test
  void anOperatorsRestartOfTheSameIsTheTurnAndNoOtherOneIs() {
    Disruption docker =
        new Disruption(Disruption.Kind.RESTART, "docker", Disruption.Origin.OPERATOR);
    Disruption kubelet =
        new Disruption(Disruption.Kind.RESTART, "kubelet", Disruption.Origin.OPERATOR);
    Disruption daemon = new Disruption(Disruption.Kind.RESTART, "docker", Disruption.Origin.DAEMON);
    assertEquals(Disruption.Origin.ROLLING, RollingTurn.origin(docker, rolling(), "m1").origin());
    assertEquals(docker, RollingTurn.origin(docker, rolling(), "m2"));
    assertEquals(kubelet, RollingTurn.origin(kubelet, rolling(), "m1"));
    assertEquals(daemon, RollingTurn.origin(daemon, rolling(), "m1"));
  }
}
