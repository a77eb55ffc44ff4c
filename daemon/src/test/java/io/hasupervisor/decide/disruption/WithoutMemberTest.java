package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.decide.disruption.Disruption.Kind;
import io.hasupervisor.decide.disruption.Disruption.Origin;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Freeze;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lines of the table for a host whose etcd is dead, may be, or is elsewhere. */
class WithoutMemberTest {
  private static final Ruling FREE = new Ruling.Free(Duration.ZERO);

  private static final Ruling LOCK_ALONE = new Ruling.Locked(false, false);

  private static final MemberState UP = MemberState.HEALTHY;

  private static final MemberState DOWN = MemberState.DOWN;

  private static Optional<GateReason> because(GateReason reason) {
    return Optional.of(reason);
  }

  private static Evidence lost(MemberState own) {
    return Evidence.three().in(ClusterState.QUORUM_LOST).states(own, DOWN, DOWN);
  }

  // Whether it is alive.

  @Test
  void whatIsNotKnownOfTheProcessCountsAsAlive() {
    Evidence evidence = lost(DOWN);
    evidence.process = new ProcessSeen.Unknown("it took too long to look");
    assertEquals(because(GateReason.QUORUM_STATE), evidence.refused(Evidence.START));
  }

  @Test
  void aLookOfHalfAMinuteAgoSaysNothingOfNow() {
    Evidence evidence = lost(DOWN).dead();
    evidence.processAt = Evidence.NOW.minusSeconds(31);
    assertEquals(because(GateReason.QUORUM_STATE), evidence.refused(Evidence.START));
  }

  @Test
  void aMemberThatAnswersLivesThoughNoProcessWasFound() {
    Evidence evidence = Evidence.three();
    evidence.process = new ProcessSeen.Absent();
    evidence.processAt = Evidence.NOW;
    evidence.at = Evidence.NOW.minusSeconds(12);
    evidence.proof = Optional.of(evidence.at);
    evidence.busy = List.of("m2");
    assertEquals(because(GateReason.OTHER_MASTER_BUSY), evidence.refused(Evidence.START));
    evidence.member(1).answered = false;
    assertEquals(FREE, evidence.ruling(Evidence.START));
  }

  @Test
  void anAnswerOfLongBeforeTheLookDoesNotKeepTheDeadFromBeingStarted() {
    Evidence evidence = Evidence.three();
    evidence.process = new ProcessSeen.Absent();
    evidence.at = Evidence.NOW.minusSeconds(60);
    assertEquals(FREE, evidence.ruling(Evidence.START));
  }

  // etcd dead

  @ParameterizedTest
  @EnumSource(value = ClusterState.class, names = "DATA_REGRESSION", mode = EnumSource.Mode.EXCLUDE)
  void deadDockerIsStartedAtOnceWhereNoEtcdLives(ClusterState state) {
    Evidence evidence = Evidence.three().in(state).dead();
    evidence.maintenance = true;
    evidence.up = Duration.ofSeconds(20);
    evidence.busy = List.of("m2");
    evidence.failure = because(GateReason.LOCK_UNREACHABLE);
    evidence.otherApiservers = List.of();
    assertEquals(FREE, evidence.ruling(Evidence.START));
  }

  private static Optional<LockSeen> frozen() {
    return Optional.of(
        new LockSeen.Readable(
            new LockDocument(
                Optional.empty(),
                Optional.of(new Freeze("root", "upgrade", Instant.EPOCH)),
                List.of(),
                Optional.empty()),
            3));
  }

  @Test
  void aFreezeDoesNotHoldBackTheStartOfWhatIsDead() {
    Evidence evidence = Evidence.three().dead();
    evidence.lock = frozen();
    assertEquals(FREE, evidence.ruling(Evidence.START));
  }

  @Test
  void aFreezeThatCannotBeLiftedAnyMoreDoesNotKeepAHungDockerFromReturning() {
    Evidence evidence = lost(DOWN).dead();
    evidence.lock = frozen();
    evidence.dockerSick = Optional.of(Evidence.NOW.minusSeconds(360));
    assertEquals(FREE, evidence.ruling(Evidence.RESTART));
  }

  @Test
  void hungDockerOverDeadEtcdTakesTheLockWhereOthersProveQuorum() {
    Evidence evidence =
        Evidence.three().in(ClusterState.QUORUM_AT_RISK).states(DOWN, UP, UP).dead();
    evidence.othersUnstable = Optional.of(Evidence.NOW.minusSeconds(1));
    evidence.member(2).lag = 5000;
    assertEquals(LOCK_ALONE, evidence.ruling(Evidence.RESTART));
  }

  @Test
  void hungDockerOverDeadEtcdAsksForAnotherApiserverOnlyWhereItsOwnMayServe() {
    Evidence evidence = Evidence.three().dead();
    evidence.otherApiservers = List.of();
    assertEquals(because(GateReason.LAST_APISERVER), evidence.refused(Evidence.RESTART));
    evidence.apiserverDead = Optional.of(Evidence.NOW.minusSeconds(20));
    assertEquals(LOCK_ALONE, evidence.ruling(Evidence.RESTART));
  }

  @ParameterizedTest
  @EnumSource(
      value = ClusterState.class,
      names = {"QUORUM_LOST", "QUORUM_UNKNOWN", "PARTITIONED_SELF"})
  void hungDockerOverDeadEtcdIsRestartedAfterFiveMinutesAndItsTurnWhereNobodyHasALock(
      ClusterState state) {
    Evidence evidence = Evidence.three().in(state).dead();
    evidence.otherApiservers = List.of();
    evidence.rank = new Rank(2, 3);
    evidence.dockerSick = Optional.of(Evidence.NOW.minusSeconds(339));
    assertEquals(because(GateReason.ITS_TURN), evidence.refused(Evidence.RESTART));
    assertEquals(Duration.ofSeconds(1), evidence.refusal(Evidence.RESTART).again());
    evidence.dockerSick = Optional.of(Evidence.NOW.minusSeconds(340));
    assertEquals(FREE, evidence.ruling(Evidence.RESTART));
    assertEquals(FREE, evidence.ruling(Evidence.ORDER));
  }

  @Test
  void hostsThatCannotAskEachOtherHaveDifferentTurns() {
    List<Duration> turns =
        List.of("a", "b", "c").stream()
            .map(
                name -> {
                  Evidence evidence = lost(DOWN).dead();
                  evidence.rank = Rank.of(name, List.of("c", "a", "b"));
                  return evidence.refusal(Evidence.RESTART).again();
                })
            .toList();
    assertEquals(
        List.of(Duration.ofSeconds(100), Duration.ofSeconds(120), Duration.ofSeconds(140)), turns);
  }

  @Test
  void aRestartThatDidNotHelpIsNotRepeatedForTenMinutes() {
    Evidence evidence = lost(DOWN).dead();
    evidence.dockerSick = Optional.of(Duration.ZERO);
    evidence.log = new RepairLog(List.of(Evidence.NOW.minusSeconds(599)), 1);
    assertEquals(because(GateReason.BUDGET), evidence.refused(Evidence.RESTART));
    evidence.log = new RepairLog(List.of(Evidence.NOW.minusSeconds(600)), 1);
    assertEquals(FREE, evidence.ruling(Evidence.RESTART));
  }

  /** A holder that is gone for good, garbage, a full database: nobody but a human ends those. */
  @Test
  void aLockThatCannotBeHadDoesNotKeepADeadMemberAwayForEver() {
    Evidence held = Evidence.three().dead();
    held.dockerSick = Optional.of(Evidence.NOW.minusSeconds(400));
    held.holderSince = Optional.of(Evidence.NOW.minusSeconds(119));
    assertEquals(LOCK_ALONE, held.ruling(Evidence.RESTART));
    held.holderSince = Optional.of(Evidence.NOW.minusSeconds(120));
    assertEquals(FREE, held.ruling(Evidence.RESTART));

    Evidence garbage = Evidence.three().dead();
    garbage.lock = Optional.of(new LockSeen.Unreadable("no JSON", false, 5));
    assertEquals(because(GateReason.ITS_TURN), garbage.refused(Evidence.RESTART));
    garbage.dockerSick = Optional.of(Evidence.NOW.minusSeconds(400));
    assertEquals(FREE, garbage.ruling(Evidence.RESTART));

    Evidence full = Evidence.three().in(ClusterState.READ_ONLY).dead();
    full.failure = because(GateReason.LOCK_READ_ONLY);
    full.dockerSick = Optional.of(Evidence.NOW.minusSeconds(400));
    assertEquals(FREE, full.ruling(Evidence.RESTART));
  }

  @Test
  void whoWantsQuietGetsItForAHungDockerOverADeadEtcdToo() {
    Evidence evidence = lost(DOWN).dead();
    evidence.dockerSick = Optional.of(Duration.ZERO);
    evidence.maintenance = true;
    assertEquals(because(GateReason.MAINTENANCE), evidence.refused(Evidence.RESTART));
  }

  // Data that may be the only copy, or is gone.

  @Test
  void nothingIsStartedWhereTheDataIsOlderThanThisHostSaw() {
    for (Evidence evidence :
        List.of(
            Evidence.three().in(ClusterState.DATA_REGRESSION).dead(),
            Evidence.three().in(ClusterState.DATA_REGRESSION),
            stale())) {
      for (Disruption wanted :
          List.of(
              Evidence.START,
              Evidence.RESTART,
              Evidence.ORDER,
              Evidence.KUBELET,
              Evidence.REBOOT,
              Evidence.PLACE_ETCD,
              new Disruption(Kind.START, "kubelet", Origin.DAEMON))) {
        assertEquals(because(GateReason.DATA_REGRESSION), evidence.refused(wanted), wanted.words());
        assertTrue(
            DecisionTable.accepted(wanted, evidence.scene(), Evidence.NOW)
                instanceof Ruling.Refused);
      }
    }
  }

  /** No round has ended for long: what was known before is not forgotten. */
  private static Evidence stale() {
    Evidence evidence = lost(DOWN).in(ClusterState.QUORUM_UNKNOWN).dead();
    evidence.underlying = Optional.of(ClusterState.DATA_REGRESSION);
    return evidence;
  }

  @Test
  void nothingIsStartedWhereTheDataIsGone() {
    Evidence evidence = lost(DOWN).dead();
    evidence.dataLost = true;
    for (Disruption wanted :
        List.of(Evidence.START, Evidence.RESTART, Evidence.ORDER, Evidence.PLACE_ETCD)) {
      assertEquals(because(GateReason.DATA_DIR_LOST), evidence.refused(wanted), wanted.words());
    }
    assertEquals(FREE, evidence.ruling(apiserverThatIsDead(evidence)));
  }

  private static Disruption apiserverThatIsDead(Evidence evidence) {
    evidence.apiserverDead = Optional.of(Evidence.NOW);
    return Evidence.PLACE_API;
  }

  @Test
  void beforeTheOthersWereAskedNothingIsStartedThatCouldBeTheOnlyCopy() {
    Evidence evidence = lost(DOWN).dead();
    evidence.asked = false;
    assertEquals(because(GateReason.EVIDENCE_OLD), evidence.refused(Evidence.START));
    assertEquals(Duration.ofSeconds(2), evidence.refusal(Evidence.START).again());
    evidence.external = true;
    assertEquals(FREE, evidence.ruling(Evidence.START));
  }

  // etcd elsewhere.

  private static Evidence elsewhere() {
    Evidence evidence = Evidence.of(0);
    evidence.external = true;
    evidence.process = new ProcessSeen.Unknown("no member of etcd is this host's");
    return evidence;
  }

  @Test
  void withoutAMemberHereTheApiserverIsSparedAndTheLockTakenWhereThereIsOne() {
    assertEquals(LOCK_ALONE, elsewhere().ruling(Evidence.RESTART));
    assertEquals(FREE, elsewhere().ruling(Evidence.START));
    Evidence last = elsewhere();
    last.otherApiservers = List.of();
    assertEquals(because(GateReason.LAST_APISERVER), last.refused(Evidence.RESTART));
    last.apiserverDead = Optional.of(Evidence.NOW);
    assertEquals(LOCK_ALONE, last.ruling(Evidence.RESTART));
  }

  @Test
  void withoutAMemberAndWithoutALockTheHostsTakeTurnsOfFortySeconds() {
    Evidence evidence = elsewhere().in(ClusterState.QUORUM_UNKNOWN);
    evidence.rank = new Rank(2, 3);
    evidence.dockerSick = Optional.of(Evidence.NOW.minusSeconds(79));
    assertEquals(because(GateReason.ITS_TURN), evidence.refused(Evidence.RESTART));
    evidence.dockerSick = Optional.of(Evidence.NOW.minusSeconds(80));
    assertEquals(FREE, evidence.ruling(Evidence.RESTART));
  }
}
