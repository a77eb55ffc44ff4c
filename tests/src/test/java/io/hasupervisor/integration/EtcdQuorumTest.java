package io.hasupervisor.integration;

import static io.hasupervisor.assess.etcd.ClusterState.QUORUM_AT_RISK;
import static io.hasupervisor.assess.etcd.ClusterState.QUORUM_FULL;
import static io.hasupervisor.assess.etcd.ClusterState.QUORUM_LOST;
import static io.hasupervisor.integration.EtcdHost.member;
import static io.hasupervisor.integration.EtcdHost.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.backup.Source;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.decide.backup.Permission;
import io.hasupervisor.decide.backup.Refusal;
import io.hasupervisor.integration.EtcdCluster.Clients;
import io.hasupervisor.observe.etcd.EtcdChannel;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.SnapshotStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Voters that stop, hang and come back, as seen from the first of three hosts. */
@Timeout(300)
final class EtcdQuorumTest {
  private static final int KILLED_LEADERS = Integer.getInteger("scenarios.repeat", 3);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration ROUND_LIMIT = Duration.ofSeconds(6);

  @TempDir Path directory;
  private EtcdCluster cluster;
  private EtcdHost host;

  @BeforeEach
  void three() throws Exception {
    cluster = EtcdCluster.three(directory, Clients.ANYWHERE);
    host = EtcdHost.of(cluster.host(0));
    EtcdView full = host.until(SOON, view -> view.state() == QUORUM_FULL);
    assertEquals(
        List.of(3, 3, 1), List.of(full.voters(), full.healthy(), full.canLose()), told(full));
  }

  @AfterEach
  void close() {
    if (host != null) {
      host.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @WaitingTest
  void withOneVoterDownNoMoreMayBeLost() throws Exception {
    cluster.member(2).kill();
    Duration killed = host.clock.now();
    EtcdView seen = host.until(SOON, view -> view.state() == QUORUM_AT_RISK);
    Report.line("3: one of three killed", seen, seen.at().minus(killed));
    assertEquals(0, seen.canLose());
    assertEquals(MemberState.DOWN, member(seen, "master-3").state(), told(seen));
    assertTrue(seen.summary().contains("master-3"), seen.summary());
    cluster.member(2).startAgain();
    EtcdView back = host.until(SOON, view -> view.state() == QUORUM_FULL);
    assertEquals(1, back.canLose());
  }

  @WaitingTest
  void quorumIsNamedLostBetween15And22SecondsAfterTwoOfThreeWereKilled() throws Exception {
    cluster.member(1).kill();
    cluster.member(2).kill();
    Duration killed = host.clock.now();
    EtcdView lost = host.until(Duration.ofSeconds(40), view -> view.state() == QUORUM_LOST);
    Duration took = lost.at().minus(killed);
    Report.line("4: two of three killed", lost, took);
    assertTrue(lost.summary().contains("as seen from this host"), lost.summary());
    assertTrue(lost.summary().contains("master-2"), lost.summary());
    assertTrue(lost.summary().contains("master-3"), lost.summary());
    assertTrue(took.toSeconds() >= 15 && took.toSeconds() <= 22, took + " " + told(lost));
    assertFalse(lost.proven());
    cluster.member(1).startAgain();
    EtcdView back = host.until(SOON, EtcdView::proven);
    Report.line("4: one of the two is back", back, back.at().minus(lost.at()));
  }

  @WaitingTest
  void aKilledLeaderIsNoLostQuorum() throws Exception {
    for (int n = 0; n < KILLED_LEADERS; n++) {
      int leader = cluster.leader();
      cluster.member(leader).kill();
      Duration killed = host.clock.now();
      Set<ClusterState> states = EnumSet.noneOf(ClusterState.class);
      host.always(
          Duration.ofSeconds(5),
          view -> {
            states.add(view.state());
            return view.proven();
          });
      Report.line(
          "7: leader killed, run " + (n + 1),
          states.toString(),
          host.clock.now().minus(killed),
          host.round().summary());
      cluster.member(leader).startAgain();
      host.until(SOON, view -> view.state() == QUORUM_FULL);
    }
  }

  @WaitingTest
  void aStoppedMemberDelaysNeitherTheRoundNorTheOthersEvidence() throws Exception {
    cluster.member(2).pause();
    Duration stopped = host.clock.now();
    EtcdView seen = host.until(SOON, view -> view.state() == QUORUM_AT_RISK);
    Report.line("one of three stopped (SIGSTOP)", seen, seen.at().minus(stopped));
    EtcdView later = host.round();
    EtcdRound round = host.rounds().getLast();
    assertTrue(round.took().compareTo(ROUND_LIMIT) <= 0, "a round took " + round.took());
    for (MemberEvidence evidence : round.members()) {
      assertEquals(
          !evidence.url().equals(cluster.url(2)), evidence.linearizable().ok(), told(later));
    }
    Duration others =
        round.members().stream()
            .flatMap(evidence -> EtcdHost.took(evidence.linearizable()).stream())
            .filter(took -> took.compareTo(Duration.ofSeconds(1)) < 0)
            .max(Duration::compareTo)
            .orElseThrow();
    Report.line(
        "SIGSTOP: a round; the others' slowest read", "" + others, round.took(), later.summary());
    cluster.member(2).resume();
    host.round();
    EtcdView second = host.round();
    assertTrue(
        host.rounds().getLast().members().stream()
            .allMatch(evidence -> evidence.linearizable().ok()),
        "still silent in the second round: " + told(second));
    EtcdView back = host.until(SOON, view -> view.state() == QUORUM_FULL);
    Report.line("SIGCONT", back, back.at().minus(later.at()));
  }

  @WaitingTest
  void twoWipedMembersThatFormAnEmptyClusterAreAnOlderPastAndNoHealthyCluster() throws Exception {
    for (int n = 0; n < 20; n++) {
      cluster.ctl(0, "put", "key" + n, "value");
    }
    EtcdHost second = EtcdHost.of(cluster.host(1));
    try (second) {
      EtcdView before = second.until(SOON, view -> view.state() == QUORUM_FULL);
      cluster.member(0).kill();
      cluster.member(1).wipe();
      cluster.member(2).wipe();
      cluster.member(1).startAgain();
      cluster.member(2).startAgain();
      Duration begun = second.clock.now();
      EtcdView seen = second.until(SOON, view -> view.state() == ClusterState.DATA_REGRESSION);
      Report.line("0.8: two wiped members, the third down", seen, seen.at().minus(begun));
      assertEquals(before.cluster(), seen.cluster());
      assertTrue(seen.remembered() >= 20, told(seen));
    }
  }

  @WaitingTest
  void aMemberThatHasFormedAClusterOfItsOwnIsASplitView() throws Exception {
    cluster.member(2).startEmpty(cluster.secession(2));
    Duration begun = host.clock.now();
    EtcdView foreign =
        host.until(SOON, view -> member(view, "master-3").state() == MemberState.FOREIGN);
    assertTrue(foreign.proven(), told(foreign));
    host.clock.pass(Duration.ofSeconds(30));
    // It may be known as foreign before it has proven its own quorum: then 30 s begin only now.
    EtcdView seen =
        host.until(Duration.ofSeconds(45), view -> view.state() == ClusterState.SPLIT_VIEW);
    Report.line("a member with a cluster of its own", seen, seen.at().minus(begun));
    assertEquals(MemberState.FOREIGN, member(seen, "master-3").state(), told(seen));
  }

  @WaitingTest
  void aLearnerIsNoVoter() throws Exception {
    cluster.add(true, false);
    Duration added = host.clock.now();
    EtcdView learner = host.until(SOON, view -> view.learners() == 1);
    Report.line("15: a learner", learner, learner.at().minus(added));
    assertEquals(3, learner.voters());
    assertEquals(2, learner.quorum());
    assertEquals(MemberState.LEARNER, member(learner, "master-4").state(), told(learner));
    assertTrue(learner.state() != QUORUM_FULL, told(learner));
    try (EtcdChannel channel = EtcdChannel.to(cluster.member(3).client, Optional.empty())) {
      Source source = Source.of(channel);
      Optional<Refusal> refusal = Permission.of(source.read(), source.status());
      assertEquals(Optional.of("LEARNER"), refusal.map(Refusal::code));
      try (SnapshotStream stream = channel.snapshot()) {
        IOException refused = assertThrows(IOException.class, () -> stream.next(SOON));
        Report.line(
            "15: a learner's snapshot",
            "refused",
            Duration.ZERO,
            String.valueOf(refused.getMessage()));
      }
    }
  }

  @WaitingTest
  void aMemberThatWasAddedAndNeverRanCountsAgainstQuorum() throws Exception {
    cluster.add(false, true);
    Duration added = host.clock.now();
    EtcdView unborn = host.until(SOON, view -> view.voters() == 4);
    Report.line("15: a member that was never started", unborn, unborn.at().minus(added));
    assertEquals(3, unborn.quorum());
    assertEquals(0, unborn.canLose());
    assertEquals(QUORUM_AT_RISK, unborn.state(), told(unborn));
    assertTrue(
        unborn.members().stream().anyMatch(member -> member.state() == MemberState.UNSTARTED),
        told(unborn));
  }
}
