package io.hasupervisor.publish.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hasupervisor.publish.ClusterStatus;
import io.hasupervisor.publish.ControlPlane;
import io.hasupervisor.publish.Feed;
import io.hasupervisor.publish.ServiceEvent;
import io.hasupervisor.publish.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real server, spoken to over raw sockets, kindly and unkindly. */
@Timeout(60)
final class StatusDoorsTest {
  private static final Instant AT = Instant.parse("2026-11-24T21:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private volatile ControlPlane.ReadyStatus ready =
      new ControlPlane.ReadyStatus(true, List.of("Its apiserver says that it is ready."));
  private volatile Optional<ClusterStatus> cluster = Optional.empty();
  private volatile Duration sinceLastTurn = Duration.ofMillis(9);
  private Doors server = with(Duration.ofSeconds(30));
  private int port;

  private final class FixedFeed implements Feed {
    @Override
    public Optional<ClusterStatus> cluster() {
      return cluster;
    }

    @Override
    public Status status() {
      Status.ServiceStatus docker =
          new Status.ServiceStatus(
              "docker",
              "systemd",
              "HEALTHY",
              AT,
              "PROBES_PASS",
              "docker runs.",
              0,
              "none",
              Optional.empty(),
              Optional.of(4711L),
              new Status.Budget(10, 2),
              false,
              List.of(),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              List.of());
      return new Status(
          1,
          "master-1",
          "9.8.7",
          AT,
          Status.Level.OK,
          "docker is healthy.",
          false,
          List.of(docker),
          Optional.empty(),
          Optional.empty(),
          List.of());
    }

    @Override
    public List<ServiceEvent> eventsSince(long seq) {
      return List.of(new ServiceEvent(seq + 1, AT, "docker", "UNKNOWN", "HEALTHY", "X", "y."));
    }

    @Override
    public Duration sinceLastTurn() {
      return sinceLastTurn;
    }
  }

  /** A server whose clients have this long for a request. */
  private Doors with(Duration patience) {
    return Doors.ofStatus(
        new FixedFeed(),
        () -> ready,
        List.of("127.0.0.1:0", "[::1]:0"),
        () -> AT,
        Duration.ofMillis(50),
        patience);
  }

  /** Only where the end of that patience is waited for: an honest client may be slow, too. */
  private void startImpatient() {
    server.close();
    server = with(Duration.ofMillis(1500));
    start();
  }

  @BeforeEach
  void start() {
    server.open();
    await(() -> server.port(0).isPresent());
    port = server.port(0).orElseThrow();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Bounded by the time limit of the test. */
  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  /**
   * Sends raw bytes, then reads to the end of the stream, so that closing is part of every test.
   */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return rest(socket);
    }
  }

  private static String rest(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder text = new StringBuilder();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        text.append((char) next);
      }
    } catch (java.net.SocketException e) {
      text.append("<reset>");
    }
    return text.toString();
  }

  private String get(String path, String... headers) throws IOException {
    return request("GET", path, headers);
  }

  private String request(String method, String path, String... headers) throws IOException {
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return raw(
        method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + more + "\r\n");
  }

  private static String body(String response) {
    return response.substring(response.indexOf("\r\n\r\n") + 4);
  }

  private static JsonNode json(String response) throws IOException {
    return JSON.readTree(body(response));
  }

  private static void assertStatus(int code, String response) {
    assertTrue(response.startsWith("HTTP/1.1 " + code + " "), response);
    String headers = response.substring(0, response.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
    assertTrue(headers.contains("cache-control: no-store"), response);
    assertTrue(headers.contains("x-content-type-options: nosniff"), response);
    assertFalse(headers.contains("helidon") || headers.contains("\r\nserver:"), response);
  }

  private void assertStillServes() throws IOException {
    assertStatus(200, get("/status"));
  }

  @Test
  void theClusterIsThereOnAMasterOnly() throws IOException {
    assertStatus(404, get("/cluster"));
    cluster =
        Optional.of(
            new ClusterStatus(
                ClusterStatus.SCHEMA,
                "prod",
                "m1",
                AT,
                Status.Level.OK,
                "All 3 masters speak.",
                true,
                "QUORUM_FULL",
                List.of(),
                List.of(),
                Optional.empty()));
    assertStatus(200, get("/cluster"));
    assertEquals("prod", json(get("/cluster")).get("cluster").asText());
    assertStatus(421, raw("GET /cluster HTTP/1.1\r\nHost: evil.example\r\n\r\n"));
  }

  @Test
  void statusIsJsonUnlessTextIsWanted() throws IOException {
    String response = get("/status", "Accept: */*");
    assertStatus(200, response);
    assertEquals("OK", json(response).get("verdict").asText());
    assertEquals("docker", json(response).at("/services/0/name").asText());
    for (String text : List.of(get("/status?format=text"), get("/status", "Accept: text/plain"))) {
      assertStatus(200, text);
      assertTrue(body(text).startsWith("master-1  OK  2026-11-24 21:00:00Z\n"), text);
    }
    assertEquals(
        1, json(get("/status", "Accept: application/json, text/plain")).get("schema").asInt());
    assertStatus(400, get("/status?format=xml"));
  }

  @Test
  void oneServiceAndUnknownOnes() throws IOException {
    assertEquals("docker", json(get("/status/services/docker")).get("name").asText());
    assertStatus(404, get("/status/services/nosuch"));
    assertStatus(404, get("/status/services/"));
    assertStatus(404, get("/status/services/../../etc/passwd"));
    assertStatus(404, get("/nosuch"));
    assertTrue(json(get("/nosuch")).has("error"));
    assertTrue(body(get("/")).contains("/healthz"));
  }

  @Test
  void eventsSinceANumber() throws IOException {
    assertEquals(1, json(get("/events")).at("/events/0/seq").asInt());
    assertEquals(8, json(get("/events?since=7")).at("/events/0/seq").asInt());
    for (String wrong : List.of("-1", "x", "", "99999999999999999999", "1%0a2")) {
      assertStatus(400, get("/events?since=" + wrong));
    }
  }

  @Test
  void readyTellsWhetherTrafficShouldBeSentHere() throws IOException {
    assertStatus(200, get("/ready"));
    ready = new ControlPlane.ReadyStatus(false, List.of("etcd has lost quorum."));
    String response = get("/ready");
    assertStatus(503, response);
    assertEquals(
        JSON.readTree("{\"ready\":false,\"reasons\":[\"etcd has lost quorum.\"]}"),
        JSON.readTree(body(response)));
  }

  @Test
  void healthzFailsWhenTheLoopStandsStill() throws IOException {
    assertStatus(200, get("/healthz"));
    sinceLastTurn = Duration.ofSeconds(10);
    String response = get("/healthz");
    assertStatus(503, response);
    assertEquals("the loop has not turned for 10 s\n", body(response));
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() throws IOException {
    String head = request("HEAD", "/status");
    assertStatus(200, head);
    assertEquals("", body(head));
    assertTrue(
        head.toLowerCase(Locale.ROOT)
            .contains("content-length: " + body(get("/status")).length() + "\r\n"),
        head);
  }

  @Test
  void anyOtherMethodIsRefused() throws IOException {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW")) {
      String response = request(method, "/status");
      assertStatus(405, response);
      assertTrue(response.contains("Allow: GET, HEAD"), response);
    }
  }

  @Test
  void aForeignHostIsRefused() throws IOException {
    for (String host :
        List.of(
            "evil.example",
            "evil.example:" + port,
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "localhost:1",
            "10.0.0.1:" + port,
            "[::2]:" + port)) {
      String response = raw("GET /status HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertStatus(421, response);
    }
    for (String host :
        List.of(
            "localhost", "LOCALHOST:" + port, "127.0.0.1:" + port, "127.8.9.1", "[::1]:" + port)) {
      assertStatus(200, raw("GET /status HTTP/1.1\r\nHost: " + host + "\r\n\r\n"));
    }
    assertStatus(400, raw("GET /status HTTP/1.1\r\n\r\n"));
  }

  @Test
  void garbageIsAnsweredOrHungUpOnAndHarmsNothing() throws IOException {
    Random random = new Random(1);
    byte[] noise = new byte[5000];
    random.nextBytes(noise);
    List<String> requests =
        List.of(
            "\r\n\r\n\r\n",
            "hello\r\n\r\n",
            "GET\r\n\r\n",
            "GET /status HTTP/9.9\r\nHost: localhost\r\n\r\n",
            "GET http://evil.example/status HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /status HTTP/1.1\r\nHost: localhost\r\nBroken\r\n\r\n",
            "GET /status HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            new String(noise, ISO_8859_1) + "\r\n\r\n");
    for (String request : requests) {
      String response = raw(request);
      assertFalse(
          response.startsWith("HTTP/1.1 5") && !response.startsWith("HTTP/1.1 505"),
          request + response);
      assertFalse(response.toLowerCase(Locale.ROOT).contains("helidon"), response);
    }
    assertStillServes();
  }

  @Test
  void oldHttpIsToldItsVersionIsNotSpoken() throws IOException {
    assertTrue(raw("GET /status HTTP/1.0\r\nHost: localhost\r\n\r\n").startsWith("HTTP/1.1 505 "));
  }

  @Test
  void hugeHeadersAndBodiesAreRefusedWithoutBeingRead() throws IOException {
    String response = get("/status", "X: " + "x".repeat(20_000));
    assertTrue(response.startsWith("HTTP/1.1 4") || response.contains("<reset>"), response);
    String body =
        raw("POST /status HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\nabc");
    assertTrue(body.startsWith("HTTP/1.1 4"), body);
    String chunked = get("/status", "Transfer-Encoding: chunked", "", "ffffffff");
    assertTrue(chunked.isEmpty() || chunked.startsWith("HTTP/1.1"), chunked);
    assertStillServes();
  }

  @Test
  void ofPipelinedRequestsTheFirstIsAnsweredAndTheConnectionEnds() throws IOException {
    String one = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String response = raw(one.repeat(50));
    assertEquals(1, response.split("HTTP/1.1 200", -1).length - 1, response);
    assertStillServes();
  }

  @Test
  void aClientThatDripsBytesIsHungUpOn() throws Exception {
    startImpatient();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("GET /status HTTP/1.1\r\n".getBytes(ISO_8859_1));
      socket.setSoTimeout(100);
      dripUntilHungUpOn(socket);
    }
    assertStillServes();
  }

  /** A read that times out is the pause between two bytes. */
  private static void dripUntilHungUpOn(Socket socket) {
    boolean open = true;
    while (open) {
      try {
        socket.getOutputStream().write('a');
        open = socket.getInputStream().read() >= 0;
      } catch (java.net.SocketTimeoutException e) {
        open = true;
      } catch (IOException e) {
        open = false;
      }
    }
  }

  @Test
  void silentAndHalfOpenConnectionsEndAndMakeRoomForOthers() throws IOException {
    startImpatient();
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        if (i % 2 == 0) {
          socket.getOutputStream().write("GET /sta".getBytes(ISO_8859_1));
        }
        if (i % 5 == 0) {
          socket.shutdownOutput();
        }
        silent.add(socket);
      }
      assertStillServes();
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void aTakenPortIsNoticedAndBoundOnceItIsFree() throws IOException {
    ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    Doors late =
        Doors.ofStatus(
            new FixedFeed(),
            () -> ready,
            List.of("127.0.0.1:" + taken.getLocalPort()),
            () -> AT,
            Duration.ofMillis(20),
            Duration.ofSeconds(2));
    try {
      late.open();
      await(() -> !late.notices().isEmpty());
      String notice = late.notices().getFirst().text();
      assertTrue(notice.contains("Address already in use"), notice);
      taken.close();
      await(() -> late.port(0).isPresent() && late.notices().isEmpty());
    } finally {
      late.close();
      taken.close();
    }
  }

  @Test
  void anAddressThatThisHostDoesNotHaveIsNoticedAndTheOthersServe() throws Exception {
    Doors odd =
        Doors.ofStatus(
            new FixedFeed(),
            () -> ready,
            List.of("192.0.2.1:0", "127.0.0.1:0"),
            () -> AT,
            Duration.ofMillis(20),
            Duration.ofSeconds(2));
    try (odd) {
      odd.open();
      await(() -> odd.port(1).isPresent() && !odd.notices().isEmpty());
      assertTrue(
          odd.notices().getFirst().text().startsWith("no status at http://192.0.2.1:0 (Cannot "),
          odd.notices().toString());
    }
  }
}
