package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.disruption.LockDocument.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After the grant: daemons that die, repairs that do not end well, holders that are gone. */
final class ResumeTest {
  private final Town town = new Town(3);
  private final Daemon m1 = town.master(1);
  private final Daemon m2 = town.master(2);

  @BeforeEach
  void everybodyIsUp() {
    town.passes(Duration.ofSeconds(30));
    town.second();
  }

  private void acts(Daemon daemon) {
    acts(daemon, Daemon.RESTART);
  }

  private void acts(Daemon daemon, Disruption wanted) {
    daemon.busy = true;
    daemon.well = false;
    daemon.asks(wanted);
    for (int i = 0; i < 15 && !daemon.phase().equals("ACTING"); i++) {
      town.passes(Duration.ofSeconds(1));
    }
    assertEquals("ACTING", daemon.phase(), daemon.told::toString);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void aDaemonThatIsKilledAtAnyStepFreesTheLockWhenAllIsWellAndActsNoSecondTime(int step) {
    m1.busy = true;
    m1.asks(Daemon.RESTART);
    for (int i = 0; i < step && m1.wanted.isPresent(); i++) {
      m1.performs();
      town.second();
      m1.step(new RepairEvent.Ticked());
    }
    m1.restarts();
    m1.asks(Daemon.RESTART);
    m1.performsAll();
    m1.step(new RepairEvent.Withdrawn());
    m1.performsAll();
    town.passes(Duration.ofSeconds(5));
    m1.recovers();
    town.passes(Duration.ofMinutes(5));
    assertEquals("IDLE", m1.phase());
    assertEquals(Optional.empty(), town.holder());
    assertTrue(m1.told.stream().filter(word -> word.startsWith("ends")).count() <= 1);
  }

  @Test
  void whoFindsItsOwnLockAfterItsStartOnlyWaits() {
    acts(m1);
    m1.restarts();
    m1.round();
    assertEquals("SETTLING", m1.phase());
    m1.recovers();
    town.passes(Duration.ofSeconds(80));
    assertEquals(List.of(Result.DONE), town.history());
    assertEquals("IDLE", m1.phase());
  }

  @Test
  void theLockStaysWhereTheApiserverServedBeforeAndDoesNotNow() {
    acts(m1);
    m1.recovers();
    for (int i = 0; i < 300; i++) {
      town.second();
      Scene scene = town.scene(1);
      m1.step(
          new RepairEvent.Looked(
              new Scene(
                  scene.etcd(),
                  scene.process(),
                  scene.processAt(),
                  false,
                  false,
                  false,
                  Optional.of(town.now.minusSeconds(30)),
                  scene.otherApiservers(),
                  scene.busy(),
                  false,
                  false,
                  scene.up(),
                  scene.dockerSick(),
                  scene.rank())));
      m1.lives();
    }
    assertEquals("SETTLING", m1.phase());
    town.passes(Duration.ofSeconds(80));
    assertEquals("IDLE", m1.phase());
  }

  @Test
  void whatIsNotSteadyAfterFifteenMinutesHasFailedAndTheLockIsKept() {
    acts(m1);
    m1.busy = false;
    town.passes(Duration.ofMinutes(16));
    assertEquals("REPAIR_UNFINISHED", m1.phase());
    assertEquals(List.of(Result.FAILED), town.history());
    assertEquals(Optional.of("m1"), town.holder());
    assertEquals(1, m1.state.log().failures());
    assertTrue(town.document().freeze().isEmpty());
    m1.recovers();
    town.passes(Duration.ofSeconds(80));
    assertEquals(Optional.empty(), town.holder());
    assertEquals(List.of(Result.FAILED, Result.DONE), town.history());
    assertEquals(1, m1.state.log().failures());
  }

  @Test
  void twoFailuresWithinAnHourFreezeTheCluster() {
    acts(m1);
    m1.busy = false;
    town.passes(Duration.ofMinutes(16));
    m1.recovers();
    town.passes(Duration.ofMinutes(12));
    acts(m2);
    m2.busy = false;
    town.passes(Duration.ofMinutes(16));
    assertEquals("ha-supervisor on m2", town.document().freeze().orElseThrow().by());
    m2.recovers();
    town.passes(Duration.ofMinutes(15));
    m1.told.clear();
    town.master(3).asks(Daemon.RESTART);
    town.master(3).performsAll();
    assertEquals("refused FROZEN", town.master(3).told.getLast());
  }

  @Test
  void twoFailuresInMoreThanAnHourDoNot() {
    acts(m1);
    m1.busy = false;
    town.passes(Duration.ofMinutes(16));
    m1.recovers();
    town.passes(Duration.ofMinutes(65));
    acts(m2);
    m2.busy = false;
    town.passes(Duration.ofMinutes(16));
    assertTrue(town.document().freeze().isEmpty());
  }

  @Test
  void aDeadDockerIsHelpedAgainUnderTheSameLock() {
    acts(m1);
    m1.busy = false;
    town.passes(Duration.ofMinutes(12));
    m1.told.clear();
    m1.asks(Daemon.RESTART);
    m1.performsAll();
    town.passes(Duration.ofSeconds(5));
    assertTrue(m1.told.contains("granted"), m1.told::toString);
    assertEquals(Optional.of("m1"), town.holder());
  }

  @Test
  void aHolderThatIsDarkIsNeverBroken() {
    acts(m1);
    town.silent.add(1);
    town.passes(Duration.ofHours(5));
    assertEquals(Optional.of("m1"), town.holder());
  }

  @Test
  void aHolderThatSaysThatItRepairsNothingIsBrokenAfterTwentyMinutes() {
    town.changes(lock -> LockChange.taken(lock, Holders.of("m3", 3, "forgotten", town.wall)));
    town.passes(Duration.ofMinutes(19));
    assertEquals(Optional.of("m3"), town.holder());
    town.passes(Duration.ofMinutes(2));
    assertEquals(Optional.empty(), town.holder());
    assertEquals(List.of(Result.BROKEN), town.history());
  }

  @Test
  void aWallClockThatIsAnHourAheadBreaksNothingEarlier() {
    town.changes(lock -> LockChange.taken(lock, Holders.of("m3", 3, "forgotten", town.wall)));
    m1.fast = Duration.ofHours(1);
    m2.fast = Duration.ofHours(1);
    town.passes(Duration.ofMinutes(19));
    assertEquals(Optional.of("m3"), town.holder());
  }

  @Test
  void aHolderWhoseMemberWasRemovedIsBroken() {
    town.changes(lock -> LockChange.taken(lock, Holders.of("m9", 9, "gone", town.wall)));
    town.passes(Duration.ofMinutes(21));
    assertEquals(List.of(Result.BROKEN), town.history());
  }

  @Test
  void nothingIsBrokenWhileAnotherVoterIsAway() {
    town.changes(lock -> LockChange.taken(lock, Holders.of("m3", 3, "forgotten", town.wall)));
    town.fails(2);
    town.passes(Duration.ofMinutes(60));
    assertEquals(Optional.of("m3"), town.holder());
  }

  @Test
  void anotherNonceBeginsTheTimeAnew() {
    town.changes(lock -> LockChange.taken(lock, Holders.of("m3", 3, "first", town.wall)));
    town.passes(Duration.ofMinutes(15));
    town.changes(lock -> LockChange.taken(lock, Holders.of("m3", 3, "second", town.wall)));
    town.passes(Duration.ofMinutes(15));
    assertEquals(Optional.of("m3"), town.holder());
  }

  @Test
  void allDaemonsThatRestartAtOnceGoOnWhereTheyWere() {
    acts(m1);
    town.daemons.forEach(Daemon::restarts);
    town.passes(Duration.ofSeconds(20));
    assertEquals("SETTLING", m1.phase());
    assertEquals("IDLE", m2.phase());
    m2.asks(Daemon.RESTART);
    m2.performsAll();
    assertFalse(m2.told.contains("granted"));
    m1.recovers();
    town.passes(Duration.ofMinutes(3));
    assertEquals(Optional.empty(), town.holder());
  }

  @Test
  void theSpacingHoldsAlsoForADaemonThatHasJustStarted() {
    acts(m1);
    m1.recovers();
    town.passes(Duration.ofMinutes(3));
    assertEquals(List.of(Result.DONE), town.history());
    m2.restarts();
    town.passes(Duration.ofSeconds(61));
    m2.asks(Daemon.RESTART);
    m2.performsAll();
    assertEquals("refused OTHER_MASTER_BUSY", m2.told.getLast());
    town.passes(Duration.ofMinutes(8));
    m2.busy = true;
    m2.asks(Daemon.RESTART);
    town.passes(Duration.ofSeconds(10));
    assertEquals("ACTING", m2.phase());
  }

  @Test
  void anOperatorsWordOverrulesTheGateForHisOrderAndStillTakesTheLock() {
    town.fails(3);
    m1.step(new RepairEvent.Accepted(Acceptance.of("docker", "anna", town.now)));
    m1.busy = true;
    m1.asks(Daemon.ORDER);
    for (int i = 0; i < 10 && !m1.phase().equals("ACTING"); i++) {
      m1.performsAll();
      town.second();
      m1.step(new RepairEvent.Ticked());
    }
    assertTrue(m1.told.containsAll(List.of("writes m1", "ends etcd 4001", "granted")));
    m1.step(new RepairEvent.OrderOver("docker"));
    assertTrue(m1.state.accepted().isEmpty());
    assertEquals(Optional.of("m1"), town.holder());
  }

  @Test
  void anOperatorsWordDoesWithoutALockThatCannotBeHad() {
    town.changes(lock -> LockChange.taken(lock, Holders.of("m3", 3, "theirs", town.wall)));
    m1.step(
        new RepairEvent.Accepted(
            new Acceptance("docker", "anna", town.now.plus(Duration.ofMinutes(1)))));
    acts(m1, Daemon.ORDER);
    assertEquals(Optional.of("m3"), town.holder());
    m1.recovers();
    town.passes(Duration.ofMinutes(2));
    assertEquals("IDLE", m1.phase());
    assertEquals(Optional.of("m3"), town.holder());
  }

  @Test
  void anOperatorsOrderUsedUpTheBudgetThatAHungDockerNeedsLater() {
    acts(m1, Daemon.ORDER);
    assertEquals(0, m1.state.log().acted().size());
    m1.recovers();
    town.passes(Duration.ofMinutes(2));
    assertEquals(Optional.empty(), town.holder());
    m1.busy = true;
    m1.asks(Daemon.RESTART);
    m1.performsAll();
    assertEquals("refused OTHER_MASTER_BUSY", m1.told.getLast(), "the spacing holds for all");
    town.passes(Duration.ofMinutes(10));
    acts(m1);
    assertEquals(1, m1.state.log().acted().size());
  }
}
