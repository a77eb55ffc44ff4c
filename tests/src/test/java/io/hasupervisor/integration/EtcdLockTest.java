package io.hasupervisor.integration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.disruption.SharedLock;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.integration.EtcdCluster.Clients;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Freeze;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdChannel;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdLook;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.Swap;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lock of the masters in a real cluster of three. */
@Timeout(120)
final class EtcdLockTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String KEY = "/ha-supervisor/v1/test/lock-of-a-test";
  private static final int MIB = 1 << 20;

  @TempDir Path directory;

  private static <T> T got(Answer<T> answer) {
    return answer.got().orElseThrow(() -> new AssertionError(answer));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static LockDocument frozenBy(String who) {
    return new LockDocument(
        Optional.empty(),
        Optional.of(new Freeze(who, "a test", Instant.EPOCH)),
        List.of(),
        Optional.empty());
  }

  @WaitingTest
  void ofTwoThatSetTheSameRevisionThroughTwoMembersExactlyOneWins() throws Exception {
    try (EtcdCluster cluster = EtcdCluster.three(directory, Clients.ANYWHERE);
        EtcdHost a = EtcdHost.of(cluster.host(0));
        EtcdHost b = EtcdHost.of(cluster.host(1));
        ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      a.until(SOON, view -> view.state() == ClusterState.QUORUM_FULL);
      b.until(SOON, view -> view.state() == ClusterState.QUORUM_FULL);
      List<EtcdChannel> own = List.of(a.look().own().orElseThrow(), b.look().own().orElseThrow());
      long revision = 0;
      for (int round = 0; round < 50; round++) {
        List<Future<Answer<Swap>>> races = new ArrayList<>();
        for (int who = 0; who < 2; who++) {
          EtcdChannel member = own.get(who);
          byte[] value = bytes("holder " + who);
          long expected = revision;
          Callable<Answer<Swap>> race =
              () -> member.compareAndSet(KEY, expected, value, Duration.ofSeconds(10));
          races.add(both.submit(race));
        }
        List<Swap> ends = List.of(got(races.get(0).get()), got(races.get(1).get()));
        assertEquals(1, ends.stream().filter(Swap.Set.class::isInstance).count(), ends::toString);
        int winner = ends.get(0) instanceof Swap.Set ? 0 : 1;
        Swap.Set set = (Swap.Set) ends.get(winner);
        Swap.Lost lost = assertInstanceOf(Swap.Lost.class, ends.get(1 - winner));
        assertEquals(set.revision(), lost.present().revision());
        assertArrayEquals(bytes("holder " + winner), lost.present().value());
        assertEquals(
            set.revision(), got(own.get(1 - winner).get(KEY, Duration.ofSeconds(10))).revision());
        revision = set.revision();
      }
    }
  }

  @WaitingTest
  void theLockIsReadInEachRoundAndIsToBeHadWhileTheOwnMemberIsDown() throws Exception {
    try (EtcdCluster cluster = EtcdCluster.three(directory, Clients.ANYWHERE);
        EtcdHost host = EtcdHost.of(cluster.host(0))) {
      host.until(SOON, view -> view.state() == ClusterState.QUORUM_FULL);
      EtcdLook look = host.look();
      assertEquals(
          new LockSeen.Readable(LockDocument.EMPTY, 0), got(look.lock(Duration.ofSeconds(5))));
      SharedLock lock = new SharedLock(look);
      RepairOutcome.Done set =
          assertInstanceOf(RepairOutcome.Done.class, lock.write(frozenBy("eva"), 0));
      assertEquals(new RepairOutcome.Lost(), lock.write(frozenBy("bob"), 0));
      assertEquals(new LockSeen.Readable(frozenBy("eva"), set.revision()), got(look.look().lock()));
      cluster.member(0).kill();
      assertEquals(new LockSeen.Readable(frozenBy("eva"), set.revision()), got(look.look().lock()));
      assertInstanceOf(RepairOutcome.Done.class, lock.write(LockDocument.EMPTY, set.revision()));
    }
  }

  @WaitingTest
  void whatIsNoLockIsNeverOverwrittenByAnExpectationOfNone() throws Exception {
    try (EtcdCluster cluster = EtcdCluster.one(directory);
        EtcdHost host = EtcdHost.of(cluster.host(0))) {
      host.until(SOON, view -> view.state() == ClusterState.SINGLE);
      String key = "/ha-supervisor/v1/" + cluster.host(0).cluster().name() + "/disruption";
      assertTrue(
          host.look().own().orElseThrow().put(key, bytes("garbage"), Duration.ofSeconds(5)).ok());
      assertInstanceOf(LockSeen.Unreadable.class, got(host.look().look().lock()));
      assertEquals(
          new RepairOutcome.Lost(), new SharedLock(host.look()).write(LockDocument.EMPTY, 0));
    }
  }

  @WaitingTest
  void leadershipMovesFromTheLeaderAndFromNobodyElse() throws Exception {
    try (EtcdCluster cluster = EtcdCluster.three(directory, Clients.ANYWHERE);
        EtcdHost host = EtcdHost.of(cluster.host(0))) {
      host.until(SOON, view -> view.state() == ClusterState.QUORUM_FULL);
      EtcdChannel own = host.look().own().orElseThrow();
      EtcdId self = got(own.read(Duration.ofSeconds(5))).member();
      EtcdId leader = got(own.status(Duration.ofSeconds(5))).leader().orElseThrow();
      List<EtcdId> members =
          got(own.members(Duration.ofSeconds(5))).members().stream().map(m -> m.id()).toList();
      EtcdId other =
          members.stream()
              .filter(id -> !id.equals(self) && !id.equals(leader))
              .findFirst()
              .orElseThrow();
      if (!leader.equals(self)) {
        assertEquals(
            Optional.of(Fault.ERROR), own.moveLeader(other, Duration.ofSeconds(7)).failure());
        String _ = cluster.ctl(indexOf(members, leader, cluster), "move-leader", self.toString());
        assertEquals(Optional.of(self), got(own.status(Duration.ofSeconds(5))).leader());
      }
      got(own.moveLeader(other, Duration.ofSeconds(7)));
      assertEquals(Optional.of(other), got(own.status(Duration.ofSeconds(5))).leader());
      assertNotEquals(self, other);
      assertFalse(own.moveLeader(other, Duration.ofSeconds(7)).ok(), "it leads no more");
    }
  }

  /** On which host this member is: by the id with which it answers there. */
  private static int indexOf(List<EtcdId> members, EtcdId wanted, EtcdCluster cluster)
      throws Exception {
    for (int n = 0; n < members.size(); n++) {
      try (EtcdChannel channel =
          EtcdChannel.to(cluster.host(n).etcd().local().orElseThrow(), Optional.empty())) {
        if (got(channel.read(Duration.ofSeconds(5))).member().equals(wanted)) {
          return n;
        }
      }
    }
    throw new AssertionError("no such member: " + wanted);
  }

  @WaitingTest
  void whereEtcdIsFullTheLockCannotBeTakenAndThatIsCertain() throws Exception {
    try (EtcdCluster cluster = EtcdCluster.one(directory, "--quota-backend-bytes=" + 16 * MIB);
        EtcdHost host = EtcdHost.of(cluster.host(0))) {
      host.until(SOON, view -> view.state() == ClusterState.SINGLE);
      EtcdChannel own = host.look().own().orElseThrow();
      for (int n = 0; n < 64 && own.put("fill", new byte[MIB], Duration.ofSeconds(10)).ok(); n++) {}
      RepairOutcome outcome = new SharedLock(host.look()).write(frozenBy("eva"), 0);
      assertEquals(
          GateReason.LOCK_READ_ONLY,
          assertInstanceOf(RepairOutcome.Failed.class, outcome, outcome.toString()).reason());
    }
  }
}
