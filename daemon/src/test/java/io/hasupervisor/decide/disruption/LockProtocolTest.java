package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Freeze;
import io.hasupervisor.observe.disruption.LockDocument.Result;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Taking the lock: races, answers that are lost on the way, and what comes in between. */
final class LockProtocolTest {
  private final Town town = new Town(3);
  private final Daemon m1 = town.master(1);
  private final Daemon m2 = town.master(2);

  @BeforeEach
  void everybodyIsUp() {
    town.passes(Duration.ofSeconds(30));
    town.second();
  }

  private static RepairAction until(Daemon daemon, String word) {
    for (int i = 0; i < 20; i++) {
      RepairAction action = daemon.wanted.orElseThrow();
      if (Daemon.words(action).startsWith(word)) {
        return daemon.begins();
      }
      daemon.performs();
      daemon.step(new RepairEvent.Ticked());
    }
    throw new AssertionError("never " + word + ": " + daemon.told);
  }

  @Test
  void ofTwoThatAskAtOnceOneLosesTheRaceAndIsToldWhoWon() {
    m1.asks(Daemon.RESTART);
    m2.asks(Daemon.RESTART);
    RepairAction first = until(m1, "writes");
    RepairAction second = until(m2, "writes");
    m2.ends(m2.outcome(second));
    m1.ends(m1.outcome(first));
    m1.performsAll();
    assertEquals("refused LOCK_HELD", m1.told.getLast());
    assertEquals("REPAIR_BLOCKED", m1.phase());
    assertEquals(Optional.of("m2"), town.holder());
    m2.busy = true;
    town.passes(Duration.ofSeconds(10));
    assertEquals("granted", m2.told.getLast());
  }

  @Test
  void anUncertainWriteThatWasDoneIsKnownByItsNonce() {
    m1.busy = true;
    m1.asks(Daemon.RESTART);
    m1.outcome(until(m1, "writes"));
    m1.ends(new RepairOutcome.Uncertain("timed out"));
    town.passes(Duration.ofSeconds(10));
    assertEquals("granted", m1.told.getLast());
    assertEquals(1, m1.told.stream().filter("writes m1"::equals).count());
  }

  @Test
  void anUncertainWriteThatWasNotDoneIsDoneAgain() {
    m1.busy = true;
    m1.asks(Daemon.RESTART);
    until(m1, "writes");
    m1.ends(new RepairOutcome.Uncertain("timed out"));
    town.passes(Duration.ofSeconds(10));
    assertEquals("granted", m1.told.getLast());
    assertEquals(2, m1.told.stream().filter("writes m1"::equals).count());
  }

  @Test
  void aWriteThatComesLateAfterItWasGivenUpIsTakenBack() {
    m1.asks(Daemon.RESTART);
    RepairAction late = until(m1, "writes");
    m1.ends(new RepairOutcome.Uncertain("timed out"));
    m1.performs();
    m1.step(new RepairEvent.Withdrawn());
    m1.wanted = Optional.empty();
    m1.ends(new RepairOutcome.Failed(GateReason.LOCK_UNREACHABLE, "gone"));
    m1.performsAll();
    town.passes(Duration.ofSeconds(10));
    assertEquals("IDLE", m1.phase());
    m1.outcome(late);
    assertEquals(Optional.of("m1"), town.holder());
    town.passes(Duration.ofSeconds(20));
    assertEquals(Optional.empty(), town.holder());
    assertEquals(List.of(Result.NOT_NEEDED), town.history());
    assertEquals("IDLE", m1.phase());
  }

  @Test
  void aWriteThatComesLateWhileItIsTriedAgainIsNoLockOfAnEarlierLife() {
    m1.busy = true;
    m1.asks(Daemon.RESTART);
    RepairAction late = until(m1, "writes");
    m1.ends(new RepairOutcome.Uncertain("timed out"));
    RepairAction again = until(m1, "writes");
    m1.outcome(late);
    m1.ends(m1.outcome(again));
    town.passes(Duration.ofSeconds(10));
    assertEquals("granted", m1.told.getLast());
  }

  @Test
  void aVoterThatFailsBetweenLockAndActEndsItAndTheLockIsFree() {
    m1.asks(Daemon.RESTART);
    RepairAction look = until(m1, "looks");
    town.fails(3);
    m1.ends(m1.outcome(look));
    town.second();
    town.passes(Duration.ofSeconds(5));
    assertTrue(m1.told.contains("refused QUORUM_STATE"), m1.told::toString);
    assertFalse(m1.told.contains("ends etcd 4001"));
    assertEquals(Optional.empty(), town.holder());
    assertEquals(List.of(Result.NOT_NEEDED), town.history());
  }

  @Test
  void aVoterThatFailsWhileTheLeadershipMovesEndsItToo() {
    m1.asks(Daemon.RESTART);
    RepairAction move = until(m1, "moves");
    m1.ends(m1.outcome(move));
    town.fails(3);
    town.passes(Duration.ofSeconds(5));
    assertEquals("refused QUORUM_STATE", refusal(m1));
    assertFalse(m1.told.contains("ends etcd 4001"));
    assertEquals(Optional.empty(), town.holder());
  }

  private static String refusal(Daemon daemon) {
    return daemon.told.stream().filter(word -> word.startsWith("refused")).findFirst().orElse("");
  }

  @Test
  void evidenceOfBeforeTheLockIsNotEnough() {
    m1.asks(Daemon.RESTART);
    Scene old = town.scene(1);
    town.second();
    for (int i = 0; i < 100; i++) {
      town.second();
      m1.step(new RepairEvent.Ticked());
      if (m1.wanted.isPresent()) {
        RepairAction action = m1.begins();
        if (action instanceof RepairAction.Look) {
          m1.step(new RepairEvent.Looked(old));
          m1.ends(new RepairOutcome.Done(0));
        } else {
          m1.ends(m1.outcome(action));
        }
      }
    }
    assertFalse(m1.told.contains("granted"), m1.told::toString);
    assertTrue(m1.told.stream().anyMatch(word -> word.startsWith("refused")));
    assertEquals(Optional.empty(), town.holder());
  }

  @Test
  void aFreezeThatIsSetAfterTheLockStopsIt() {
    m1.asks(Daemon.RESTART);
    RepairAction look = until(m1, "looks");
    town.changes(lock -> LockChange.frozen(lock, new Freeze("anna", "work", town.wall)));
    town.second();
    m1.step(new RepairEvent.LockRead(town.lock, town.now));
    m1.ends(m1.outcome(look));
    m1.performsAll();
    assertEquals("refused FROZEN", refusal(m1));
    assertEquals(Optional.empty(), town.holder());
    assertTrue(town.document().freeze().isPresent());
  }

  @Test
  void aLockThatAnOperatorBrokeIsNotActedUnder() {
    m1.asks(Daemon.RESTART);
    RepairAction look = until(m1, "looks");
    town.changes(lock -> LockChange.ended(lock, Result.BROKEN, town.wall));
    m1.step(new RepairEvent.LockRead(town.lock, town.now));
    m1.ends(m1.outcome(look));
    m1.performsAll();
    assertEquals("refused LOCK_HELD", refusal(m1));
    assertFalse(m1.told.contains("ends etcd 4001"));
    assertEquals(List.of(Result.BROKEN), town.history());
  }

  @Test
  void theLockIsReadAgainWhereTheEvidenceIsLongInComing() {
    m1.asks(Daemon.RESTART);
    Scene old = town.scene(1);
    RepairAction look = until(m1, "looks");
    m1.step(new RepairEvent.Looked(old));
    m1.ends(new RepairOutcome.Done(0));
    for (int i = 0; i < 6; i++) {
      town.second();
    }
    town.changes(lock -> LockChange.ended(lock, Result.BROKEN, town.wall));
    m1.step(new RepairEvent.Looked(town.scene(1)));
    m1.performsAll();
    assertEquals(new RepairAction.Look(), look);
    assertEquals("refused LOCK_HELD", refusal(m1));
    assertFalse(m1.told.contains("granted"));
  }

  @Test
  void whileFrozenNobodyTakesIt() {
    town.changes(lock -> LockChange.frozen(lock, new Freeze("anna", "work", town.wall)));
    m1.asks(Daemon.RESTART);
    m1.performsAll();
    assertEquals("refused FROZEN", m1.told.getLast());
  }

  @Test
  void whoWithdrawsBeforeItIsDoneFreesTheLock() {
    m1.asks(Daemon.RESTART);
    RepairAction look = until(m1, "looks");
    m1.step(new RepairEvent.Withdrawn());
    m1.ends(m1.outcome(look));
    m1.performsAll();
    assertEquals("IDLE", m1.phase());
    assertEquals(Optional.empty(), town.holder());
    assertEquals(List.of(Result.NOT_NEEDED), town.history());
    assertFalse(m1.told.contains("granted"));
  }

  @Test
  void whoWithdrawsWhileItIsWrittenFreesTheLock() {
    m1.asks(Daemon.RESTART);
    RepairAction write = until(m1, "writes");
    m1.step(new RepairEvent.Withdrawn());
    m1.ends(m1.outcome(write));
    m1.performsAll();
    town.passes(Duration.ofSeconds(20));
    assertEquals("IDLE", m1.phase());
    assertEquals(Optional.empty(), town.holder());
  }

  @Test
  void aFullEtcdTakesNoLockAndNothingIsDone() {
    town.full = true;
    m1.asks(Daemon.RESTART);
    m1.performsAll();
    assertEquals("refused LOCK_READ_ONLY", m1.told.getLast());
    assertEquals("REPAIR_BLOCKED", m1.phase());
  }

  @Test
  void whatIsNotUnderstoodCountsAsHeldAndStays() {
    town.lock = new LockSeen.Unreadable("it is no JSON", false, 7);
    m1.asks(Daemon.RESTART);
    m1.performsAll();
    assertEquals("refused LOCK_UNREADABLE", m1.told.getLast());
    town.passes(Duration.ofHours(3));
    assertEquals(7, town.lock.revision());
  }

  @Test
  void aCopiedMachineIdMakesNoLockOurs() {
    town.changes(
        lock ->
            LockChange.taken(
                lock,
                new LockDocument.Holder(
                    "machine-1",
                    "m2",
                    Optional.of(new EtcdId(2)),
                    "boot-2",
                    "restart docker",
                    "",
                    town.wall,
                    Duration.ofMinutes(15),
                    "theirs",
                    true)));
    m1.asks(Daemon.RESTART);
    m1.performsAll();
    assertEquals("refused LOCK_HELD", m1.told.getLast());
    town.passes(Duration.ofMinutes(5));
    assertEquals(Optional.of("m2"), town.holder());
  }

  @Test
  void readingsThatWereOvertakenTellNothing() {
    LockSeen old = town.lock;
    Duration then = town.now;
    town.second();
    town.changes(lock -> LockChange.frozen(lock, new Freeze("anna", "work", town.wall)));
    m1.step(new RepairEvent.LockRead(town.lock, town.now));
    m1.step(new RepairEvent.LockRead(old, then));
    assertEquals(Optional.of(town.lock), m1.seen());
  }

  @Test
  void everyAskerIsAnsweredOnceAlsoWhereTwoAskAtOnce() {
    m1.busy = true;
    m1.asks(Daemon.RESTART);
    m1.asks(new Disruption(Disruption.Kind.REBOOT, "", Disruption.Origin.OPERATOR));
    assertEquals(List.of("refused BUSY"), m1.told);
    town.passes(Duration.ofSeconds(10));
    assertEquals(1, m1.told.stream().filter("granted"::equals).count());
    m1.asks(Daemon.START);
    assertEquals(2, m1.told.stream().filter("granted"::equals).count());
  }
}
