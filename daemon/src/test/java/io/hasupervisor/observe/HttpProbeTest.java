package io.hasupervisor.observe;

import static io.hasupervisor.observe.Checks.SHORT;
import static io.hasupervisor.observe.Checks.failed;
import static io.hasupervisor.observe.Checks.inconclusive;
import static io.hasupervisor.observe.Checks.passed;
import static io.hasupervisor.observe.FakeServer.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpProbeTest {
  @TempDir Path directory;

  private static Probe to(FakeServer server, Set<Integer> statuses, Optional<String> body) {
    return new HttpProbe(
        new ProbeTarget.Http(
            URI.create("http://127.0.0.1:" + server.port() + "/healthz?full=a%20b"),
            Optional.empty(),
            statuses,
            body,
            HttpCredentials.NONE));
  }

  private static Probe to(FakeServer server) {
    return to(server, Set.of(200), Optional.empty());
  }

  private static Probe with(FakeServer server, Path token) {
    return new HttpProbe(
        new ProbeTarget.Http(
            URI.create("http://127.0.0.1:" + server.port() + "/"),
            Optional.empty(),
            Set.of(200),
            Optional.of("never"),
            new HttpCredentials(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(token), false)));
  }

  private static Probe over(Path socket) {
    return new HttpProbe(
        new ProbeTarget.Http(
            URI.create("http://docker/_ping"),
            Optional.of(socket),
            Set.of(200),
            Optional.of("OK"),
            HttpCredentials.NONE));
  }

  @Test
  void passesOnAnAcceptedStatusAndSendsAPlainRequest() throws Exception {
    try (FakeServer server = FakeServer.tcp(answer(200, "ok"))) {
      assertEquals("status 200: ok", passed(to(server)));
      String request = server.requests.remove();
      assertTrue(request.startsWith("GET /healthz?full=a%20b HTTP/1.1\r\n"), request);
      assertTrue(request.contains("Host: 127.0.0.1:" + server.port() + "\r\n"), request);
      assertTrue(request.toLowerCase(java.util.Locale.ROOT).contains("connection: close"), request);
    }
  }

  @Test
  void readsChunkedBodiesAndBodiesThatEndWithTheConnection() throws Exception {
    try (FakeServer chunked =
            FakeServer.tcp(
                answer(
                    String.join(
                        "\r\n",
                        "HTTP/1.1 200 OK",
                        "Transfer-Encoding: chunked",
                        "",
                        "2",
                        "he",
                        "3",
                        "llo",
                        "0",
                        "",
                        "")));
        FakeServer closing = FakeServer.tcp(answer("HTTP/1.0 200 OK\r\n\r\nhello"))) {
      assertEquals("status 200: hello", passed(to(chunked, Set.of(200), Optional.of("hello"))));
      assertEquals("status 200: hello", passed(to(closing, Set.of(200), Optional.of("hello"))));
    }
  }

  @Test
  void saysStatusAndBodyOfAnUnexpectedAnswer() throws Exception {
    try (FakeServer server = FakeServer.tcp(answer(500, "[-]etcd \u0007failed:\n\n reason"))) {
      assertEquals("status 500: [-]etcd failed: reason", failed(Symptom.BAD_STATUS, to(server)));
    }
  }

  @Test
  void cutsALongBodyShort() throws Exception {
    try (FakeServer server = FakeServer.tcp(answer(503, "x".repeat(5000)))) {
      assertEquals("status 503: " + "x".repeat(120), failed(Symptom.BAD_STATUS, to(server)));
    }
  }

  @Test
  void acceptsUnauthorizedWhereThatIsConfigured() throws Exception {
    try (FakeServer server = FakeServer.tcp(answer(403, ""))) {
      assertEquals("status 403", passed(to(server, Set.of(200, 401, 403), Optional.empty())));
      assertEquals("status 403", failed(Symptom.BAD_STATUS, to(server)));
    }
  }

  @Test
  void takesARedirectForAnAnswer() throws Exception {
    try (FakeServer server =
        FakeServer.tcp(
            answer("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n"))) {
      assertEquals("status 302", failed(Symptom.BAD_STATUS, to(server)));
      assertEquals(1, server.requests.size());
    }
  }

  @Test
  void findsThatTheBodyIsAnother() throws Exception {
    try (FakeServer server = FakeServer.tcp(answer(200, "degraded"))) {
      assertEquals(
          "\"ok\" is not in: degraded",
          failed(Symptom.BAD_BODY, to(server, Set.of(200), Optional.of("ok"))));
    }
  }

  @Test
  void timesOutWhenNothingIsAnswered() throws Exception {
    try (FakeServer server = FakeServer.tcp(FakeServer::hang)) {
      String detail = failed(Symptom.TIMED_OUT, to(server), SHORT);
      assertTrue(detail.startsWith("no answer within 300 ms: still waiting for"), detail);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nX: ",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"
      })
  void timesOutWhenTheAnswerDribbles(String first) throws Exception {
    try (FakeServer server = FakeServer.tcp(FakeServer.dribble(first))) {
      failed(Symptom.TIMED_OUT, to(server), SHORT);
    }
  }

  @Test
  void saysTheWrongStatusEvenIfItsBodyNeverEnds() throws Exception {
    try (FakeServer server = FakeServer.tcp(FakeServer.dribble("HTTP/1.1 500 No\r\n\r\nwhy: "))) {
      String detail = failed(Symptom.BAD_STATUS, to(server), SHORT);
      assertTrue(detail.startsWith("status 500: why: a"), detail);
    }
  }

  @Test
  void stopsReadingABodyThatNeverEnds() throws Exception {
    try (FakeServer server = FakeServer.tcp(FakeServer.flood("HTTP/1.1 200 OK\r\n\r\n"))) {
      failed(Symptom.BAD_BODY, to(server, Set.of(200), Optional.of("b")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nX: "})
  void callsEndlessHeadersGarbage(String first) throws Exception {
    try (FakeServer server = FakeServer.tcp(FakeServer.flood(first))) {
      failed(Symptom.GARBAGE, to(server));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "\u0000\u0001\u0002\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/3 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
      })
  void callsWhatIsNotHttpGarbage(String raw) throws Exception {
    try (FakeServer server = FakeServer.tcp(answer(raw))) {
      failed(Symptom.GARBAGE, to(server));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 O",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe"
      })
  void noticesThatTheConnectionWasClosedEarly(String raw) throws Exception {
    try (FakeServer server = FakeServer.tcp(answer(raw))) {
      failed(Symptom.CLOSED, to(server));
    }
  }

  @Test
  void isRefusedWhereNothingListens() throws Exception {
    FakeServer server = FakeServer.tcp(FakeServer::hang);
    server.close();
    assertEquals(
        "nothing listens at port " + server.port() + " of 127.0.0.1",
        failed(Symptom.REFUSED, to(server)));
  }

  @Test
  void triesEveryAddressOfAName() throws Exception {
    try (FakeServer server =
        FakeServer.over(
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer(200, "ok"))) {
      passed(
          new HttpProbe(
              new ProbeTarget.Http(
                  URI.create("http://localhost:" + server.port()),
                  Optional.empty(),
                  Set.of(200),
                  Optional.empty(),
                  HttpCredentials.NONE)));
    }
  }

  @Test
  void sendsTheTokenOfTheMomentAndNeverShowsIt() throws Exception {
    Path token = directory.resolve("token");
    Files.writeString(token, "s3cret-one\n");
    try (FakeServer server = FakeServer.tcp(answer(200, "you sent s3cret-two and s3cret-one"))) {
      String detail = failed(Symptom.BAD_BODY, with(server, token));
      assertTrue(server.requests.remove().contains("Authorization: Bearer s3cret-one\r\n"));
      assertFalse(detail.contains("s3cret-one"), detail);
      Files.writeString(token, "s3cret-two");
      detail = failed(Symptom.BAD_BODY, with(server, token));
      assertTrue(server.requests.remove().contains("Authorization: Bearer s3cret-two\r\n"));
      assertFalse(detail.contains("s3cret-two"), detail);
    }
  }

  @Test
  void blamesTheTokenFileAndNotTheTarget() throws Exception {
    Path token = directory.resolve("token");
    try (FakeServer server = FakeServer.tcp(answer(200, "ok"))) {
      assertEquals(
          "the token file " + token + " does not exist", inconclusive(with(server, token)));
      Files.writeString(token, "two\r\nlines: of\r\nheader");
      String why = inconclusive(with(server, token));
      assertEquals("the token file " + token + " holds no usable token", why);
      assertTrue(server.requests.isEmpty());
    }
  }

  @Test
  void speaksOverAUnixSocket() throws Exception {
    Path path = directory.resolve("docker.sock");
    try (FakeServer server = FakeServer.unix(path, answer(200, "OK"))) {
      assertEquals("status 200: OK", passed(over(path)));
      assertTrue(server.requests.remove().contains("Host: docker"));
    }
  }

  @Test
  void tellsAMissingFromAStaleFromAHungUnixSocket() throws Exception {
    Path path = directory.resolve("docker.sock");
    assertEquals(path + " does not exist", failed(Symptom.NO_SOCKET, over(path)));
    FakeServer server = FakeServer.unix(path, FakeServer::hang);
    failed(Symptom.TIMED_OUT, over(path), SHORT);
    server.close();
    assertEquals("nobody listens at " + path, failed(Symptom.REFUSED, over(path)));
  }

  @Test
  void timesOutAtAUnixSocketWithAFullQueue() throws Exception {
    Path path = directory.resolve("docker.sock");
    try (Closeable _ = FakeServer.withFullQueue(path)) {
      String detail = failed(Symptom.TIMED_OUT, over(path), SHORT);
      assertTrue(detail.contains("still connecting"), detail);
    }
  }

  @Test
  void blamesThePathThatNoSocketCanHave() throws Exception {
    inconclusive(over(directory.resolve("x".repeat(200))));
  }
}
