package io.hasupervisor.observe.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.observe.FakeServer;
import io.hasupervisor.observe.HttpCall.Reply;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.TestCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real apiservers' answers over real sockets. */
final class ApiserverLookTest {
  private static final String SICK = "[+]ping ok\n[-]etcd failed: reason withheld\n";

  @TempDir static Path directory;
  private static Optional<TestCertificates> made = Optional.empty();

  private final List<FakeServer> servers = new ArrayList<>();

  @BeforeAll
  static void makeCertificates() throws Exception {
    made =
        Optional.of(
            TestCertificates.in(directory)
                .ec("server", "IP:127.0.0.1", 10)
                .ec("expired", "IP:127.0.0.1", -1)
                .early("early", "IP:127.0.0.1")
                .ec("elsewhere", "DNS:elsewhere.example", 10)
                .ec("client", "DNS:client", 10)
                .selfSigned("itself", "IP:127.0.0.1"));
  }

  @AfterEach
  void close() throws IOException {
    for (FakeServer server : servers) {
      server.close();
    }
  }

  /** An apiserver that knows these paths. */
  private static FakeServer.Answering knows(Map<String, String> answers) {
    return (head, out) -> {
      String path = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP"));
      String known = answers.getOrDefault(path, "404 404 page not found\n");
      String body = known.substring(4);
      write(
          out,
          "HTTP/1.1 "
              + known.substring(0, 3)
              + " Said\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    };
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(US_ASCII));
  }

  private FakeServer plain(FakeServer.Session session) throws IOException {
    FakeServer server = FakeServer.tcp(session);
    servers.add(server);
    return server;
  }

  private FakeServer secure(String certificate, FakeServer.Session session) throws Exception {
    FakeServer server = made.orElseThrow().serve(certificate, false, session);
    servers.add(server);
    return server;
  }

  private static ApiserverSettings settings(Optional<String> client, Optional<Path> token) {
    return new ApiserverSettings(
        URI.create("http://127.0.0.1:1"),
        Optional.of(directory.resolve("ca.crt")),
        client.map(name -> directory.resolve(name + ".crt")),
        client.map(name -> directory.resolve(name + ".key")),
        token,
        Map.of(),
        Duration.ofSeconds(10));
  }

  private static ApiserverQuestions at(
      String name, String scheme, FakeServer server, boolean own, ApiserverSettings settings) {
    return new ApiserverQuestions(
        name,
        URI.create(scheme + "://127.0.0.1:" + server.port()),
        own,
        ApiserverLook.http(settings));
  }

  private static ApiserverQuestions at(String scheme, FakeServer server, boolean own) {
    return at("m", scheme, server, own, settings(Optional.empty(), Optional.empty()));
  }

  private static ApiAnswer live(String scheme, FakeServer server) throws InterruptedException {
    return at(scheme, server, true).ask().live();
  }

  private static List<String> paths(FakeServer server) {
    return server.requests.stream().map(head -> head.split(" ", -1)[1]).toList();
  }

  @Test
  void oneThatIsWellIsAskedWhetherItLivesAndWhetherItIsReady() throws Exception {
    FakeServer server = secure("server", knows(Map.of("/livez", "200 ok", "/readyz", "200 ok")));
    ApiserverSeen seen = at("https", server, true).ask();
    assertInstanceOf(ApiAnswer.Well.class, seen.live());
    assertInstanceOf(ApiAnswer.Well.class, seen.ready());
    assertInstanceOf(ApiAnswer.NotAsked.class, seen.etcd());
    assertEquals(64, seen.certificate().orElseThrow().length());
    assertTrue(seen.well());
  }

  @Test
  void anotherMastersIsAskedOneQuestion() throws Exception {
    FakeServer server = plain(knows(Map.of("/livez", "200 ok")));
    assertTrue(at("http", server, false).ask().well());
    assertEquals(List.of("/livez"), paths(server));
  }

  @Test
  void anOldOneIsAskedForItsOldPathAndOnlyOnceForTheNewOne() throws Exception {
    FakeServer server = plain(knows(Map.of("/healthz", "200 ok")));
    ApiserverQuestions asked = at("http", server, true);
    for (int n = 0; n < 3; n++) {
      ApiserverSeen seen = asked.ask();
      assertInstanceOf(ApiAnswer.Well.class, seen.live());
      assertInstanceOf(ApiAnswer.NotAsked.class, seen.ready());
    }
    assertEquals(List.of("/livez", "/healthz", "/healthz", "/healthz"), paths(server));
  }

  @Test
  void anOldOneThatComesBackIsAskedForTheNewPathAgain() throws Exception {
    FakeServer old = plain(knows(Map.of("/healthz", "200 ok")));
    ApiserverQuestions asked = at("http", old, true);
    asked.ask();
    old.close();
    assertInstanceOf(ApiAnswer.Silent.class, asked.ask().live());
    assertEquals(Symptom.REFUSED, ((ApiAnswer.Silent) asked.ask().live()).symptom());
    assertEquals(List.of("/livez", "/healthz"), paths(old));
  }

  @Test
  void whereEtcdIsDownItIsAskedForTheCause() throws Exception {
    FakeServer server =
        plain(knows(Map.of("/livez", "500 " + SICK, "/healthz/etcd", "500 internal")));
    ApiserverSeen seen = at("http", server, true).ask();
    assertEquals(List.of("etcd"), assertInstanceOf(ApiAnswer.Failing.class, seen.live()).checks());
    assertInstanceOf(ApiAnswer.Failing.class, seen.etcd());
    assertInstanceOf(ApiAnswer.NotAsked.class, seen.ready());
    assertEquals(List.of("/livez", "/healthz/etcd"), paths(server));
  }

  @Test
  void oneThatIsNotReadyIsAskedForTheCauseToo() throws Exception {
    FakeServer server =
        plain(
            knows(
                Map.of(
                    "/livez",
                    "200 ok",
                    "/readyz",
                    "500 [-]etcd-readiness failed: x\n",
                    "/healthz/etcd",
                    "200 ok")));
    ApiserverSeen seen = at("http", server, true).ask();
    assertInstanceOf(ApiAnswer.Failing.class, seen.ready());
    assertInstanceOf(ApiAnswer.Well.class, seen.etcd());
    assertEquals(false, seen.well());
  }

  @Test
  void certificatesThatClientsDoNotTakeAreTold() throws Exception {
    Map<String, String> words =
        Map.of(
            "itself", "its certificate is not signed by a trusted authority",
            "expired", "its certificate has expired",
            "early", "its certificate is not valid yet",
            "elsewhere", "its certificate is not accepted: ");
    for (Map.Entry<String, String> each : words.entrySet()) {
      FakeServer server = secure(each.getKey(), knows(Map.of("/livez", "200 ok")));
      ApiAnswer.Silent silent =
          assertInstanceOf(ApiAnswer.Silent.class, live("https", server), each.getKey());
      assertEquals(Symptom.TLS_FAILED, silent.symptom(), each.getKey());
      assertTrue(silent.connected());
      assertTrue(silent.detail().startsWith(each.getValue()), silent.detail());
    }
  }

  @Test
  void plainTextWhereTlsIsExpectedIsForeign() throws Exception {
    FakeServer server = plain(FakeServer.answerAndWait("HTTP/1.1 400 Bad\r\n\r\n"));
    assertEquals(new ApiAnswer.Foreign(0, "the answer is not TLS"), live("https", server));
  }

  @Test
  void aMissingAuthorityIsThisHostsFaultAndNoNewsOfTheApiserver() throws Exception {
    FakeServer server = secure("server", knows(Map.of("/livez", "200 ok")));
    ApiserverSettings none =
        new ApiserverSettings(
            URI.create("http://127.0.0.1:1"),
            Optional.of(directory.resolve("nowhere.crt")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Duration.ofSeconds(10));
    ApiAnswer.NotAsked not =
        assertInstanceOf(
            ApiAnswer.NotAsked.class, at("m", "https", server, true, none).ask().live());
    assertTrue(not.why().endsWith("nowhere.crt does not exist"), not.why());
  }

  @Test
  void aClientCertificateIsShownToWhoAsksForIt() throws Exception {
    FakeServer server = made.orElseThrow().serve("server", true, knows(Map.of("/livez", "200 ok")));
    servers.add(server);
    ApiserverSettings known = settings(Optional.of("client"), Optional.empty());
    assertInstanceOf(ApiAnswer.Well.class, at("m", "https", server, false, known).ask().live());
    assertInstanceOf(ApiAnswer.Silent.class, live("https", server));
  }

  @Test
  void aTokenIsSentOverTlsAloneAndNeverTold() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "s3cret-t0ken\n");
    ApiserverSettings known = settings(Optional.empty(), Optional.of(token));
    FakeServer.Answering echo = (head, out) -> write(out, "HTTP/1.1 500 Sick\r\n\r\n" + head);
    FakeServer secure = secure("server", echo);
    ApiAnswer.Failing failing =
        assertInstanceOf(
            ApiAnswer.Failing.class, at("m", "https", secure, false, known).ask().live());
    assertTrue(secure.requests.peek().contains("Authorization: Bearer s3cret-t0ken\r\n"));
    assertTrue(!failing.toString().contains("s3cret"), failing.toString());
    FakeServer plain = plain(echo);
    assertInstanceOf(ApiAnswer.Failing.class, at("m", "http", plain, false, known).ask().live());
    assertTrue(!plain.requests.peek().contains("Authorization"), plain.requests.peek());
  }

  @Test
  void othersAreAskedInEveryThirdRoundWhileAllAreWell() throws Exception {
    FakeServer own = plain(knows(Map.of("/livez", "200 ok", "/readyz", "200 ok")));
    FakeServer other = plain(knows(Map.of("/livez", "200 ok")));
    ApiserverLook look =
        new ApiserverLook(at("http", own, true), List.of(at("http", other, false)));
    List<Integer> ages = new ArrayList<>();
    for (int n = 0; n < 7; n++) {
      List<ApiserverSeen> seen = look.look();
      assertTrue(seen.stream().allMatch(ApiserverSeen::well));
      assertEquals(0, seen.getFirst().roundsAgo());
      ages.add(seen.getLast().roundsAgo());
    }
    assertEquals(List.of(0, 1, 2, 0, 1, 2, 0), ages);
    assertEquals(3, other.requests.size());
  }

  @Test
  void onceOneIsNotWellAllAreAskedInEveryRound() throws Exception {
    FakeServer own = plain(knows(Map.of("/livez", "500 x")));
    FakeServer other = plain(knows(Map.of("/livez", "200 ok")));
    ApiserverLook look =
        new ApiserverLook(at("http", own, true), List.of(at("http", other, false)));
    for (int n = 0; n < 4; n++) {
      assertEquals(0, look.look().getLast().roundsAgo());
    }
    assertEquals(4, other.requests.size());
  }

  /** Four that hang in four ways take no longer than one. */
  @Test
  void aRoundEndsAlsoWhereSeveralHang() throws Exception {
    FakeServer silent = plain(FakeServer::hang);
    FakeServer drips =
        plain(
            (in, out) -> {
              write(out, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\no");
              out.flush();
              FakeServer.hang(in, out);
            });
    FakeServer noHandshake = plain(FakeServer::hang);
    FakeServer slow =
        plain(
            (FakeServer.Answering)
                (head, out) -> {
                  if (head.contains("/livez")) {
                    write(out, "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
                  } else {
                    write(out, "HTTP/1.1 ");
                    out.flush();
                    java.util.concurrent.locks.LockSupport.parkNanos(20_000_000_000L);
                  }
                });
    ApiserverLook look =
        new ApiserverLook(
            at("http", silent, true),
            List.of(
                at("http", drips, false),
                at("https", noHandshake, false),
                at("http", slow, false)));
    long begun = System.nanoTime();
    List<ApiserverSeen> seen = look.look();
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    assertTrue(took.compareTo(Duration.ofSeconds(15)) < 0, took::toString);
    for (ApiserverSeen each : seen) {
      ApiAnswer.Silent hangs = assertInstanceOf(ApiAnswer.Silent.class, each.live());
      assertEquals(Symptom.TIMED_OUT, hangs.symptom());
      assertTrue(hangs.connected(), hangs.toString());
    }
  }

  @Test
  void anInterruptEndsARound() throws Exception {
    ApiserverLook look = new ApiserverLook(at("http", plain(FakeServer::hang), true), List.of());
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, look::look);
  }

  @Test
  void theAddressesBehindTheServiceAreRead() {
    String body =
        "{\"kind\":\"Endpoints\",\"subsets\":[{\"addresses\":[{\"ip\":\"10.0.0.1\"},"
            + "{\"ip\":\"FD00::2\"},{\"ip\":7},{}],\"notReadyAddresses\":[{\"ip\":\"10.0.0.9\"}]},"
            + "{\"addresses\":[{\"ip\":\"10.0.0.3\"}]}]}";
    assertEquals(
        new EndpointsSeen(true, List.of("10.0.0.1", "fd00:0:0:0:0:0:0:2", "10.0.0.3")),
        EndpointsLook.read(answer(200, body)));
    assertEquals(
        new EndpointsSeen(true, List.of()),
        EndpointsLook.read(answer(200, "{\"kind\":\"Endpoints\"}")));
    for (String other : List.of("", "<html>", "[]", "null", "{\"kind\":\"Status\"}", "{\"kind\"")) {
      assertEquals(EndpointsSeen.UNKNOWN, EndpointsLook.read(answer(200, other)), other);
    }
    assertEquals(EndpointsSeen.UNKNOWN, EndpointsLook.read(answer(403, body)));
  }

  private static Reply answer(int status, String body) {
    return new Reply.Answer(status, Map.of(), body, Optional.empty());
  }

  @Test
  void endpointsAreReadEverySixthRoundWhereThisHostMayBeKnown() throws Exception {
    FakeServer server = plain(FakeServer.answer(200, "{\"kind\":\"Endpoints\"}"));
    ApiserverSettings seed = settings(Optional.empty(), Optional.empty());
    EndpointsLook look = EndpointsLook.of(local(seed, "http://127.0.0.1:" + server.port()));
    for (int n = 0; n < 7; n++) {
      assertEquals(new EndpointsSeen(true, List.of()), look.look());
    }
    assertEquals(2, server.requests.size());
    EndpointsLook stranger = EndpointsLook.of(local(seed, "https://127.0.0.1:" + server.port()));
    assertEquals(EndpointsSeen.UNKNOWN, stranger.look());
    assertEquals(2, server.requests.size());
  }

  private static ApiserverSettings local(ApiserverSettings it, String url) {
    return new ApiserverSettings(
        URI.create(url),
        it.ca(),
        it.certificate(),
        it.key(),
        it.tokenFile(),
        it.kubeconfigs(),
        it.period());
  }
}
