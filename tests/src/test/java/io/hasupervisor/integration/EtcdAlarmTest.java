package io.hasupervisor.integration;

import static io.hasupervisor.integration.EtcdHost.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdFindings;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.integration.EtcdCluster.Clients;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdChannel;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.Header;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that has reached its quota. */
@Timeout(120)
final class EtcdAlarmTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int MIB = 1 << 20;

  @TempDir Path directory;

  @WaitingTest
  void aFullDatabaseIsReadOnlyThoughEtcdctlCallsItHealthy() throws Exception {
    try (EtcdCluster cluster =
            EtcdCluster.three(directory, Clients.ANYWHERE, "--quota-backend-bytes=" + 16 * MIB);
        EtcdHost host = EtcdHost.of(cluster.host(0))) {
      host.until(SOON, view -> view.state() == ClusterState.QUORUM_FULL);
      assertEquals(Optional.of(Fault.NO_SPACE), fill(host.look().own().orElseThrow()));
      Duration full = host.clock.now();
      EtcdView seen = host.until(SOON, view -> view.state() == ClusterState.READ_ONLY);
      Report.line("10: NOSPACE", seen, seen.at().minus(full));
      assertEquals(Optional.of(ClusterState.QUORUM_FULL), seen.underlying(), told(seen));
      assertTrue(seen.alarms().stream().anyMatch(alarm -> alarm.contains("NOSPACE")), told(seen));
      Command health = cluster.tryCtl(0, "endpoint", "health");
      assertEquals(0, health.code(), health.output());
      Report.line("10: etcdctl endpoint health", "exit 0", Duration.ZERO, health.output());
      String told = EtcdFindings.of(seen).stream().map(Finding::cure).toList().toString();
      List<Integer> order =
          List.of(told.indexOf("compact"), told.indexOf("defrag"), told.indexOf("disarm"));
      assertTrue(!order.contains(-1), told);
      assertEquals(order.stream().sorted().toList(), order, told);
    }
  }

  /** Writes until that is refused. */
  private static Optional<Fault> fill(EtcdChannel member) throws InterruptedException {
    Answer<Header> answer = member.put("fill", new byte[MIB], Duration.ofSeconds(10));
    for (int n = 0; n < 64 && answer.ok(); n++) {
      answer = member.put("fill", new byte[MIB], Duration.ofSeconds(10));
    }
    return answer.failure();
  }
}
