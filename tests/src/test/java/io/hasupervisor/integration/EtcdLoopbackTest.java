package io.hasupervisor.integration;

import static io.hasupervisor.assess.etcd.ClusterState.QUORUM_FULL;
import static io.hasupervisor.integration.EtcdHost.member;
import static io.hasupervisor.integration.EtcdHost.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.integration.EtcdCluster.Clients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The topology of 2016: clients are served on loopback alone, so that no host can ask another's
 * member.
 */
@Timeout(180)
final class EtcdLoopbackTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** An attestation is fresh for 75 seconds. */
  private static final Duration STALE = Duration.ofSeconds(80);

  @TempDir Path directory;

  @WaitingTest
  void membersThatNobodyElseCanAskAreJudgedByWhatTheirOwnDaemonsAttest() throws Exception {
    MovableClock clock = new MovableClock();
    try (EtcdCluster cluster = EtcdCluster.three(directory, Clients.OWN_HOST);
        EtcdHost first = EtcdHost.of(cluster.host(0), clock);
        EtcdHost second = EtcdHost.of(cluster.host(1), clock);
        EtcdHost third = EtcdHost.of(cluster.host(2), clock)) {
      Duration began = clock.now();
      EtcdView alone = first.round();
      assertTrue(alone.proven(), told(alone));
      Report.line("14: before any attestation", alone, clock.now().minus(began));

      EtcdView full = together(first, List.of(second, third));
      Report.line("14: clients on loopback only", full, clock.now().minus(began));
      assertEquals(1, full.canLose(), told(full));
      for (String other : List.of("master-2", "master-3")) {
        assertEquals(MemberState.UNREACHABLE_ATTESTED, member(full, other).state(), told(full));
      }

      // The third daemon stops, its member runs on.
      clock.pass(STALE);
      EtcdView silent =
          untilWith(
              first,
              List.of(second),
              view -> member(view, "master-3").state() == MemberState.UNREACHABLE);
      Report.line("14: a daemon stopped, its member runs", silent, STALE);
      assertEquals(
          MemberState.UNREACHABLE_ATTESTED, member(silent, "master-2").state(), told(silent));
      assertEquals(0, silent.canLose(), told(silent));
      assertTrue(silent.proven(), told(silent));

      // And then the member as well.
      cluster.member(2).kill();
      Duration killed = clock.now();
      EtcdView down =
          untilWith(
              first, List.of(second), view -> member(view, "master-3").state() == MemberState.DOWN);
      Report.line("14: and its member killed", down, down.at().minus(killed));
    }
  }

  private static EtcdView together(EtcdHost first, List<EtcdHost> others)
      throws InterruptedException {
    return untilWith(first, others, view -> view.state() == QUORUM_FULL);
  }

  /** What the first sees while others attest round by round. */
  private static EtcdView untilWith(
      EtcdHost first, List<EtcdHost> others, java.util.function.Predicate<EtcdView> holds)
      throws InterruptedException {
    Duration end = first.clock.now().plus(SOON);
    while (true) {
      for (EtcdHost other : others) {
        other.round();
        other.attest();
      }
      EtcdView seen = first.round();
      first.attest();
      if (holds.test(seen)) {
        return seen;
      }
      if (first.clock.now().compareTo(end) > 0) {
        throw new AssertionError(told(seen));
      }
    }
  }
}
