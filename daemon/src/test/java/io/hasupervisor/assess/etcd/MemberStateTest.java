package io.hasupervisor.assess.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.Masters.Member;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.MemberList;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Members that are neither simply well nor simply gone. */
final class MemberStateTest {
  private final Watched watched = Watched.settled(new Masters(3));
  private final Masters masters = watched.masters;

  /** Scenario 15. */
  @Test
  void aLearnerNeitherCountsNorProves() {
    Member added = masters.add();
    added.learner = true;

    EtcdView view = watched.run(Duration.ofMinutes(1));

    assertEquals(MemberState.LEARNER, watched.state(4));
    assertEquals(3, view.voters());
    assertEquals(1, view.learners());
    assertEquals(1, view.canLose());
    assertEquals(ClusterState.QUORUM_DEGRADED, view.state());
    assertTrue(view.reasons().contains("LEARNER"));
  }

  @Test
  void anUnstartedMemberCountsAgainstQuorum() {
    Member added = masters.add();
    added.started = false;

    EtcdView view = watched.run(Duration.ofMinutes(1));

    assertEquals(MemberState.UNSTARTED, watched.state(4));
    assertEquals(4, view.voters());
    assertEquals(3, view.quorum());
    assertEquals(0, view.canLose());
    assertEquals(ClusterState.QUORUM_AT_RISK, view.state());
    assertTrue(view.reasons().containsAll(List.of("UNSTARTED", "EVEN_VOTERS")));
  }

  @Test
  void aMemberIsHealthyOnlyAfterThreeGoodRounds() {
    masters.kill(3);
    watched.run(Duration.ofMinutes(1));
    masters.start(3);

    assertEquals(ClusterState.QUORUM_AT_RISK, watched.step().state());
    assertEquals(MemberState.UNKNOWN, watched.state(3));
    watched.step();
    assertEquals(0, watched.view().canLose());
    watched.step();
    assertEquals(MemberState.HEALTHY, watched.state(3));
    assertEquals(1, watched.view().canLose());
  }

  @Test
  void aMemberIsDownOnlyAfterThreeFailedRounds() {
    masters.kill(3);
    watched.step();
    assertEquals(MemberState.HEALTHY, watched.state(3));
    watched.step();
    assertEquals(MemberState.HEALTHY, watched.state(3));
    watched.step();

    assertEquals(MemberState.DOWN, watched.state(3));
    assertEquals("refused on 2380 and 4001", watched.member(3).why());
    assertEquals(watched.view().at(), watched.member(3).since());
  }

  @Test
  void aLaggingMemberIsDegradedAndNotCountedOn() {
    masters.master(3).behind = 1001;

    EtcdView view = watched.run(Duration.ofMinutes(1));

    assertEquals(MemberState.DEGRADED, watched.state(3));
    assertEquals(1001, watched.member(3).lag());
    assertEquals(ClusterState.QUORUM_AT_RISK, view.state());
    assertEquals(0, view.canLose());
    assertEquals(1, view.canLoseAvailable());
    assertTrue(view.summary().contains("can lose 0 more safely: master-3 is DEGRADED"));
    assertTrue(view.reasons().contains("LAG"));
  }

  @Test
  void aVersionTwoMinorsAwayIsDegraded() {
    masters.master(3).version = "3.6.1";
    masters.master(2).version = "3.4.30";

    watched.run(Duration.ofMinutes(1));

    assertEquals(MemberState.DEGRADED, watched.state(3));
    assertEquals(MemberState.HEALTHY, watched.state(2));
    assertTrue(watched.view().reasons().contains("VERSION_SKEW"));
  }

  @Test
  void etcd30FollowsEtcd23() {
    masters.members.forEach(member -> member.version = "2.3.8");
    masters.master(3).version = "3.0.17";

    assertEquals(ClusterState.QUORUM_FULL, watched.run(Duration.ofMinutes(1)).state());
  }

  @Test
  void oneSlowReadIsNoSlowMember() {
    slow(1);
    watched.step();
    masters.master(3).lie = truth -> truth;
    watched.run(Duration.ofMinutes(2));
    assertTrue(watched.views.stream().noneMatch(view -> view.reasons().contains("SLOW")));

    slow(1);
    watched.run(Duration.ofMinutes(1));
    assertEquals(MemberState.DEGRADED, watched.state(3));
    assertTrue(watched.view().reasons().contains("SLOW"));
  }

  private void slow(int seconds) {
    masters.master(3).lie =
        truth -> {
          Header header = truth.linearizable().got().orElseThrow();
          return with(truth, new Answer.Got<>(header, Duration.ofMillis(seconds * 1000 + 1)));
        };
  }

  @Test
  void anAddressThatAnotherMemberAnswersProvesNothingOfThisOne() {
    masters.kill(3);
    masters.master(3).lie =
        truth ->
            new MemberEvidence(
                truth.url(),
                false,
                Optional.of(masters.master(3).line()),
                false,
                Masters.got(new Header(Masters.CLUSTER, masters.master(1).id, 500, 7)),
                Masters.got(new Header(Masters.CLUSTER, masters.master(1).id, 500, 7)),
                truth.status(),
                truth.peer());

    EtcdView view = watched.run(Duration.ofMinutes(1));

    assertEquals(MemberState.UNKNOWN, watched.state(3));
    assertEquals(0, view.canLose());
    assertTrue(view.reasons().contains("NOT_ETCD"));
  }

  @Test
  void aMemberOfAnotherClusterIsForeign() {
    masters.master(3).cluster = new EtcdId(0xbad);

    watched.run(Duration.ofSeconds(20));

    assertEquals(MemberState.FOREIGN, watched.state(3));
    assertEquals(0, watched.view().canLose());
    assertEquals(MemberState.HEALTHY, watched.state(1));
  }

  @Test
  void aMemberThatIsNotListedAnyMoreIsRemoved() {
    watched.history = watched.history.accepted();
    Member own = masters.master(1);
    masters.lie =
        round ->
            new EtcdRound(
                round.at(),
                round.wall(),
                round.took(),
                round.members(),
                round.lists().stream()
                    .map(
                        list ->
                            new MemberList(
                                list.by(),
                                list.cluster(),
                                true,
                                list.members().stream()
                                    .filter(line -> !line.id().equals(own.id))
                                    .toList()))
                    .toList(),
                round.attestations(),
                round.metrics(),
                round.process(),
                round.elsewhere(),
                round.lock());

    EtcdView view = watched.run(Duration.ofMinutes(1));

    assertEquals(MemberState.REMOVED, watched.state(1));
    assertTrue(view.reasons().contains("OWN_REMOVED"));
    assertEquals(2, view.voters());
    assertEquals(0, view.canLose());
  }

  /** Scenario 10. */
  @Test
  void aFullDatabaseStopsWritesNotTheQuorum() {
    masters.errors.add("memberID:" + masters.master(2).id.decimal() + " alarm:NOSPACE ");
    masters.errors.add("memberID:" + masters.master(3).id.decimal() + " alarm:NOSPACE ");

    EtcdView view = watched.run(Duration.ofMinutes(1));

    assertEquals(ClusterState.READ_ONLY, view.state());
    assertEquals(Optional.of(ClusterState.QUORUM_FULL), view.underlying());
    assertEquals(MemberState.DEGRADED, watched.state(2));
    assertEquals(List.of("NOSPACE f000000000000002", "NOSPACE f000000000000003"), view.alarms());
    assertEquals(0, view.canLose());

    masters.errors.clear();
    assertEquals(ClusterState.QUORUM_FULL, watched.step().state());
    assertEquals(1, watched.view().canLose());
  }

  /** Scenario 11: etcd refuses all reads then, which looks like a lost quorum. */
  @Test
  void corruptionIsNotCalledALostQuorum() {
    masters.errors.add("memberID:" + masters.master(3).id.decimal() + " alarm:CORRUPT ");
    masters.members.forEach(
        member -> member.lie = truth -> with(truth, Masters.failed(Fault.CORRUPT)));

    EtcdView view = watched.run(Duration.ofMinutes(2));

    assertEquals(ClusterState.CORRUPT, view.state());
    assertEquals(0, view.canLose());
    assertTrue(watched.views.stream().noneMatch(v -> v.state() == ClusterState.QUORUM_LOST));
  }

  /** etcd#14849. */
  @Test
  void aCorruptAlarmThatNamesNoMemberIsHeard() {
    masters.errors.add("alarm:CORRUPT ");

    EtcdView view = watched.step();

    assertEquals(ClusterState.CORRUPT, view.state());
    assertEquals(List.of("CORRUPT"), view.alarms());
    assertEquals(0, view.canLose());
  }

  @Test
  void idsAreWithoutSign() {
    masters.kill(3);
    EtcdView view = watched.run(Duration.ofMinutes(1));

    assertEquals("f000000000000001", view.proofVia().orElseThrow().toString());
    assertEquals("17293822569102704641", view.proofVia().orElseThrow().decimal());
  }

  @Test
  void anExternalClusterIsJudgedByItsEndpoints() {
    Masters elsewhere = new Masters(3);
    elsewhere.external = true;

    EtcdView view = Watched.settled(elsewhere).view();

    assertTrue(view.external());
    assertEquals(ClusterState.QUORUM_FULL, view.state());
    assertTrue(view.own().isEmpty());
  }

  @Test
  void withoutAMemberListNobodyKnowsHowManyMayBeLost() {
    Masters listless = new Masters(3);
    listless.lists = false;

    EtcdView view = Watched.settled(listless).view();

    assertTrue(view.proven());
    assertEquals(ClusterState.QUORUM_AT_RISK, view.state());
    assertEquals(0, view.canLose());
    assertTrue(view.reasons().contains("NO_MEMBER_LIST"));
  }

  private static MemberEvidence with(MemberEvidence truth, Answer<Header> linearizable) {
    return new MemberEvidence(
        truth.url(),
        truth.own(),
        truth.listed(),
        truth.unreachableByDesign(),
        linearizable,
        truth.serializable(),
        truth.status(),
        truth.peer());
  }
}
