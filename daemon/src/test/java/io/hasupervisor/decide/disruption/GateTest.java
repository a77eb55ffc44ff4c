package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.MemberState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GateTest {

  @Test
  void letsAVoterBeSpentWhereAllIsWell() {
    assertEquals(new Ruling.Locked(true, true), Evidence.three().ruling(Evidence.RESTART));
    assertEquals(Optional.empty(), gate(Evidence.three()));
  }

  /** No condition stands in for another: each is missed where it is left out. */
  @ParameterizedTest
  @MethodSource("io.hasupervisor.decide.disruption.Broken#all")
  void eachConditionAloneRefuses(Broken one) {
    Evidence evidence = Evidence.three();
    one.breaks().accept(evidence);
    assertEquals(Optional.of(one.reason()), gate(evidence));
    assertEquals(Optional.of(one.reason()), evidence.refused(Evidence.RESTART));
  }

  @ParameterizedTest
  @MethodSource("io.hasupervisor.decide.disruption.Broken#all")
  void theFirstConditionThatIsNotMetIsTheReason(Broken first) {
    List<Broken> all = Broken.all();
    for (Broken later : all.subList(all.indexOf(first) + 1, all.size())) {
      Evidence evidence = Evidence.three();
      later.breaks().accept(evidence);
      first.breaks().accept(evidence);
      assertEquals(Optional.of(first.reason()), gate(evidence), first + " and " + later);
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
}
