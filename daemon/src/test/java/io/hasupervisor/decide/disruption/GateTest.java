package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.decide.disruption.Disruption.Kind;
import io.hasupervisor.decide.disruption.Disruption.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GateTest {

  /** One condition broken and no other, in the order in which they are asked. */
  private enum Broken {
    NO_REPAIR(GateReason.MAINTENANCE, e -> e.maintenance = true),
    BOOTED(GateReason.BUDGET, e -> e.up = Duration.ofMinutes(4)),
    JUST_REPAIRED(GateReason.BUDGET, e -> e.log = acted(0, Duration.ofMinutes(29))),
    THREE_TODAY(
        GateReason.BUDGET,
        e -> e.log = acted(0, Duration.ofHours(23), Duration.ofHours(9), Duration.ofHours(2))),
    STATE(GateReason.QUORUM_STATE, e -> e.state = ClusterState.SPLIT_VIEW),
    PROOF(GateReason.QUORUM_STATE, e -> e.proof = Optional.of(Evidence.NOW.minusSeconds(16))),
    NOBODY_ELSE(
        GateReason.NO_INDEPENDENT_PROOF,
        e -> {
          e.member(2).proof = Optional.of(Evidence.NOW.minusSeconds(16));
          e.member(3).proof = Optional.of(Evidence.NOW.minusSeconds(16));
        }),
    TOO_FEW(GateReason.WOULD_LOSE_QUORUM, e -> e.member(3).state = MemberState.DEGRADED),
    LEARNER(GateReason.MEMBERSHIP_CHANGING, e -> e.learners = 1),
    CHANGED(
        GateReason.MEMBERSHIP_CHANGING,
        e -> e.membersChanged = Optional.of(Evidence.NOW.minusSeconds(299))),
    ALARM(GateReason.ALARM, e -> e.alarms = List.of("NOSPACE 103")),
    FAILED_LATELY(
        GateReason.UNSTABLE, e -> e.othersUnstable = Optional.of(Evidence.NOW.minusSeconds(59))),
    BEHIND(GateReason.LAG, e -> e.member(2).lag = 1001),
    NO_OTHER_APISERVER(GateReason.LAST_APISERVER, e -> e.otherApiservers = List.of()),
    ANOTHER_BUSY(GateReason.OTHER_MASTER_BUSY, e -> e.busy = List.of("m3")),
    ANOTHER_LATELY(
        GateReason.OTHER_MASTER_BUSY,
        e -> e.pastSince = Optional.of(Evidence.NOW.minus(Duration.ofMinutes(9))));

    private final GateReason reason;
    private final Consumer<Evidence> breaks;

    Broken(GateReason reason, Consumer<Evidence> breaks) {
      this.reason = reason;
      this.breaks = breaks;
    }
  }

  private static RepairLog acted(int failures, Duration... ago) {
    return new RepairLog(List.of(ago).stream().map(Evidence.NOW::minus).toList(), failures);
  }

  @Test
  void letsAVoterBeSpentWhereAllIsWell() {
    assertEquals(new Ruling.Locked(true, true), Evidence.three().ruling(Evidence.RESTART));
    assertEquals(Optional.empty(), gate(Evidence.three()));
  }

  /** No condition stands in for another: each is missed where it is left out. */
  @ParameterizedTest
  @EnumSource(Broken.class)
  void eachConditionAloneRefuses(Broken one) {
    Evidence evidence = Evidence.three();
    one.breaks.accept(evidence);
    assertEquals(Optional.of(one.reason), gate(evidence));
    assertEquals(Optional.of(one.reason), evidence.refused(Evidence.RESTART));
  }

  @ParameterizedTest
  @EnumSource(Broken.class)
  void theFirstConditionThatIsNotMetIsTheReason(Broken first) {
    for (Broken later : Broken.values()) {
      if (later.ordinal() > first.ordinal()) {
        Evidence evidence = Evidence.three();
        later.breaks.accept(evidence);
        first.breaks.accept(evidence);
        assertEquals(Optional.of(first.reason), gate(evidence), first + " and " + later);
      }
    }
  }

  private static Optional<GateReason> gate(Evidence evidence) {
    return Gate.refusal(
            evidence.settings,
            Evidence.RESTART,
            evidence.scene(),
            evidence.facts(),
            evidence.log,
            evidence.now)
        .map(GateRefusal::reason);
  }

  @ParameterizedTest
  @EnumSource(
      value = ClusterState.class,
      names = {"QUORUM_FULL", "QUORUM_DEGRADED"},
      mode = EnumSource.Mode.EXCLUDE)
  void noOtherStateLetsAVoterBeSpentThatIsNotTheOnlySickOne(ClusterState state) {
    Evidence evidence = Evidence.three();
    evidence.state = state;
    assertTrue(evidence.refused(Evidence.RESTART).isPresent());
  }

  @Test
  void aFullDatabaseIsToldAsALockThatCannotBeWritten() {
    Evidence evidence = Evidence.three().in(ClusterState.READ_ONLY);
    evidence.alarms = List.of("NOSPACE 103");
    assertEquals(Optional.of(GateReason.LOCK_READ_ONLY), evidence.refused(Evidence.RESTART));
  }

  @Test
  void theOnlyMemberThatIsNotWellMayBeSpentThoughQuorumIsAtRisk() {
    for (MemberState own :
        List.of(
            MemberState.DEGRADED,
            MemberState.UNKNOWN,
            MemberState.UNAUTHENTICATED,
            MemberState.UNREACHABLE)) {
      Evidence evidence =
          Evidence.three()
              .in(ClusterState.QUORUM_AT_RISK)
              .states(own, MemberState.HEALTHY, MemberState.HEALTHY);
      assertEquals(Optional.empty(), evidence.refused(Evidence.RESTART), own.name());
    }
  }

  @Test
  void itsOwnFailuresAreNoReasonToLeaveItAlone() {
    Evidence evidence =
        Evidence.three()
            .in(ClusterState.QUORUM_AT_RISK)
            .states(MemberState.DEGRADED, MemberState.HEALTHY, MemberState.HEALTHY);
    evidence.unstable = Optional.of(Evidence.NOW.minusSeconds(2));
    assertEquals(Optional.empty(), evidence.refused(Evidence.RESTART));
  }

  @Test
  void twoMembersThatAreNotWellAreOneTooMany() {
    Evidence evidence =
        Evidence.of(5)
            .in(ClusterState.QUORUM_AT_RISK)
            .states(
                MemberState.DEGRADED,
                MemberState.DOWN,
                MemberState.HEALTHY,
                MemberState.HEALTHY,
                MemberState.HEALTHY);
    assertEquals(Optional.of(GateReason.QUORUM_STATE), evidence.refused(Evidence.RESTART));
  }

  @Test
  void withoutAMemberListNobodyKnowsHowManyVotersThereAre() {
    Evidence evidence =
        Evidence.three()
            .in(ClusterState.QUORUM_AT_RISK)
            .states(MemberState.DEGRADED, MemberState.HEALTHY, MemberState.HEALTHY);
    evidence.reasons = List.of("NO_MEMBER_LIST");
    assertEquals(Optional.of(GateReason.QUORUM_STATE), evidence.refused(Evidence.RESTART));
  }

  @Test
  void neitherOfTwoVotersIsEverSpent() {
    Evidence both = Evidence.of(2).in(ClusterState.QUORUM_AT_RISK);
    assertEquals(Optional.of(GateReason.QUORUM_STATE), both.refused(Evidence.RESTART));
    Evidence sick =
        Evidence.of(2)
            .in(ClusterState.QUORUM_AT_RISK)
            .states(MemberState.DEGRADED, MemberState.HEALTHY);
    assertEquals(Optional.of(GateReason.WOULD_LOSE_QUORUM), sick.refused(Evidence.RESTART));
  }

  @Test
  void threeOfFiveAreEnoughWithoutThisOne() {
    Evidence evidence =
        Evidence.of(5)
            .in(ClusterState.QUORUM_DEGRADED)
            .states(
                MemberState.HEALTHY,
                MemberState.DOWN,
                MemberState.HEALTHY,
                MemberState.HEALTHY,
                MemberState.HEALTHY);
    assertEquals(Optional.empty(), evidence.refused(Evidence.RESTART));
  }

  @Test
  void threeOthersOfFourAreNeeded() {
    Evidence evidence =
        Evidence.of(4)
            .in(ClusterState.QUORUM_DEGRADED)
            .states(
                MemberState.HEALTHY, MemberState.DOWN, MemberState.HEALTHY, MemberState.HEALTHY);
    assertEquals(Optional.of(GateReason.WOULD_LOSE_QUORUM), evidence.refused(Evidence.RESTART));
  }

  @Test
  void aMemberOnlyAttestedCountsWhileItsAttestationIsFresh() {
    Evidence evidence =
        Evidence.three().attest(2, Duration.ofSeconds(70)).attest(3, Duration.ofSeconds(40));
    assertEquals(Optional.empty(), evidence.refused(Evidence.RESTART));
    evidence.member(2).proof = Optional.of(Evidence.NOW.minusSeconds(76));
    assertEquals(Optional.of(GateReason.WOULD_LOSE_QUORUM), evidence.refused(Evidence.RESTART));
  }

  @Test
  void oneAttestationAndOneselfDoNotProveThatQuorumExists() {
    Evidence evidence =
        Evidence.three().attest(2, Duration.ofSeconds(70)).attest(3, Duration.ofSeconds(70));
    evidence.attested.removeLast();
    assertEquals(Optional.of(GateReason.NO_INDEPENDENT_PROOF), evidence.refused(Evidence.RESTART));
  }

  @Test
  void twoAttestationsWithoutAReadOfOnesOwnProveNothing() {
    Evidence evidence =
        Evidence.three().attest(2, Duration.ofSeconds(40)).attest(3, Duration.ofSeconds(40));
    evidence.member(1).proof = Optional.empty();
    assertEquals(Optional.of(GateReason.NO_INDEPENDENT_PROOF), evidence.refused(Evidence.RESTART));
  }

  @Test
  void anAttestationOfNoVoterProvesNothing() {
    Evidence evidence = Evidence.three().attest(2, Duration.ofSeconds(40));
    evidence.attest(3, Duration.ofSeconds(40));
    evidence.attested.removeLast();
    evidence.heard(9, Duration.ofSeconds(1), "none", "HEALTHY");
    assertEquals(Optional.of(GateReason.NO_INDEPENDENT_PROOF), evidence.refused(Evidence.RESTART));
  }

  @Test
  void aHealthyNameThatNoReadHasBorneOutLatelyDoesNotCount() {
    Evidence evidence = Evidence.three();
    evidence.member(3).proof = Optional.of(Evidence.NOW.minusSeconds(46));
    assertEquals(Optional.of(GateReason.WOULD_LOSE_QUORUM), evidence.refused(Evidence.RESTART));
  }

  @Test
  void anUnstartedMemberIsAChangeOfMembers() {
    Evidence evidence =
        Evidence.of(5)
            .in(ClusterState.QUORUM_DEGRADED)
            .states(
                MemberState.HEALTHY,
                MemberState.UNSTARTED,
                MemberState.HEALTHY,
                MemberState.HEALTHY,
                MemberState.HEALTHY);
    assertEquals(Optional.of(GateReason.MEMBERSHIP_CHANGING), evidence.refused(Evidence.RESTART));
  }

  @Test
  void aMemberThatFindsNoLeaderWhileTheOthersDoIsCutOff() {
    Evidence evidence =
        Evidence.three()
            .in(ClusterState.QUORUM_AT_RISK)
            .states(MemberState.LOCAL_ONLY, MemberState.HEALTHY, MemberState.HEALTHY);
    assertEquals(Optional.of(GateReason.QUORUM_STATE), evidence.refused(Evidence.RESTART));
  }

  @Test
  void whereTheOwnApiserverIsDeadNoOtherOneIsAskedFor() {
    Evidence evidence = Evidence.three();
    evidence.otherApiservers = List.of();
    evidence.ownApiserver = false;
    assertEquals(Optional.of(GateReason.LAST_APISERVER), evidence.refused(Evidence.RESTART));
    evidence.apiserverDead = Optional.of(Evidence.NOW.minusSeconds(30));
    assertEquals(Optional.empty(), evidence.refused(Evidence.RESTART));
  }

  @Test
  void theWaitGrowsWithRepairsThatDidNotHelp() {
    Duration[] waits = {
      Duration.ofMinutes(30), Duration.ofMinutes(60), Duration.ofMinutes(90), Duration.ofMinutes(90)
    };
    for (int failures = 0; failures < waits.length; failures++) {
      Evidence evidence = Evidence.three();
      evidence.log = acted(failures, waits[failures].minusSeconds(1));
      assertEquals(Optional.of(GateReason.BUDGET), evidence.refused(Evidence.RESTART));
      assertEquals(Duration.ofSeconds(1), evidence.refusal(Evidence.RESTART).again());
      evidence.log = acted(failures, waits[failures]);
      assertEquals(Optional.empty(), evidence.refused(Evidence.RESTART), "after " + failures);
    }
  }

  @Test
  void repairsOfBeforeTheBootCountToo() {
    Evidence evidence = Evidence.three();
    evidence.now = Duration.ofMinutes(10);
    RepairLog log = new RepairLog(List.of(Duration.ofMinutes(-15)), 0);
    assertEquals(
        Optional.of(Duration.ofMinutes(5)),
        Budget.refusal(evidence.settings, Evidence.RESTART, evidence.scene(), log, evidence.now)
            .map(GateRefusal::again));
  }

  @Test
  void theFourthOfADayComesWhenTheFirstIsADayAgo() {
    Evidence evidence = Evidence.three();
    evidence.log =
        acted(
            0,
            Duration.ofHours(30),
            Duration.ofHours(23),
            Duration.ofHours(9),
            Duration.ofHours(2));
    assertEquals(Duration.ofHours(1), evidence.refusal(Evidence.RESTART).again());
    evidence.log = acted(0, Duration.ofHours(24), Duration.ofHours(9), Duration.ofHours(2));
    assertEquals(Optional.empty(), evidence.refused(Evidence.RESTART));
  }

  @Test
  void ordersAreNotCountedOutButGoThroughTheRestOfTheGate() {
    Evidence evidence = Evidence.three();
    evidence.log = acted(3, Duration.ofHours(9), Duration.ofHours(2), Duration.ofMinutes(1));
    evidence.up = Duration.ofSeconds(30);
    evidence.maintenance = true;
    assertEquals(Optional.empty(), evidence.refused(Evidence.ORDER));
    Disruption rolling = new Disruption(Kind.RESTART, "docker", Origin.ROLLING);
    assertEquals(Optional.of(GateReason.MAINTENANCE), evidence.refused(rolling));
    evidence.maintenance = false;
    assertEquals(Optional.empty(), evidence.refused(rolling));
    evidence.member(2).state = MemberState.DOWN;
    assertEquals(Optional.of(GateReason.WOULD_LOSE_QUORUM), evidence.refused(Evidence.ORDER));
  }

  @Test
  void whatTheInitSystemAsksForIsJudgedAsWhatTheDaemonWants() {
    Disruption init = new Disruption(Kind.START, "docker", Origin.INIT);
    for (Broken one : Broken.values()) {
      Evidence evidence = Evidence.three();
      one.breaks.accept(evidence);
      assertEquals(evidence.refused(Evidence.START), evidence.refused(init), one.name());
    }
  }

  /** Every refusal whose cause is time alone ends when it says so. */
  @Test
  void aRefusalThatTimeEndsIsOverWhenItSaysSo() {
    for (Broken one :
        List.of(
            Broken.JUST_REPAIRED,
            Broken.THREE_TODAY,
            Broken.CHANGED,
            Broken.FAILED_LATELY,
            Broken.ANOTHER_LATELY)) {
      Evidence evidence = Evidence.three();
      one.breaks.accept(evidence);
      Duration again = evidence.refusal(Evidence.RESTART).again();
      evidence.now = evidence.now.plus(again);
      evidence.at = evidence.now;
      evidence.proof = Optional.of(evidence.now);
      evidence.processAt = evidence.now;
      evidence.members.forEach(member -> member.proof = Optional.of(evidence.now));
      assertEquals(Optional.empty(), evidence.refused(Evidence.RESTART), one.name());
    }
  }

  // Right before acting.

  private static final Duration LOCKED = Evidence.NOW.minusSeconds(20);

  private static Optional<GateReason> rightBefore(Evidence evidence) {
    return Gate.rightBefore(
            evidence.settings, Evidence.RESTART, evidence.scene(), LOCKED, evidence.now)
        .map(GateRefusal::reason);
  }

  @Test
  void actsOnEvidenceThatIsNewerThanTheLock() {
    assertEquals(Optional.empty(), rightBefore(Evidence.three()));
  }

  @Test
  void aVoterThatWasNotHeardOfSinceTheLockDoesNotCount() {
    Evidence evidence = Evidence.three();
    evidence.member(3).proof = Optional.of(LOCKED);
    assertEquals(Optional.of(GateReason.EVIDENCE_OLD), rightBefore(evidence));
    evidence.member(3).proof = Optional.of(LOCKED.plusMillis(1));
    assertEquals(Optional.empty(), rightBefore(evidence));
  }

  @Test
  void aVoterThatIsDownAnywayIsNotWaitedFor() {
    Evidence evidence =
        Evidence.of(5)
            .in(ClusterState.QUORUM_DEGRADED)
            .states(
                MemberState.HEALTHY,
                MemberState.UNREACHABLE,
                MemberState.HEALTHY,
                MemberState.HEALTHY,
                MemberState.HEALTHY);
    // A round lasts as long as the member that does not answer.
    evidence.proof = Optional.of(Evidence.NOW.minusSeconds(7));
    assertEquals(Optional.empty(), rightBefore(evidence));
  }

  @Test
  void attestationsOfBeforeTheLockDoNotDo() {
    Evidence evidence =
        Evidence.three().attest(2, Duration.ofSeconds(5)).attest(3, Duration.ofSeconds(25));
    assertEquals(Optional.of(GateReason.EVIDENCE_OLD), rightBefore(evidence));
    evidence.member(3).proof = Optional.of(Evidence.NOW.minusSeconds(15));
    assertEquals(Optional.empty(), rightBefore(evidence));
  }

  @Test
  void aRoundThatEndedThreeSecondsAgoIsTooOld() {
    Evidence evidence = Evidence.three();
    evidence.at = Evidence.NOW.minusSeconds(3);
    assertEquals(Optional.of(GateReason.EVIDENCE_OLD), rightBefore(evidence));
  }

  @Test
  void aProofOfBeforeTheRoundIsTooOld() {
    Evidence evidence = Evidence.three();
    evidence.proof = Optional.of(Evidence.NOW.minusSeconds(11));
    assertEquals(Optional.of(GateReason.EVIDENCE_OLD), rightBefore(evidence));
  }

  @ParameterizedTest
  @EnumSource(
      value = Broken.class,
      names = {
        "STATE",
        "PROOF",
        "NOBODY_ELSE",
        "TOO_FEW",
        "LEARNER",
        "CHANGED",
        "ALARM",
        "FAILED_LATELY",
        "BEHIND"
      })
  void whatChangedSinceTheLockIsSeenRightBefore(Broken one) {
    Evidence evidence = Evidence.three();
    one.breaks.accept(evidence);
    assertEquals(Optional.of(one.reason), rightBefore(evidence));
  }
}
