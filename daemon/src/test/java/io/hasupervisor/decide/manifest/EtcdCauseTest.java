package io.hasupervisor.decide.manifest;

import static io.hasupervisor.decide.manifest.Placement.APISERVER;
import static io.hasupervisor.decide.manifest.Placement.ETCD;
import static io.hasupervisor.decide.manifest.Placement.SCHEDULER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdViews;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.assess.etcd.StaleEvidence;
import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.manifest.RolloutAction.AskConsent;
import io.hasupervisor.decide.manifest.RolloutAction.Occasion;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a placement makes of etcd's state. */
final class EtcdCauseTest {
  private static final Target ONE = Placement.target(1, "a", "a", "a");
  private static final Target TWO = Placement.target(2, "a", "b", "b");
  private static final Target THREE = Placement.target(3, "b", "b", "b");
  private static final EtcdView FULL =
      EtcdViews.of(
          ClusterState.QUORUM_FULL, MemberState.HEALTHY, MemberState.HEALTHY, MemberState.HEALTHY);
  private static final EtcdView LOST =
      EtcdViews.of(
          ClusterState.QUORUM_LOST, MemberState.LOCAL_ONLY, MemberState.DOWN, MemberState.DOWN);

  private static Placement judged(Placement p, EtcdView view) {
    return p.step(new RolloutEvent.EtcdJudged(p.state.facts().etcd().then(view)));
  }

  private static EtcdFacts facts(EtcdView view) {
    return EtcdFacts.none().then(view);
  }

  private static Manifest manifest(String name) {
    return new Manifest(name, name, name + "\n");
  }

  /** Revision 2 has come as far as the apiserver. */
  private static Placement atApiserver() {
    Placement p = Placement.standing(ONE).order(TWO).runs(ETCD).begins();
    return p.does("Place kube-apiserver");
  }

  @Test
  void whatCrashesForWantOfEtcdIsNotRolledBack() {
    Placement p = judged(atApiserver(), LOST).crashes(APISERVER);
    p.is("PLACING", RolloutBecause.AWAITING_ETCD).rests();
    p.pass(3600).runs(ETCD).crashes(APISERVER).is("PLACING", RolloutBecause.AWAITING_ETCD).rests();
  }

  @Test
  void itsLimitBeginsAnewOnceEtcdIsBack() {
    Placement p = judged(atApiserver(), LOST).crashes(APISERVER).pass(3600);
    judged(p, FULL).runs(ETCD).crashes(APISERVER).rests();
    p.is("PLACING", RolloutBecause.AWAITING_CONTAINER);
    p.runs(APISERVER).is("Place kube-scheduler");
  }

  @Test
  void whatStillCrashesLongAfterEtcdIsBackIsRolledBack() {
    Placement p = judged(atApiserver(), LOST).crashes(APISERVER).pass(3600);
    judged(p, FULL);
    for (int n = 0; n < 3; n++) {
      p.runs(ETCD).crashes(APISERVER).rests().pass(30);
    }
    p.runs(ETCD).crashes(APISERVER).is("AskConsent kube-apiserver ROLL_BACK");
  }

  @Test
  void aBrokenApiserverIsRolledBackWhileEtcdServesOrIsNotKnown() {
    for (EtcdView view :
        List.of(
            FULL,
            StaleEvidence.of(LOST, LOST.at(), LOST.at().plusSeconds(60)),
            EtcdViews.of(
                ClusterState.QUORUM_UNKNOWN,
                MemberState.UNAUTHENTICATED,
                MemberState.UNAUTHENTICATED,
                MemberState.UNAUTHENTICATED))) {
      judged(atApiserver(), view).crashes(APISERVER).is("AskConsent kube-apiserver ROLL_BACK");
    }
  }

  @Test
  void allThatNeedsEtcdIsExcusedByEveryOutage() {
    Set<ClusterState> outages =
        EnumSet.of(
            ClusterState.DATA_REGRESSION,
            ClusterState.SPLIT_VIEW,
            ClusterState.CORRUPT,
            ClusterState.PARTITIONED_SELF,
            ClusterState.QUORUM_LOST,
            ClusterState.READ_ONLY);
    for (ClusterState state : ClusterState.values()) {
      EtcdFacts etcd =
          facts(
              EtcdViews.of(
                  state, MemberState.HEALTHY, MemberState.LOCAL_ONLY, MemberState.LOCAL_ONLY));
      for (String name : List.of(APISERVER, SCHEDULER, "kube-controller-manager")) {
        assertEquals(outages.contains(state), etcd.excuses(manifest(name)), state + " " + name);
      }
      assertFalse(etcd.excuses(manifest("haproxy")), state::toString);
    }
  }

  @Test
  void anUnknownQuorumExcusesOnlyWhereThisHostsMemberSurelyServesNobody() {
    assertTrue(facts(EtcdViews.of(ClusterState.QUORUM_UNKNOWN, MemberState.DOWN)).outage());
    assertFalse(facts(EtcdViews.of(ClusterState.QUORUM_UNKNOWN, MemberState.UNKNOWN)).outage());
    assertFalse(EtcdFacts.none().outage());
  }

  @Test
  void anEtcdIsExcusedOnlyWhereTheBestOfMembersHereWouldNotBringQuorumBack() {
    Manifest etcd = manifest(ETCD);
    assertTrue(facts(LOST).excuses(etcd));
    assertFalse(
        facts(
                EtcdViews.of(
                    ClusterState.QUORUM_LOST,
                    MemberState.DOWN,
                    MemberState.DOWN,
                    MemberState.LOCAL_ONLY))
            .excuses(etcd));
    assertFalse(facts(EtcdViews.of(ClusterState.QUORUM_LOST, MemberState.DOWN)).excuses(etcd));
    assertTrue(facts(EtcdViews.of(ClusterState.DATA_REGRESSION, MemberState.DOWN)).excuses(etcd));
  }

  @Test
  void theOnlyMembersBrokenManifestIsRolledBackThoughQuorumIsLostByIt() {
    Placement p = Placement.standing(ONE).order(THREE).begins().does("Place etcd");
    judged(p, EtcdViews.of(ClusterState.QUORUM_LOST, MemberState.DOWN)).crashes(ETCD);
    p.is("AskConsent etcd ROLL_BACK");
  }

  @Test
  void anEtcdThatTheProbeOfItsKubeletKillsForWantOfPeersIsNotRolledBack() {
    Placement p = Placement.standing(ONE).order(THREE).begins().does("Place etcd");
    judged(p, LOST).crashes(ETCD).is("PLACING", RolloutBecause.AWAITING_ETCD).rests();
  }

  @Test
  void aLargeDatabaseHasFifteenMinutesToBeReadIn() {
    Placement p = Placement.standing(ONE).order(THREE).begins().does("Place etcd");
    judged(p, EtcdViews.of(ClusterState.QUORUM_FULL, "3.4.23", 3L << 30, MemberState.HEALTHY));
    endedOnce(p).pass(600);
    endedOnce(p).rests();
    p.pass(301);
    endedOnce(p).is("AskConsent etcd ROLL_BACK");
  }

  /** Which is no loop. */
  private static Placement endedOnce(Placement p) {
    return p.sees(ETCD, new PodVerdict.Crashing(1, "exit code 2"));
  }

  @Test
  void nothingIsPlacedWithoutAnOrderOverOlderData() {
    AskConsent ask = new AskConsent(manifest(ETCD), Occasion.MISSING, true);
    Outcome.Refused no =
        EtcdConsent.refusal(
                ask, facts(EtcdViews.of(ClusterState.DATA_REGRESSION, MemberState.DOWN)))
            .orElseThrow();
    assertTrue(no.why().contains("ha-supervisor etcd accept-restore"), no.why());
    assertTrue(no.why().length() <= 160, "it is cut in the status");
    assertEquals(Duration.ofMinutes(1), no.retryAfter());
    assertEquals(Optional.empty(), EtcdConsent.refusal(ask, facts(LOST)));
    assertEquals(Optional.empty(), EtcdConsent.refusal(ask, EtcdFacts.none()));
  }

  @Test
  void etcdIsNotTakenBackBelowTheVersionThatAllHaveRun() {
    EtcdFacts raised =
        facts(
            EtcdViews.of(
                ClusterState.QUORUM_FULL, "3.5.9", 1, MemberState.HEALTHY, MemberState.HEALTHY));
    EtcdFacts later = raised.then(LOST);
    assertTrue(refused("quay.io/coreos/etcd:v3.4.23", Occasion.ROLL_BACK, later));
    assertFalse(refused("quay.io/coreos/etcd:v3.5.1", Occasion.ROLL_BACK, later));
    assertFalse(refused("registry.k8s.io/etcd:3.10.0-0", Occasion.ROLL_BACK, later));
    assertTrue(refused("localhost:5000/etcd:2.3.8", Occasion.ROLL_BACK, later));
    assertFalse(refused("etcd@sha256:abc", Occasion.ROLL_BACK, later), "not known");
    assertFalse(refused("quay.io/coreos/etcd:v3.4.23", Occasion.MISSING, later));
    assertFalse(refused("quay.io/coreos/etcd:v3.4.23", Occasion.ROLL_BACK, facts(LOST)));
  }

  private static boolean refused(String image, Occasion occasion, EtcdFacts etcd) {
    Manifest manifest =
        new Manifest(ETCD, ETCD, "spec:\n  containers:\n  - image: " + image + "\n");
    return EtcdConsent.refusal(new AskConsent(manifest, occasion, true), etcd).isPresent();
  }
}
