package io.hasupervisor.observe.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.netty.GrpcSslContexts;
import io.hasupervisor.cluster.EtcdSettings.Tls;
import io.hasupervisor.host.tls.PemCertificates;
import io.hasupervisor.host.tls.PemKey;
import io.hasupervisor.observe.FakeServer;
import io.hasupervisor.observe.TestCertificates;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With client certificates demanded, as kubeadm sets etcd up. */
final class EtcdChannelTlsTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir static Path made;
  private static Optional<TestCertificates> certificates = Optional.empty();

  @TempDir Path used;

  @BeforeAll
  static void make() throws Exception {
    TestCertificates all = TestCertificates.in(made);
    certificates =
        Optional.of(
            all.ec("server", "IP:127.0.0.1", 10)
                .ec("elsewhere", "IP:10.0.0.1", 10)
                .ec("client", "DNS:client", 10)
                .ec("expired", "DNS:client", -1)
                .rsa("kubeadm"));
    TestCertificates.in(Files.createDirectory(made.resolve("other"))).ec("client", "DNS:c", 10);
  }

  private static Path file(String name) {
    return certificates.orElseThrow().file(name);
  }

  private Tls client(String name) throws Exception {
    return client(file("ca.crt"), file(name + ".crt"), file(name + ".key"));
  }

  /** Puts these files where the client looks. */
  private Tls client(Path ca, Path certificate, Path key) throws Exception {
    Tls tls = new Tls(used.resolve("ca"), used.resolve("crt"), used.resolve("key"));
    Files.copy(ca, tls.ca(), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(certificate, tls.certificate(), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(key, tls.key(), StandardCopyOption.REPLACE_EXISTING);
    return tls;
  }

  private static SslContext server(String name) throws Exception {
    SslContextBuilder builder =
        SslContextBuilder.forServer(
                PemKey.parse(Files.readAllBytes(file(name + ".key"))),
                PemCertificates.parse(Files.readAllBytes(file(name + ".crt"))).stream()
                    .map(X509Certificate.class::cast)
                    .toList())
            .trustManager(file("ca.crt").toFile())
            .clientAuth(ClientAuth.REQUIRE);
    return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
  }

  private static EtcdChannel to(FakeMember member, Tls tls) {
    return EtcdChannel.to("https://127.0.0.1:" + member.port(), Optional.of(tls));
  }

  private static Fault fault(Answer<?> answer) {
    return answer.failure().orElseThrow(() -> new AssertionError(answer));
  }

  @Test
  void keysAreReadAsKubeadmAndAsOpensslWriteThem() throws Exception {
    try (FakeMember member = FakeMember.secured(5, server("server"))) {
      for (String name : new String[] {"kubeadm", "client"}) {
        try (EtcdChannel channel = to(member, client(name))) {
          assertTrue(channel.read(LONG).ok(), name);
        }
      }
    }
  }

  @Test
  void renewedCertificatesAreUsedByTheNextCall() throws Exception {
    try (FakeMember member = FakeMember.secured(5, server("server"));
        EtcdChannel channel = to(member, client("expired"))) {
      assertEquals(Fault.TLS, fault(channel.read(LONG)));
      client("client");
      assertTrue(channel.read(LONG).ok());
      client("expired");
      assertEquals(Fault.TLS, fault(channel.read(LONG)));
    }
  }

  @Test
  void aClientThatTheServerDoesNotKnowIsAFaultOfCertificates() throws Exception {
    Path other = made.resolve("other");
    Tls tls = client(file("ca.crt"), other.resolve("client.crt"), other.resolve("client.key"));
    try (FakeMember member = FakeMember.secured(5, server("server"));
        EtcdChannel channel = to(member, tls)) {
      assertEquals(Fault.TLS, fault(channel.read(LONG)));
    }
  }

  @Test
  void aServerOfAnotherAuthorityIsNotBelieved() throws Exception {
    Tls tls = client(made.resolve("other/ca.crt"), file("client.crt"), file("client.key"));
    try (FakeMember member = FakeMember.secured(5, server("server"));
        EtcdChannel channel = to(member, tls)) {
      assertEquals(Fault.TLS, fault(channel.read(LONG)));
    }
  }

  @Test
  void aCertificateForAnotherHostIsNotBelieved() throws Exception {
    try (FakeMember member = FakeMember.secured(5, server("elsewhere"));
        EtcdChannel channel = to(member, client("client"))) {
      assertEquals(Fault.TLS, fault(channel.read(LONG)));
    }
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    Tls tls = client("client");
    Files.delete(tls.key());
    try (FakeMember member = FakeMember.secured(5, server("server"));
        EtcdChannel channel = to(member, tls)) {
      Answer.Failed<Header> failed = (Answer.Failed<Header>) channel.read(LONG);
      assertEquals(Fault.TLS, failed.fault());
      assertTrue(failed.detail().startsWith("the file " + tls.key()), failed.detail());
    }
  }

  @Test
  void whatDoesNotSpeakTlsIsGarbage() throws Exception {
    try (FakeServer server =
            FakeServer.tcp(FakeServer.answerAndWait("HTTP/1.0 400 Bad Request\r\n\r\n"));
        EtcdChannel channel =
            EtcdChannel.to("https://127.0.0.1:" + server.port(), Optional.of(client("client")))) {
      assertEquals(Fault.GARBAGE, fault(channel.read(LONG)));
    }
  }

  @Test
  void aHandshakeThatIsNeverFinishedTakesTheDeadlineAndNoLonger() throws Exception {
    try (FakeServer server = FakeServer.tcp(FakeServer::hang);
        EtcdChannel channel =
            EtcdChannel.to("https://127.0.0.1:" + server.port(), Optional.of(client("client")))) {
      assertEquals(Fault.TIMEOUT, fault(channel.read(Duration.ofMillis(300))));
    }
  }
}
