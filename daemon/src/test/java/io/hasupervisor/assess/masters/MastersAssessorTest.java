package io.hasupervisor.assess.masters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.Heard;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which masters there are, and whose daemon speaks. */
final class MastersAssessorTest {
  private final ThreeMasters masters = new ThreeMasters();

  private DaemonState daemon(MastersView view, String name) {
    return ThreeMasters.of(view, name).daemon();
  }

  private static List<String> names(MastersView view) {
    return view.masters().stream().map(MasterView::name).toList();
  }

  @Test
  void allMastersOfTheConfigurationAreThereInItsOrderEachWithItsMember() {
    MastersView view = masters.well();
    assertEquals(List.of("m1", "m2", "m3"), names(view));
    for (MasterView it : view.masters()) {
      assertEquals(DaemonState.SPEAKS, it.daemon());
      assertEquals(it.name(), it.etcd().orElseThrow().name());
      assertEquals(MemberState.HEALTHY, it.etcd().orElseThrow().state());
      assertEquals(it.name().equals("m1"), it.self());
    }
    assertEquals(List.of(), view.differences());
    assertEquals(List.of(), masters.codes());
  }

  @Test
  void aMasterNeverHeardIsSilentOnlyOnceItHadTimeToSpeak() {
    assertEquals(DaemonState.UNKNOWN, daemon(masters.looks(75, 2), "m3"));
    assertEquals(DaemonState.SILENT, daemon(masters.looks(10, 2), "m3"));
    assertEquals(Optional.empty(), ThreeMasters.of(masters.look(), "m3").word());
  }

  @Test
  void aHostThatNeverHadOurDaemonIsNoFinding() {
    masters.looks(200, 2);
    assertEquals(List.of(), masters.codes());
  }

  @Test
  void aDaemonThatFallsSilentIsNamedWithWhatItSaidLast() {
    masters.well();
    MastersView view = masters.looks(90, 2);
    MasterView silent = ThreeMasters.of(view, "m3");
    assertEquals(DaemonState.SILENT, silent.daemon());
    assertEquals("HEALTHY", silent.word().orElseThrow().docker());
    assertEquals(Duration.ofSeconds(1090), silent.heard().orElseThrow());
    assertEquals(List.of("DAEMON_SILENT"), masters.codes());
  }

  @Test
  void aWordOfUnknownAgeIsNoSignOfLife() {
    for (int n = 0; n < 90; n++) {
      masters.hears(3, Optional.empty());
      masters.looks(1, 2);
    }
    MasterView silent = ThreeMasters.of(masters.look(), "m3");
    assertEquals(DaemonState.SILENT, silent.daemon());
    assertEquals(Optional.empty(), silent.heard());
    assertTrue(silent.word().isPresent());
  }

  @Test
  void withoutQuorumNobodyIsCalledSilentAndTheLastWordsStay() {
    masters.well();
    masters.state = ClusterState.QUORUM_LOST;
    MastersView view = masters.looks(600);
    assertFalse(view.heard());
    assertEquals(DaemonState.SPEAKS, daemon(view, "m1"));
    assertEquals(DaemonState.UNKNOWN, daemon(view, "m2"));
    assertTrue(ThreeMasters.of(view, "m2").word().isPresent());
    assertEquals(List.of(), masters.codes());
  }

  @ParameterizedTest
  @EnumSource(
      value = ClusterState.class,
      names = {"READ_ONLY", "QUORUM_UNKNOWN", "QUORUM_LOST", "PARTITIONED_SELF"})
  void whereNobodyCanWriteSilenceMeansNothing(ClusterState state) {
    masters.state = state;
    assertEquals(DaemonState.UNKNOWN, daemon(masters.looks(600), "m2"));
  }

  @Test
  void onceQuorumIsBackThereIsTimeToSpeakAgain() {
    masters.well();
    masters.state = ClusterState.QUORUM_LOST;
    masters.looks(600);
    masters.state = ClusterState.QUORUM_FULL;
    assertEquals(DaemonState.UNKNOWN, daemon(masters.looks(70, 2), "m3"));
    assertEquals(DaemonState.SPEAKS, daemon(masters.look(), "m2"));
    assertEquals(DaemonState.SILENT, daemon(masters.looks(10, 2), "m3"));
  }

  @Test
  void aDaemonRestartedWithoutQuorumShowsWhatItsOwnMemberHolds() {
    masters.state = ClusterState.QUORUM_LOST;
    masters.stored.add(masters.attestation(2, "m2", ThreeMasters.CLUSTER, masters.reported("m2")));
    MasterView known = ThreeMasters.of(masters.looks(5), "m2");
    assertEquals(DaemonState.UNKNOWN, known.daemon());
    assertEquals("0.2.0", known.word().orElseThrow().host().supervisor());
    assertEquals(Optional.empty(), known.heard());
  }

  @Test
  void whatWasHeardGoesBeforeWhatIsStored() {
    masters.stored.add(
        masters.attestation(
            2,
            "m2",
            ThreeMasters.CLUSTER,
            ThreeMasters.report("0.1.0", 1, ThreeMasters.secrets("1", "2"))));
    MasterView known = ThreeMasters.of(masters.well(), "m2");
    assertEquals("0.2.0", known.word().orElseThrow().host().supervisor());
  }

  @Test
  void storedWordsOfAnotherClusterAreNone() {
    masters.stored.add(masters.attestation(2, "m2", new EtcdId(1), masters.reported("m2")));
    assertEquals(Optional.empty(), ThreeMasters.of(masters.looks(5), "m2").word());
  }

  @Test
  void oldWordsOfAMemberThatHasGoneAreNotShownAndNewOnesOfOneNotConfiguredAre() {
    masters.attested.add(
        new Heard(
            masters.attestation(9, "old", ThreeMasters.CLUSTER, masters.reported("m2")),
            masters.now,
            Optional.empty()));
    masters.well();
    assertEquals(List.of("m1", "m2", "m3"), names(masters.look()));
    masters.attested.add(
        new Heard(
            masters.attestation(8, "m4", ThreeMasters.CLUSTER, masters.reported("m2")),
            masters.now,
            Optional.of(masters.now)));
    MastersView view = masters.look();
    assertEquals(List.of("m1", "m2", "m3", "m4"), names(view));
    assertEquals("", ThreeMasters.of(view, "m4").address());
  }

  @Test
  void aMasterWhoseMemberWasReplacedSpeaksThroughTheNewOne() {
    masters.well();
    masters.attested.add(
        new Heard(
            masters.attestation(
                9,
                "m3",
                ThreeMasters.CLUSTER,
                ThreeMasters.report("0.9.0", 1, masters.reported("m3").secrets())),
            masters.now,
            Optional.of(masters.now.minusSeconds(3600))));
    MasterView m3 = ThreeMasters.of(masters.look(), "m3");
    assertEquals("0.2.0", m3.word().orElseThrow().host().supervisor());
    assertEquals(DaemonState.SPEAKS, m3.daemon());
  }

  @Test
  void whoPretendsToBeThisHostIsNotBelieved() {
    masters.attested.add(
        new Heard(
            masters.attestation(
                2,
                "m1",
                ThreeMasters.CLUSTER,
                ThreeMasters.report("6.6.6", 1, ThreeMasters.secrets("6", "6"))),
            masters.now,
            Optional.of(masters.now)));
    MastersView view = masters.look();
    assertEquals("0.2.0", ThreeMasters.of(view, "m1").word().orElseThrow().host().supervisor());
    assertEquals(List.of(), view.differences());
  }
}
