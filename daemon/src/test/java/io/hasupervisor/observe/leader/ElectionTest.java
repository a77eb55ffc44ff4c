package io.hasupervisor.observe.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.observe.FakeServer;
import io.hasupervisor.observe.TestCertificates;
import io.hasupervisor.observe.credential.ClientIdentity;
import io.hasupervisor.observe.leader.LeaderSeen.Reading;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records are read from real servers with TLS and client certificates, and without. */
final class ElectionTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String LEASE_HOLDER = "master-1_0f6f3a52-8a6f-4a2c-9d0e-3f7be02b8f11";

  @TempDir static Path made;
  private static Optional<TestCertificates> certificates = Optional.empty();

  @TempDir Path folder;
  private final List<Election> opened = new ArrayList<>();

  @BeforeAll
  static void make() throws Exception {
    certificates =
        Optional.of(
            TestCertificates.in(made)
                .ec("server", "IP:127.0.0.1", 10)
                .ec("client", "DNS:client", 10)
                .ec("renewed", "DNS:client", 10));
    TestCertificates.in(Files.createDirectory(made.resolve("other"))).ec("client", "DNS:x", 10);
  }

  @AfterEach
  void close() {
    opened.forEach(Election::close);
  }

  private static FakeServer secured(FakeServer.Session session) throws Exception {
    return certificates.orElseThrow().serve("server", true, session);
  }

  private static URI https(FakeServer server) {
    return URI.create("https://127.0.0.1:" + server.port());
  }

  private static URI http(FakeServer server) {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  private Path take(Path from, String as) throws IOException {
    return Files.copy(from, folder.resolve(as), StandardCopyOption.REPLACE_EXISTING);
  }

  /** With a client's certificate in files that a kubeconfig names. */
  private ClientIdentity withKubeconfig() throws IOException {
    take(made.resolve("ca.crt"), "ca.crt");
    take(made.resolve("client.crt"), "client.crt");
    take(made.resolve("client.key"), "client.key");
    Path kubeconfig =
        Files.writeString(
            folder.resolve("scheduler.conf"),
            """
            current-context: here
            contexts: [{name: here, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "https://192.0.2.1:1", certificate-authority: ca.crt}}]
            users: [{name: u, user: {client-certificate: client.crt, client-key: client.key}}]
            """);
    return ClientIdentity.of(Optional.of(kubeconfig), settings(Optional.empty()));
  }

  private static ApiserverSettings settings(Optional<Path> token) {
    return new ApiserverSettings(
        URI.create("http://127.0.0.1:8080"),
        Optional.of(made.resolve("ca.crt")),
        Optional.empty(),
        Optional.empty(),
        token,
        Map.of(),
        Duration.ofSeconds(10));
  }

  private Election election(ClientIdentity identity, URI... sources) {
    Election election =
        new Election("kube-scheduler", identity, List.of(sources), InstantSource.system());
    opened.add(election);
    return election;
  }

  private static String holder(Election election) throws InterruptedException {
    Reading reading = election.look(LONG).reading();
    return assertInstanceOf(Reading.Got.class, reading, reading.toString()).record().holder();
  }

  @Test
  void oneConnectionServesRoundAfterRound() throws Exception {
    FakeApiserver apiserver = FakeApiserver.modern();
    try (FakeServer server = secured(apiserver)) {
      Election election = election(withKubeconfig(), https(server));
      for (int round = 0; round < 5; round++) {
        assertEquals(LEASE_HOLDER, holder(election));
      }
      assertEquals(1, apiserver.connections().get());
    }
  }

  @Test
  void anAnswerInChunksLeavesTheConnectionClean() throws Exception {
    FakeApiserver apiserver = FakeApiserver.old().inChunks();
    try (FakeServer server = FakeServer.tcp(apiserver)) {
      Election election = election(withKubeconfig(), http(server));
      for (int round = 0; round < 3; round++) {
        assertEquals("kubernetes-master-b", holder(election));
      }
      assertEquals(1, apiserver.connections().get());
    }
  }

  @Test
  void aConnectionThatTheServerClosedBetweenRoundsIsMadeAnew() throws Exception {
    FakeApiserver apiserver = FakeApiserver.modern().closingAfter(1);
    try (FakeServer server = secured(apiserver)) {
      Election election = election(withKubeconfig(), https(server));
      for (int round = 1; round <= 3; round++) {
        assertEquals(LEASE_HOLDER, holder(election));
        assertEquals(round, apiserver.connections().get());
      }
    }
  }

  @Test
  void aServerThatIsStartedAnewIsFoundAgain() throws Exception {
    FakeApiserver dying = FakeApiserver.modern().closingAfter(1);
    int port;
    Election election;
    try (FakeServer server = secured(dying)) {
      port = server.port();
      election = election(withKubeconfig(), https(server));
      assertEquals(LEASE_HOLDER, holder(election));
    }
    Reading gone = election.look(LONG).reading();
    if (gone instanceof Reading.Got) {
      // A listener that waits in the kernel may take one more while it is closed.
      gone = election.look(LONG).reading();
    }
    assertTrue(
        assertInstanceOf(Reading.Unknown.class, gone).why().contains("nothing listens"),
        gone.toString());
    try (FakeServer _ =
        certificates.orElseThrow().serve("server", true, port, FakeApiserver.modern())) {
      assertEquals(LEASE_HOLDER, holder(election));
    }
  }

  @Test
  void aRenewedCertificateIsShownFromTheNextRoundOn() throws Exception {
    FakeApiserver apiserver = FakeApiserver.modern();
    try (FakeServer server = secured(apiserver)) {
      ClientIdentity identity = withKubeconfig();
      take(made.resolve("other/client.crt"), "client.crt");
      take(made.resolve("other/client.key"), "client.key");
      Election election = election(identity, https(server));
      assertInstanceOf(Reading.Unknown.class, election.look(LONG).reading());
      take(made.resolve("renewed.crt"), "client.crt");
      take(made.resolve("renewed.key"), "client.key");
      assertEquals(LEASE_HOLDER, holder(election));
      assertEquals(1, apiserver.connections().get());
      take(made.resolve("client.crt"), "client.crt");
      take(made.resolve("client.key"), "client.key");
      assertEquals(LEASE_HOLDER, holder(election));
      assertEquals(2, apiserver.connections().get());
    }
  }

  @Test
  void aSlowServerCostsItsShareAndAnotherIsAsked() throws Exception {
    FakeApiserver other = FakeApiserver.modern();
    try (FakeServer slow = secured((in, out) -> FakeServer.hang(in, out));
        FakeServer second = secured(other)) {
      Election election = election(withKubeconfig(), https(slow), https(second));
      Reading reading = election.look(Duration.ofSeconds(4)).reading();
      assertInstanceOf(Reading.Got.class, reading, reading.toString());
      // What worked is asked first, over the connection that is there.
      assertEquals(LEASE_HOLDER, holder(election));
      assertEquals(1, slow.requests.size());
      assertEquals(1, other.connections().get());
    }
  }

  @Test
  void theOwnApiserverIsTriedAgainAfterAWhile() throws Exception {
    FakeApiserver own = FakeApiserver.of(_ -> "500 etcd failed");
    FakeApiserver other = FakeApiserver.modern();
    try (FakeServer first = secured(own);
        FakeServer second = secured(other)) {
      Election election = election(withKubeconfig(), https(first), https(second));
      for (int round = 0; round < 13; round++) {
        assertEquals(LEASE_HOLDER, holder(election));
      }
      assertEquals(3, own.connections().get());
    }
  }

  @Test
  void aServerThatNeverAnswersEndsWithTheTimeAllowed() throws Exception {
    try (FakeServer slow = secured((in, out) -> FakeServer.hang(in, out))) {
      Election election = election(withKubeconfig(), https(slow));
      Reading reading = election.look(Duration.ofMillis(500)).reading();
      assertTrue(
          assertInstanceOf(Reading.Unknown.class, reading).why().contains("no answer within"),
          reading.toString());
    }
  }

  @Test
  void anInterruptEndsTheQuestion() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    FakeServer.Session hanging =
        (in, out) -> {
          asked.countDown();
          FakeServer.hang(in, out);
        };
    try (FakeServer slow = secured(hanging);
        LeaderLook look =
            new LeaderLook(
                List.of(election(withKubeconfig(), https(slow))), Duration.ofMinutes(5))) {
      Thread asking =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      look.look();
                    } catch (InterruptedException e) {
                      // That is what is asked for.
                    }
                  });
      assertTrue(asked.await(20, TimeUnit.SECONDS));
      asking.interrupt();
      assertTrue(asking.join(LONG));
    }
  }

  @Test
  void withoutLeasesTheAnnotationIsRead() throws Exception {
    try (FakeServer server = FakeServer.tcp(FakeApiserver.old())) {
      ClientIdentity none =
          ClientIdentity.of(Optional.of(folder.resolve("none.conf")), settings(Optional.empty()));
      assertEquals("kubernetes-master-b", holder(election(none, http(server))));
    }
  }

  @Test
  void whereLeasesAreKnownEndpointsNeedNotBeReadable() throws Exception {
    FakeApiserver apiserver =
        FakeApiserver.of(path -> path.contains("/leases/") ? "404 " + Records.NOT_FOUND : "403 no");
    try (FakeServer server = FakeServer.tcp(apiserver)) {
      assertEquals(
          new Reading.Absent(), election(withKubeconfig(), http(server)).look(LONG).reading());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusalOfBothIsARefusal(int status) throws Exception {
    try (FakeServer server = FakeServer.tcp(FakeApiserver.of(_ -> status + " no"))) {
      assertEquals(
          new Reading.Denied(status + ": no"),
          election(withKubeconfig(), http(server)).look(LONG).reading());
    }
  }

  /** The seed's own apiserver needs no credentials; those before the others do. */
  @Test
  void aRefusalElsewhereIsNoRefusalOfTheOwnOneThatIsSilent() throws Exception {
    FakeServer gone = FakeServer.tcp(FakeApiserver.old());
    gone.close();
    try (FakeServer other = FakeServer.tcp(FakeApiserver.of(_ -> "401 no"))) {
      Reading reading = election(withKubeconfig(), http(gone), http(other)).look(LONG).reading();
      assertTrue(
          assertInstanceOf(Reading.Unknown.class, reading).why().contains("nothing listens"),
          reading.toString());
    }
  }

  @Test
  void aTokenIsSentOverTlsOnlyAndNeverTold() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "secret-7\n");
    FakeApiserver echoing = FakeApiserver.of(_ -> "403 you sent secret-7");
    try (FakeServer plain = FakeServer.tcp(echoing);
        FakeServer secured = certificates.orElseThrow().serve("server", false, echoing)) {
      ClientIdentity identity = ClientIdentity.of(Optional.empty(), settings(Optional.of(token)));
      Reading said = election(identity, https(secured)).look(LONG).reading();
      assertEquals(new Reading.Denied("403: you sent (token)"), said);
      assertTrue(String.join("", secured.requests).contains("Authorization: Bearer secret-7"));
      assertInstanceOf(Reading.Denied.class, election(identity, http(plain)).look(LONG).reading());
      assertFalse(String.join("", plain.requests).contains("secret-7"));
    }
  }

  @Test
  void aServerOfAnotherAuthorityIsNotAsked() throws Exception {
    try (FakeServer server = secured(FakeApiserver.modern())) {
      ClientIdentity identity = withKubeconfig();
      take(made.resolve("other/ca.crt"), "ca.crt");
      Reading reading = election(identity, https(server)).look(LONG).reading();
      assertTrue(
          assertInstanceOf(Reading.Unknown.class, reading).why().contains("is not accepted"),
          reading.toString());
    }
  }
}
