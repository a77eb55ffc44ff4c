package io.hasupervisor.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.discovery.DiscoveryService;
import io.hasupervisor.observe.HttpCall.Reply;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HttpCallTest {
  @TempDir static Path directory;
  private static Optional<TestCertificates> made = Optional.empty();

  @BeforeAll
  static void makeCertificates() throws Exception {
    made =
        Optional.of(TestCertificates.in(directory).ec("server", "DNS:localhost,IP:127.0.0.1", 10));
  }

  private static HttpCall call(boolean trusting) {
    Optional<Path> ca = trusting ? Optional.of(directory.resolve("ca.crt")) : Optional.empty();
    return new HttpCall(
        new HttpCredentials(ca, Optional.empty(), Optional.empty(), Optional.empty(), false),
        Duration.ofSeconds(20));
  }

  private static URI uri(FakeServer server) {
    return URI.create("https://127.0.0.1:" + server.port());
  }

  @Test
  void sendsAFormAndReadsTheWholeAnswer() throws Exception {
    try (FakeServer server =
        made.orElseThrow().serve("server", false, FakeServer.answer(201, "made"))) {
      Reply.Answer answer =
          assertInstanceOf(Reply.Answer.class, call(true).put(uri(server), "value=3"));
      assertEquals(201, answer.status());
      assertEquals("made", answer.body());
    }
  }

  @Test
  void believesNoCertificateOfAnUnknownAuthority() throws Exception {
    try (FakeServer server =
        made.orElseThrow().serve("server", false, FakeServer.answer(200, "x"))) {
      Reply.None none = assertInstanceOf(Reply.None.class, call(false).get(uri(server)));
      assertEquals("its certificate is not signed by a trusted authority", none.why());
    }
  }

  @Test
  void readsNoMoreThanTheLimitOfAnEndlessAnswer() throws Exception {
    FakeServer.Session endless =
        (_, out) -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
          while (true) {
            out.write(new byte[8192]);
          }
        };
    try (FakeServer server = made.orElseThrow().serve("server", false, endless)) {
      Reply.Answer answer = assertInstanceOf(Reply.Answer.class, call(true).get(uri(server)));
      assertEquals(ProbeTarget.OUTPUT_LIMIT, answer.body().length());
    }
  }

  /** A service with TLS that hands out a token, or sends on to a place, without. */
  @Test
  void aTokenIsNeverTakenFromTlsToPlainText() throws Exception {
    String token = "http://127.0.0.1/0123456789abcdef0123456789abcdef";
    try (FakeServer server =
        made.orElseThrow().serve("server", false, FakeServer.answer(200, token))) {
      DiscoveryService.Result result = new DiscoveryService(uri(server), call(true)).newToken(3);
      assertTrue(result.toString().contains("gives a token without TLS"), result.toString());
    }
    FakeServer.Session sendsOn =
        FakeServer.answer(
            "HTTP/1.1 302 Found\r\nLocation: " + token + "\r\nContent-Length: 0\r\n\r\n");
    try (FakeServer server = made.orElseThrow().serve("server", false, sendsOn)) {
      DiscoveryService.Result result = new DiscoveryService(uri(server), call(true)).newToken(3);
      assertTrue(result.toString().contains("where nobody is followed"), result.toString());
    }
  }
}
