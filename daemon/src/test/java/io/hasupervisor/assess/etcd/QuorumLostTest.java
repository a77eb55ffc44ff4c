package io.hasupervisor.assess.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.Masters.Runs;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.MemberEvidence;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When quorum is called lost, and when it is not. */
final class QuorumLostTest {
  private final Watched watched = Watched.settled(new Masters(3));
  private final Masters masters = watched.masters;

  /** Scenario 4; the kill may come at any time of the 10 seconds between two rounds. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 5, 8, 9})
  void isNamedOnceNoReadSucceededFor15SecondsAndWithin22OfTheLoss(int beforeLook) {
    EtcdView last = watched.view();
    Duration killed = masters.now.minusSeconds(beforeLook);
    masters.kill(2, 3);

    Duration took = watched.until(ClusterState.QUORUM_LOST);

    assertTrue(took.plusSeconds(beforeLook).compareTo(Duration.ofSeconds(22)) <= 0, took::toString);
    assertTrue(watched.view().at().minus(last.proof().orElseThrow()).toSeconds() >= 15);
    assertTrue(watched.view().at().minus(killed).toSeconds() >= 10);
  }

  @Test
  void namesThisHostAndTheVotersThatMustReturn() {
    masters.kill(2, 3);
    watched.until(ClusterState.QUORUM_LOST);

    String text = watched.view().summary();

    assertTrue(text.contains("this host's member is one of them"), text);
    assertTrue(text.contains("1 of these must return: master-2 is DOWN"), text);
    assertTrue(text.contains("master-3 is DOWN (refused on 2380 and 4001)"), text);
    assertEquals(MemberState.LOCAL_ONLY, watched.state(1));
    assertEquals(0, watched.view().canLose());
    assertFalse(watched.view().proven());
  }

  /** Scenario 7. */
  @Test
  void isNotNamedWhileANewLeaderIsElected() {
    int seen = watched.views.size();
    masters.kill(2);
    for (int i : new int[] {1, 3}) {
      masters.master(i).lie = failing(Fault.NO_LEADER);
    }
    watched.step();
    masters.master(1).lie = UnaryOperator.identity();
    masters.master(3).lie = UnaryOperator.identity();
    watched.run(Duration.ofMinutes(2));

    for (EtcdView view : watched.views.subList(seen, watched.views.size())) {
      assertTrue(
          view.state() == ClusterState.QUORUM_FULL || view.state() == ClusterState.QUORUM_AT_RISK,
          view.summary());
      assertEquals(0, view.canLose());
    }
    assertEquals(ClusterState.QUORUM_AT_RISK, watched.view().state());
  }

  @Test
  void oneFailedReadLeavesTheStateButNotTheNumber() {
    masters.master(3).lie = failing(Fault.NO_LEADER);

    EtcdView view = watched.step();

    assertEquals(ClusterState.QUORUM_FULL, view.state());
    assertEquals(0, view.canLose());
    assertEquals(MemberState.HEALTHY, watched.state(3));
    assertEquals(Optional.of(view.at()), view.unstable());
    assertTrue(view.summary().contains("can lose 0 more"), view.summary());
    assertTrue(view.summary().contains("master-3 does not serve just now"), view.summary());
  }

  @Test
  void aFailureDisturbsForAMinute() {
    masters.master(3).lie = failing(Fault.NO_LEADER);
    watched.step();
    masters.master(3).lie = UnaryOperator.identity();

    assertTrue(watched.run(Duration.ofSeconds(50)).unstable().isPresent());
    assertTrue(watched.run(Duration.ofSeconds(20)).unstable().isEmpty());
  }

  @Test
  void theOwnMembersFailureDisturbsNobodyElse() {
    masters.master(1).lie = failing(Fault.NO_LEADER);
    EtcdView view = watched.step();
    assertEquals(Optional.of(view.at()), view.unstable());
    assertEquals(Optional.empty(), view.othersUnstable());

    masters.master(1).lie = UnaryOperator.identity();
    masters.master(3).lie = failing(Fault.NO_LEADER);
    view = watched.step();
    assertEquals(Optional.of(view.at()), view.othersUnstable());
  }

  @Test
  void aMemberThatAnswersAnythingIsToldFromOneThatIsSilent() {
    masters.master(2).lie = failing(Fault.NO_LEADER);
    masters.kill(3);
    watched.step();
    assertTrue(watched.member(2).answered());
    assertFalse(watched.member(3).answered());
  }

  @Test
  void silenceAloneIsNoSignOfLoss() {
    masters.members.forEach(
        member ->
            member.lie =
                truth ->
                    new MemberEvidence(
                        truth.url(),
                        truth.own(),
                        truth.listed(),
                        false,
                        Masters.failed(Fault.TIMEOUT),
                        Masters.failed(Fault.TIMEOUT),
                        Masters.failed(Fault.TIMEOUT),
                        Masters.failed(Fault.TIMEOUT)));

    EtcdView view = watched.run(Duration.ofMinutes(3));

    assertEquals(ClusterState.QUORUM_UNKNOWN, view.state());
    assertTrue(view.summary().contains("last proven through master-1"), view.summary());
    assertTrue(watched.views.stream().noneMatch(v -> v.state() == ClusterState.QUORUM_LOST));
  }

  /** Scenario 17. */
  @ParameterizedTest
  @ValueSource(strings = {"TLS", "DENIED", "GARBAGE"})
  void certificatesAndStrangersAreUnknownNotLost(Fault fault) {
    masters.members.forEach(
        member ->
            member.lie =
                truth ->
                    new MemberEvidence(
                        truth.url(),
                        truth.own(),
                        truth.listed(),
                        false,
                        Masters.failed(fault),
                        Masters.failed(fault),
                        Masters.failed(fault),
                        truth.peer()));

    EtcdView view = watched.run(Duration.ofMinutes(3));

    assertEquals(ClusterState.QUORUM_UNKNOWN, view.state());
    assertTrue(watched.views.stream().noneMatch(v -> v.state() == ClusterState.QUORUM_LOST));
    assertEquals(
        fault == Fault.GARBAGE ? MemberState.UNKNOWN : MemberState.UNAUTHENTICATED,
        watched.state(1));
  }

  @Test
  void nothingIsCalledLostInTheFirst30Seconds() {
    masters.kill(2, 3);
    Watched young = new Watched(masters);

    assertNotEquals(ClusterState.QUORUM_LOST, young.run(Duration.ofSeconds(22)).state());
    assertTrue(young.view().reasons().contains("STARTING"));
    assertEquals(ClusterState.QUORUM_LOST, young.run(Duration.ofSeconds(30)).state());
  }

  @Test
  void allVotersStoppedIsLost() {
    masters.kill(1, 2, 3);

    watched.until(ClusterState.QUORUM_LOST);

    assertEquals(MemberState.DOWN, watched.state(1));
    assertTrue(
        watched.view().summary().contains("2 of these must return"), watched.view().summary());
  }

  @Test
  void aResumedHostJudgesNobodyByItsOwnSleep() {
    masters.pass(Duration.ofHours(1));
    masters.members.forEach(member -> member.reached = false);
    masters.master(1).lie = failing(Fault.NO_LEADER);

    EtcdView first = watched.look();

    assertEquals(MemberState.HEALTHY, watched.state(2));
    assertEquals(ClusterState.QUORUM_UNKNOWN, first.state());
    assertEquals(0, first.canLose());
    assertTrue(first.reasons().contains("LATE_ROUND"));
    masters.members.forEach(member -> member.reached = true);
    masters.master(1).lie = UnaryOperator.identity();
    assertEquals(ClusterState.QUORUM_FULL, watched.step().state());
    assertEquals(1, watched.view().canLose());
  }

  @Test
  void aRoundThatTookTooLongMakesNobodyWorseButCountsNobody() {
    masters.kill(3);
    masters.lie =
        round ->
            new EtcdRound(
                round.at(),
                round.wall(),
                Duration.ofSeconds(11),
                round.members(),
                round.lists(),
                round.attestations(),
                round.metrics(),
                round.process(),
                round.elsewhere(),
                round.lock());

    for (int rounds = 0; rounds < 5; rounds++) {
      assertEquals(0, watched.look().canLose());
      assertEquals(MemberState.HEALTHY, watched.state(3));
      masters.pass(Duration.ofSeconds(11));
    }
    watched.look();
    assertEquals(MemberState.UNKNOWN, watched.state(3));
  }

  @Test
  void aHungMemberIsUnreachableAndTheOwnOneHung() {
    masters.master(3).runs = Runs.STOPPED;
    watched.run(Duration.ofMinutes(1));
    assertEquals(MemberState.UNREACHABLE, watched.state(3));
    masters.start(3);
    masters.master(1).runs = Runs.STOPPED;
    watched.run(Duration.ofMinutes(1));

    assertEquals(MemberState.HUNG, watched.state(1));
    assertEquals(ClusterState.QUORUM_AT_RISK, watched.view().state());
  }

  @Test
  void aDefragmentationIsNoHang() {
    masters.defragmenting = true;
    masters.master(1).lie =
        truth ->
            new MemberEvidence(
                truth.url(),
                true,
                truth.listed(),
                false,
                Masters.failed(Fault.TIMEOUT),
                Masters.failed(Fault.TIMEOUT),
                Masters.failed(Fault.TIMEOUT),
                truth.peer());

    watched.run(Duration.ofSeconds(40));

    assertEquals(MemberState.HEALTHY, watched.state(1));
    assertEquals(0, watched.view().canLose());
  }

  private static UnaryOperator<MemberEvidence> failing(Fault fault) {
    return truth ->
        new MemberEvidence(
            truth.url(),
            truth.own(),
            truth.listed(),
            truth.unreachableByDesign(),
            Masters.failed(fault),
            truth.serializable(),
            truth.status(),
            truth.peer());
  }
}
