package io.hasupervisor.integration;

import static io.hasupervisor.assess.etcd.ClusterState.QUORUM_FULL;
import static io.hasupervisor.integration.EtcdHost.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.cluster.EtcdSettings.Tls;
import io.hasupervisor.loop.CredentialInspection;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdChannel;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.Header;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** etcd that wants certificates, good and bad ones. */
@Timeout(180)
final class EtcdTlsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration LONG_AGO = Duration.ofDays(30);

  @TempDir Path directory;

  @WaitingTest
  void membersWithTlsAreJudgedAsThoseWithout() throws Exception {
    try (EtcdCluster cluster = EtcdCluster.secured(directory, 3, (_, _) -> {});
        EtcdHost host = EtcdHost.of(cluster.host(0))) {
      Duration began = host.clock.now();
      EtcdView full = host.until(SOON, view -> view.state() == QUORUM_FULL);
      Report.line("TLS, all well", full, full.at().minus(began));
      cluster.member(2).kill();
      Duration killed = host.clock.now();
      EtcdView seen = host.until(SOON, view -> view.state() == ClusterState.QUORUM_AT_RISK);
      Report.line("TLS, one of three killed", seen, seen.at().minus(killed));
    }
  }

  @WaitingTest
  void serverCertificatesThatAreNoClientsBreakEtcdsGatewayAndNotOurJudgement() throws Exception {
    try (EtcdCluster cluster =
            EtcdCluster.secured(
                directory,
                3,
                (made, members) -> {
                  for (String master : members.names()) {
                    made.serverOnly(master);
                  }
                });
        EtcdHost host = EtcdHost.of(cluster.host(0))) {
      Duration began = host.clock.now();
      EtcdView full = host.until(SOON, view -> view.state() == QUORUM_FULL);
      Report.line("17: server certificates without clientAuth", full, full.at().minus(began));
      Finding finding =
          CredentialInspection.of(host.master, Instant::now).look().findings().stream()
              .filter(found -> found.code().equals("EKU_MISSING"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no finding names the usage"));
      assertTrue(finding.text().contains("clientAuth"), finding.text());
      Report.line("17: finding", finding.code(), Duration.ZERO, finding.text());
    }
  }

  @WaitingTest
  void aWrongAuthorityIsNotALostQuorum() throws Exception {
    try (EtcdCluster cluster = EtcdCluster.secured(directory, 1, (_, _) -> {})) {
      Credentials others = cluster.credentials("others", Duration.ZERO);
      unauthenticated("client that trusts another authority", cluster, others.client("master-1"));
    }
  }

  @WaitingTest
  void anExpiredClientCertificateIsNotALostQuorum() throws Exception {
    try (Expired expired = expired()) {
      unauthenticated("client certificate that has expired", expired.cluster(), expired.tls());
    }
  }

  /** One call was told of the certificate, and the other that the connection had been closed. */
  @WaitingTest
  void ofTwoCallsAtOnceWithAnExpiredCertificateEachIsToldOfTls() throws Exception {
    try (Expired expired = expired();
        EtcdChannel channel =
            EtcdChannel.to(expired.cluster().url(0), Optional.of(expired.tls()))) {
      for (int n = 0; n < 20; n++) {
        FutureTask<Answer<Header>> beside = new FutureTask<>(() -> channel.read(SOON));
        Thread.ofVirtual().start(beside);
        for (Answer<Header> answer : List.of(channel.read(SOON), beside.get())) {
          assertEquals(Optional.of(Fault.TLS), answer.failure(), answer.toString());
        }
      }
    }
  }

  private record Expired(EtcdCluster cluster, Tls tls) implements AutoCloseable {
    @Override
    public void close() {
      cluster.close();
    }
  }

  /** One member, whose authority has signed the client's certificate too, long ago. */
  private Expired expired() throws Exception {
    List<Credentials> old = new ArrayList<>();
    EtcdCluster cluster =
        EtcdCluster.secured(
            directory,
            1,
            (made, members) -> {
              old.add(members.credentials("old", LONG_AGO));
              made.trustAlso("master-1", old.getFirst());
            });
    Tls good = cluster.host(0).etcd().tls().orElseThrow();
    Tls mine = old.getFirst().client("master-1");
    return new Expired(cluster, new Tls(good.ca(), mine.certificate(), mine.key()));
  }

  private static void unauthenticated(String scenario, EtcdCluster cluster, Tls tls)
      throws Exception {
    try (EtcdHost host = EtcdHost.of(cluster.host(0, Optional.of(tls)))) {
      Duration began = host.clock.now();
      for (int n = 0; n < 4; n++) {
        EtcdView soon = host.round();
        assertEquals(ClusterState.QUORUM_UNKNOWN, soon.state(), told(soon));
        // In all longer than it takes to call quorum lost.
        host.clock.pass(Duration.ofSeconds(10));
      }
      EtcdView seen = host.round();
      assertEquals(ClusterState.QUORUM_UNKNOWN, seen.state(), told(seen));
      assertEquals(MemberState.UNAUTHENTICATED, seen.own().orElseThrow().state(), told(seen));
      Report.line(scenario, seen, seen.at().minus(began));
    }
  }
}
