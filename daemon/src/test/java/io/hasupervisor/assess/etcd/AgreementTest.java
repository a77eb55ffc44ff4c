package io.hasupervisor.assess.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.Masters.Runs;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.MemberList;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether this is the cluster and the data that this host knows, and whether it is in it. */
final class AgreementTest {
  private final Watched watched = Watched.settled(new Masters(3));
  private final Masters masters = watched.masters;

  /** Section 0.8: two members were wiped while the third, with all the data, was down. */
  @Test
  void twoWipedMembersUnderTheSameIdAreARegression() {
    masters.kill(1, 2, 3);
    watched.run(Duration.ofMinutes(1));
    long known = watched.view().remembered();
    masters.revision = 1;
    masters.start(2, 3);

    EtcdView view = watched.step();

    assertEquals(ClusterState.DATA_REGRESSION, view.state());
    assertTrue(view.proven());
    assertEquals(0, view.canLose());
    assertEquals(known, view.remembered());
    assertTrue(view.summary().contains("revision 2 at"), view.summary());
    assertTrue(view.summary().contains("Start nothing, delete nothing"), view.summary());
    masters.revision = 1_000_000;
    assertEquals(ClusterState.DATA_REGRESSION, watched.run(Duration.ofMinutes(2)).state());
    assertEquals(known, watched.history.maxima().orElseThrow().revision());
    assertEquals(Optional.of(ClusterState.QUORUM_AT_RISK), watched.view().underlying());
  }

  @Test
  void anEarlierLifeRemembersToo() {
    EtcdMaxima remembered =
        new EtcdMaxima(Masters.CLUSTER, Optional.empty(), 1_000_000, 1, 1, Instant.EPOCH);
    Watched reborn = new Watched(new Masters(3), Optional.of(remembered));

    assertEquals(ClusterState.DATA_REGRESSION, reborn.step().state());
    assertEquals(remembered, reborn.history.maxima().orElseThrow());

    reborn.history = reborn.history.accepted();
    assertEquals(ClusterState.QUORUM_FULL, reborn.run(Duration.ofMinutes(1)).state());
    assertTrue(reborn.history.maxima().orElseThrow().revision() < 1000);
  }

  @Test
  void aLaggingMembersOwnStoreIsNoRegression() {
    masters.kill(3);
    watched.run(Duration.ofMinutes(1));
    masters.master(2).behind = 90;
    masters.master(2).island = 2;

    watched.run(Duration.ofMinutes(1));

    assertTrue(
        watched.views.stream().noneMatch(view -> view.state() == ClusterState.DATA_REGRESSION));
  }

  @Test
  void maximaGrowByProofsOnly() {
    EtcdMaxima before = watched.history.maxima().orElseThrow();
    masters.kill(2, 3);
    masters.revision += 1000;
    masters.term += 10;
    watched.run(Duration.ofMinutes(1));

    assertEquals(before, watched.history.maxima().orElseThrow());
    masters.start(2);
    watched.run(Duration.ofMinutes(1));
    EtcdMaxima raised = watched.history.maxima().orElseThrow();
    assertTrue(raised.revision() > before.revision() + 1000);
    assertTrue(raised.index() > before.index() + 1000);
    assertEquals(Optional.of(masters.master(1).id), raised.member());
    assertEquals(watched.view().remembered(), raised.revision());
    assertTrue(raised.at().isAfter(before.at()));
  }

  @Test
  void aReadThatTellsNoRevisionIsNoRegression() {
    masters.revision = -1;

    assertEquals(ClusterState.QUORUM_FULL, watched.step().state());
  }

  @Test
  void anotherClusterInPlaceOfTheKnownOneIsNotTakenForIt() {
    EtcdMaxima known = watched.history.maxima().orElseThrow();
    EtcdId other = new EtcdId(0xc2);
    masters.members.forEach(member -> member.cluster = other);

    EtcdView early = watched.run(Duration.ofSeconds(20));
    assertFalse(early.proven());
    assertEquals(ClusterState.QUORUM_UNKNOWN, early.state());
    assertEquals(MemberState.FOREIGN, watched.state(1));
    EtcdView view = watched.run(Duration.ofMinutes(2));

    assertEquals(ClusterState.DATA_REGRESSION, view.state());
    assertEquals(Optional.of(ClusterState.QUORUM_FULL), view.underlying());
    assertTrue(view.reasons().contains("CLUSTER_CHANGED"));
    assertEquals(0, view.canLose());
    assertTrue(view.summary().contains("c2 in place of 80000000000000c1"), view.summary());
    assertEquals(known.cluster(), watched.history.maxima().orElseThrow().cluster());
    assertEquals(known.revision(), watched.history.maxima().orElseThrow().revision());

    watched.history = watched.history.accepted();
    assertEquals(ClusterState.QUORUM_FULL, watched.run(Duration.ofMinutes(1)).state());
    assertEquals(other, watched.history.maxima().orElseThrow().cluster());
  }

  @Test
  void theKnownClusterTakesItsPlaceAgain() {
    masters.members.forEach(member -> member.cluster = new EtcdId(0xc2));
    watched.run(Duration.ofMinutes(2));
    masters.members.forEach(member -> member.cluster = Masters.CLUSTER);

    assertEquals(ClusterState.QUORUM_FULL, watched.run(Duration.ofMinutes(1)).state());
    assertFalse(watched.view().reasons().contains("CLUSTER_CHANGED"));
  }

  @Test
  void twoClustersThatProveQuorumAreASplit() {
    Masters five = new Masters(5);
    Watched split = Watched.settled(five);
    five.lists = false;
    // Two that were started anew with a list of their own prove quorum among themselves.
    for (int i : new int[] {4, 5}) {
      five.master(i).lie =
          truth ->
              new MemberEvidence(
                  truth.url(),
                  false,
                  truth.listed(),
                  false,
                  Masters.got(new Header(new EtcdId(0xc2), new EtcdId(0x77), 5, 2)),
                  Masters.got(new Header(new EtcdId(0xc2), new EtcdId(0x77), 5, 2)),
                  truth.status(),
                  truth.peer());
    }

    EtcdView view = split.run(Duration.ofSeconds(60));

    assertEquals(ClusterState.SPLIT_VIEW, view.state());
    assertTrue(view.reasons().contains("TWO_CLUSTERS"));
    assertEquals(0, view.canLose());
    assertTrue(view.underlying().isPresent());
  }

  @Test
  void listsThatDifferForLongAreASplit() {
    masters.lie =
        round ->
            new EtcdRound(
                round.at(),
                round.wall(),
                round.took(),
                round.members(),
                List.of(
                    round.lists().getFirst(),
                    new MemberList(
                        masters.master(2).id,
                        Masters.CLUSTER,
                        false,
                        round.lists().getFirst().members().subList(0, 2))),
                round.attestations(),
                round.metrics(),
                round.process(),
                round.elsewhere(),
                round.lock());

    assertEquals(ClusterState.QUORUM_FULL, watched.step().state());
    EtcdView view = watched.run(Duration.ofSeconds(60));

    assertEquals(ClusterState.SPLIT_VIEW, view.state());
    assertTrue(view.reasons().contains("LISTS_DIFFER"));
    masters.lie = round -> round;
    assertEquals(ClusterState.QUORUM_FULL, watched.run(Duration.ofMinutes(1)).state());
  }

  @Test
  void aHostThatIsCutOffSaysSoAndNotThatQuorumIsLost() {
    masters.master(1).island = 1;
    masters.master(2).reached = false;
    masters.master(3).reached = false;
    masters.elsewhere = Optional.of("master-2");
    int seen = watched.views.size();

    watched.until(ClusterState.PARTITIONED_SELF);
    EtcdView view = watched.run(Duration.ofMinutes(1));

    assertEquals(ClusterState.PARTITIONED_SELF, view.state());
    assertEquals(0, view.canLose());
    assertTrue(view.summary().contains("master-2 says that all is well"), view.summary());
    assertTrue(
        watched.views.stream().skip(seen).noneMatch(v -> v.state() == ClusterState.QUORUM_LOST));
    masters.elsewhere = Optional.empty();
    assertEquals(ClusterState.QUORUM_LOST, watched.run(Duration.ofMinutes(1)).state());
  }

  @Test
  void peerPortsThatAnswerPointAtTheLinks() {
    masters.master(1).island = 1;

    EtcdView view = watched.run(Duration.ofMinutes(1));

    assertEquals(ClusterState.PARTITIONED_SELF, view.state());
    assertTrue(view.reasons().contains("PEER_LINK"));
    assertEquals(MemberState.LOCAL_ONLY, watched.state(1));
  }

  /** Scenario 14. */
  @Test
  void theSeedsTopologyIsFullByAttestation() {
    Masters seed = new Masters(3);
    seed.loopback = true;
    Watched watch = Watched.settled(seed);

    assertEquals(ClusterState.QUORUM_FULL, watch.view().state());
    assertEquals(MemberState.UNREACHABLE_ATTESTED, watch.state(2));
    assertEquals(1, watch.view().canLose());

    seed.master(2).attests = false;
    watch.run(Duration.ofMinutes(3));
    assertEquals(MemberState.UNREACHABLE, watch.state(2));
    assertEquals(ClusterState.QUORUM_AT_RISK, watch.view().state());
    assertTrue(watch.view().reasons().contains("NOT_ATTESTED"));

    seed.master(2).attests = true;
    watch.run(Duration.ofMinutes(1));
    seed.master(3).runs = Runs.NO;
    EtcdView view = watch.step();
    assertEquals(0, view.canLose());
    watch.run(Duration.ofMinutes(1));
    assertEquals(MemberState.DOWN, watch.state(3));
  }

  @Test
  void anAttestationThatNeverChangesProvesNothing() {
    Masters seed = new Masters(3);
    seed.loopback = true;
    seed.master(2).sequence = 1;
    seed.master(2).attests = false;
    Watched watch = Watched.settled(seed);

    assertEquals(MemberState.UNREACHABLE, watch.state(2));
    assertEquals("of unknown age", watch.member(2).evidence().get("E6"));
  }

  @Test
  void aFullDatabaseSilencesAttestationsAndNoMember() {
    Masters seed = new Masters(3);
    seed.loopback = true;
    Watched watch = Watched.settled(seed);
    seed.errors.add("memberID:" + seed.master(1).id.decimal() + " alarm:NOSPACE ");
    seed.members.forEach(member -> member.attests = false);

    EtcdView view = watch.run(Duration.ofSeconds(90));

    assertEquals(ClusterState.READ_ONLY, view.state());
    assertEquals(Optional.of(ClusterState.QUORUM_FULL), view.underlying());
    assertEquals(0, view.canLose());
  }
}
