package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.decide.disruption.Disruption.Kind;
import io.hasupervisor.decide.disruption.Disruption.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionTableTest {
  private static final Ruling FREE = new Ruling.Free(Duration.ZERO);
  private static final Ruling LOCK_ALONE = new Ruling.Locked(false, false);
  private static final Ruling LOCK_AND_END_ETCD = new Ruling.Locked(false, true);
  private static final Ruling WHOLE_GATE = new Ruling.Locked(true, true);
  private static final MemberState UP = MemberState.HEALTHY;
  private static final MemberState DOWN = MemberState.DOWN;

  private static Optional<GateReason> because(GateReason reason) {
    return Optional.of(reason);
  }

  private static Evidence atRisk() {
    return Evidence.three().in(ClusterState.QUORUM_AT_RISK).states(UP, UP, DOWN);
  }

  private static Evidence lost(MemberState own) {
    return Evidence.three().in(ClusterState.QUORUM_LOST).states(own, DOWN, DOWN);
  }

  private static Evidence single() {
    return Evidence.of(1).in(ClusterState.SINGLE);
  }

  // etcd alive

  @Test
  void aliveAndFullIsRepairedWithTheLock() {
    assertEquals(WHOLE_GATE, Evidence.three().ruling(Evidence.RESTART));
  }

  @Test
  void aliveAndAtRiskBecauseOfAnotherMemberWaits() {
    assertEquals(because(GateReason.QUORUM_STATE), atRisk().refused(Evidence.RESTART));
    assertEquals(because(GateReason.QUORUM_STATE), atRisk().refused(Evidence.ORDER));
  }

  @Test
  void aliveAndTheOnlyOneThatIsNotHealthyGoesThroughTheGate() {
    Evidence evidence =
        Evidence.three().in(ClusterState.QUORUM_AT_RISK).states(MemberState.DEGRADED, UP, UP);
    assertEquals(WHOLE_GATE, evidence.ruling(Evidence.RESTART));
  }

  @ParameterizedTest
  @EnumSource(
      value = ClusterState.class,
      names = {
        "PARTITIONED_SELF",
        "QUORUM_LOST",
        "QUORUM_UNKNOWN",
        "SPLIT_VIEW",
        "CORRUPT",
        "READ_ONLY"
      })
  void aliveWaitsForEverWhereQuorumIsNotThereOrNotKnown(ClusterState state) {
    for (Disruption wanted :
        List.of(
            Evidence.RESTART,
            Evidence.START,
            Evidence.STOP,
            Evidence.ORDER,
            Evidence.REBOOT,
            Evidence.PLACE_ETCD)) {
      Evidence evidence = Evidence.three().in(state);
      evidence.dockerSick = Optional.of(Duration.ZERO);
      evidence.settings = patient(true, true);
      assertTrue(evidence.refused(wanted).isPresent(), wanted.words());
    }
  }

  private static RepairSettings patient(boolean single, boolean hung) {
    RepairSettings it = RepairSettings.DEFAULT;
    return new RepairSettings(
        it.spacing(),
        it.hostSpacing(),
        it.perDay(),
        it.steady(),
        it.unfinishedAfter(),
        it.deadline(),
        it.breakAfter(),
        it.bootGrace(),
        it.lockPatience(),
        single,
        hung);
  }

  @Test
  void theOnlyMemberIsLeftAloneWhileItsApiserverServes() {
    Evidence evidence = single();
    evidence.otherApiservers = List.of();
    evidence.dockerSick = Optional.of(Evidence.NOW.minus(Duration.ofHours(9)));
    assertEquals(because(GateReason.QUORUM_STATE), evidence.refused(Evidence.RESTART));
    assertEquals(because(GateReason.QUORUM_STATE), evidence.refused(Evidence.START));
    assertEquals(because(GateReason.QUORUM_STATE), evidence.refused(Evidence.ORDER));
  }

  @Test
  void theOnlyMemberIsSpentOnceDockerAndTheApiserverHaveBeenAwayForFiveMinutes() {
    Evidence evidence = single();
    evidence.otherApiservers = List.of();
    evidence.apiserverDead = Optional.of(Evidence.NOW.minusSeconds(300));
    evidence.dockerSick = Optional.of(Evidence.NOW.minusSeconds(299));
    assertEquals(because(GateReason.QUORUM_STATE), evidence.refused(Evidence.RESTART));
    evidence.dockerSick = Optional.of(Evidence.NOW.minusSeconds(300));
    assertEquals(LOCK_AND_END_ETCD, evidence.ruling(Evidence.RESTART));
    evidence.apiserverDead = Optional.of(Evidence.NOW.minusSeconds(299));
    assertEquals(because(GateReason.QUORUM_STATE), evidence.refused(Evidence.RESTART));
  }

  @Test
  void whereItIsConfiguredTheOnlyMemberDoesNotWaitForItsApiserver() {
    Evidence evidence = single();
    evidence.settings = patient(true, false);
    evidence.dockerSick = Optional.of(Evidence.NOW.minusSeconds(300));
    assertEquals(LOCK_AND_END_ETCD, evidence.ruling(Evidence.RESTART));
    evidence.dockerSick = Optional.empty();
    assertEquals(LOCK_AND_END_ETCD, evidence.ruling(Evidence.ORDER));
    assertEquals(because(GateReason.QUORUM_STATE), evidence.refused(Evidence.RESTART));
  }

  @Test
  void theOnlyMembersBudgetIsKept() {
    Evidence evidence = single();
    evidence.settings = patient(true, false);
    evidence.dockerSick = Optional.of(Evidence.NOW.minusSeconds(300));
    evidence.log = new RepairLog(List.of(Evidence.NOW.minusSeconds(60)), 0);
    assertEquals(because(GateReason.BUDGET), evidence.refused(Evidence.RESTART));
  }

  @Test
  void aChangedManifestOfTheOnlyMasterCostsTheSameAtAnyTime() {
    assertEquals(LOCK_ALONE, single().ruling(Evidence.PLACE_ETCD));
  }

  @Test
  void aHungMemberIsLeftAloneUnlessConfigured() {
    Evidence evidence =
        Evidence.three().in(ClusterState.QUORUM_AT_RISK).states(MemberState.HUNG, UP, UP);
    assertEquals(because(GateReason.MEMBER_HUNG), evidence.refused(Evidence.RESTART));
    assertEquals(WHOLE_GATE, evidence.ruling(Evidence.ORDER));
    evidence.settings = patient(false, true);
    assertEquals(WHOLE_GATE, evidence.ruling(Evidence.RESTART));
    evidence.member(3).state = DOWN;
    assertEquals(because(GateReason.QUORUM_STATE), evidence.refused(Evidence.RESTART));
  }

  @Test
  void dockersStartCostsTheVoteThatOutlivedIt() {
    assertEquals(WHOLE_GATE, Evidence.three().ruling(Evidence.START));
    assertEquals(because(GateReason.QUORUM_STATE), atRisk().refused(Evidence.START));
    assertEquals(because(GateReason.QUORUM_STATE), lost(UP).refused(Evidence.START));
  }

  // Where containers survive.

  @Test
  void dockerWithVerifiedLiveRestoreTakesTheLockAndSpendsNoVote() {
    for (Evidence evidence :
        List.of(Evidence.three(), single(), Evidence.of(2).in(ClusterState.QUORUM_AT_RISK))) {
      evidence.liveRestore = true;
      evidence.otherApiservers = List.of();
      assertEquals(LOCK_ALONE, evidence.ruling(Evidence.RESTART));
      assertEquals(LOCK_ALONE, evidence.ruling(Evidence.START));
      assertEquals(LOCK_ALONE, evidence.ruling(Evidence.STOP));
    }
  }

  @Test
  void dockerWithVerifiedLiveRestoreWaitsWhileAnotherMemberIsMissing() {
    Evidence evidence = atRisk();
    evidence.liveRestore = true;
    assertEquals(because(GateReason.QUORUM_STATE), evidence.refused(Evidence.RESTART));
    evidence.proof = Optional.of(Evidence.NOW.minusSeconds(20));
    evidence.state = ClusterState.QUORUM_FULL;
    assertEquals(because(GateReason.QUORUM_STATE), evidence.refused(Evidence.RESTART));
  }

  @Test
  void aRebootSpendsTheVoteWhateverDockerKeeps() {
    Evidence evidence = Evidence.three();
    evidence.liveRestore = true;
    assertEquals(WHOLE_GATE, evidence.ruling(Evidence.REBOOT));
  }

  /** It may only call somebody; a docker or kubelet that is stuck starts no etcd again. */
  @Test
  void aHookForWhatIsStuckEndsNoEtcdThatIsWell() {
    Disruption hook = new Disruption(Kind.REBOOT, "", Origin.DAEMON);
    assertEquals(new Ruling.Locked(true, false), Evidence.three().ruling(hook));
  }

  @Test
  void theKubeletNeedsNoLockAndNoVote() {
    assertEquals(FREE, Evidence.three().ruling(Evidence.KUBELET));
    assertEquals(FREE, single().ruling(Evidence.KUBELET));
    assertEquals(FREE, lost(DOWN).dead().ruling(Evidence.KUBELET));
    assertEquals(because(GateReason.QUORUM_STATE), atRisk().refused(Evidence.KUBELET));
    assertEquals(because(GateReason.QUORUM_STATE), lost(UP).refused(Evidence.KUBELET));
    Evidence full = Evidence.three().in(ClusterState.READ_ONLY);
    full.underlying = Optional.of(ClusterState.QUORUM_FULL);
    assertEquals(FREE, full.ruling(Evidence.KUBELET));
  }

  @Test
  void aDeadKubeletIsStartedWhateverEtcdDoes() {
    Disruption start = new Disruption(Kind.START, "kubelet", Origin.DAEMON);
    assertEquals(FREE, atRisk().ruling(start));
    assertEquals(FREE, lost(UP).ruling(start));
  }

  // Manifests.

  @Test
  void aManifestOfALivingMemberGoesThroughTheGateAndIsEndedByTheKubelet() {
    assertEquals(new Ruling.Locked(true, false), Evidence.three().ruling(Evidence.PLACE_ETCD));
    assertEquals(new Ruling.Locked(true, false), Evidence.three().ruling(Evidence.PLACE_API));
    assertEquals(because(GateReason.QUORUM_STATE), atRisk().refused(Evidence.PLACE_API));
  }

  @Test
  void onAFreshClusterManifestsArePlacedFreely() {
    Evidence evidence = Evidence.of(0).in(ClusterState.QUORUM_UNKNOWN).dead();
    evidence.otherApiservers = List.of();
    evidence.apiserverDead = Optional.of(Evidence.NOW.minusSeconds(5));
    evidence.up = Duration.ofSeconds(90);
    assertEquals(FREE, evidence.ruling(Evidence.PLACE_ETCD));
    assertEquals(FREE, evidence.ruling(Evidence.PLACE_API));
  }

  @Test
  void aDeadMembersManifestIsPlacedUnderTheLockWhereTheOthersHaveQuorum() {
    assertEquals(LOCK_ALONE, Evidence.three().dead().ruling(Evidence.PLACE_ETCD));
  }

  @Test
  void aDeadApiserversManifestIsPlacedThoughAnotherMasterIsMissing() {
    Evidence evidence = atRisk();
    evidence.apiserverDead = Optional.of(Evidence.NOW.minusSeconds(5));
    assertEquals(FREE, evidence.ruling(Evidence.PLACE_API));
  }

  @Test
  void manifestsAreNoRepairsThatDidNotHelp() {
    Evidence evidence = Evidence.three();
    evidence.log = new RepairLog(List.of(Evidence.NOW.minusSeconds(30)), 2);
    assertEquals(Optional.empty(), evidence.refused(Evidence.PLACE_ETCD));
  }

  @Test
  void otherManifestsAndServicesAreNobodysVote() {
    assertEquals(
        FREE, lost(UP).ruling(new Disruption(Kind.PLACE, "kube-scheduler", Origin.DAEMON)));
    assertEquals(FREE, lost(UP).ruling(new Disruption(Kind.RESTART, "ntp", Origin.DAEMON)));
  }

  // An operator's word.

  @Test
  void anAcceptedLossLeavesTheLockAndAnOrderlyEndOfEtcd() {
    assertEquals(LOCK_AND_END_ETCD, accepted(atRisk(), Evidence.ORDER));
    assertEquals(LOCK_AND_END_ETCD, accepted(lost(UP), Evidence.ORDER));
    assertEquals(LOCK_ALONE, accepted(lost(DOWN).dead(), Evidence.ORDER));
    assertEquals(LOCK_ALONE, accepted(atRisk(), Evidence.PLACE_ETCD));
    assertEquals(FREE, accepted(atRisk(), Evidence.KUBELET));
  }

  private static Ruling accepted(Evidence evidence, Disruption wanted) {
    return DecisionTable.accepted(wanted, evidence.scene(), evidence.now);
  }
}
