package io.hasupervisor.observe.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.FakeServer;
import io.hasupervisor.observe.HeldPort;
import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.HttpCall.Reply;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import io.hasupervisor.observe.Symptom;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ApiAnswersTest {
  private static final Duration TOOK = Duration.ofMillis(7);
  private static final String SICK =
      """
      [+]ping ok
      [-]etcd failed: reason withheld
      [+]poststarthook/start-x ok
      [-]poststarthook/rbac/bootstrap-roles failed: not finished
      livez check failed
      """;

  private static ApiAnswer answer(int status, Map<String, String> headers, String body) {
    return ApiAnswers.of(new Reply.Answer(status, headers, body, Optional.empty()), TOOK);
  }

  private static ApiAnswer answer(int status, String body) {
    return answer(status, Map.of(), body);
  }

  private static ApiAnswer over(FakeServer.Session session, Duration limit) throws Exception {
    try (FakeServer server = FakeServer.tcp(session)) {
      return asked(server.port(), limit);
    }
  }

  private static ApiAnswer asked(int port, Duration limit) throws InterruptedException {
    HttpCall call = new HttpCall(HttpCredentials.NONE, limit);
    return ApiAnswers.of(call.get(URI.create("http://127.0.0.1:" + port + "/livez")), TOOK);
  }

  @Test
  void wellIsOkOfTodayAndAnythingInPlainTextOfOldOnes() {
    assertEquals(new ApiAnswer.Well(TOOK), answer(200, "ok"));
    assertEquals(new ApiAnswer.Well(TOOK), answer(200, "[+]ping ok\nlivez check passed\n"));
    assertEquals(new ApiAnswer.Well(TOOK), answer(200, ""));
  }

  @Test
  void refusingUsMeansThatItServes() {
    assertEquals(new ApiAnswer.Denied(401), answer(401, "{\"kind\":\"Status\"}"));
    assertEquals(new ApiAnswer.Denied(403), answer(403, "Forbidden: \"/livez\""));
  }

  @Test
  void namesTheChecksThatFail() {
    ApiAnswer.Failing failing =
        assertInstanceOf(ApiAnswer.Failing.class, answer(500, SICK), "a failing apiserver");
    assertEquals(List.of("etcd", "poststarthook/rbac/bootstrap-roles"), failing.checks());
    assertTrue(failing.said().startsWith("[+]ping ok [-]etcd failed"), failing.said());
    assertEquals(new ApiAnswer.Failing(503, List.of(), "no"), answer(503, "no"));
    assertEquals(new ApiAnswer.Failing(429, List.of(), "too many"), answer(429, "too many"));
  }

  @Test
  void readsNoMoreNamesOfChecksThanAnApiserverHas() {
    ApiAnswer answer = answer(500, "[-]x failed\n".repeat(5000) + "[-]" + "y".repeat(5000));
    assertEquals(20, assertInstanceOf(ApiAnswer.Failing.class, answer).checks().size());
  }

  @Test
  void aPageIsOfAProxyWhateverItsStatus() {
    for (int status : new int[] {200, 403, 404, 502, 503}) {
      assertInstanceOf(
          ApiAnswer.Foreign.class, answer(status, "\n<html><body>503</body></html>"), "" + status);
      assertInstanceOf(
          ApiAnswer.Foreign.class,
          answer(status, Map.of("content-type", "text/html; charset=utf-8"), "sorry"),
          "" + status);
    }
  }

  @Test
  void aRedirectIsNoApiserverAndNamesWhereItLeads() {
    assertEquals(
        new ApiAnswer.Foreign(302, "a redirect to https://login.example/"),
        answer(302, Map.of("location", "https://login.example/"), ""));
    assertEquals(new ApiAnswer.Foreign(301, "moved"), answer(301, "moved"));
  }

  @Test
  void oldOnesDoNotKnowThePath() {
    assertEquals(new ApiAnswer.NoSuchPath(), answer(404, "404 page not found\n"));
  }

  @Test
  void plainTextSentToAPortOfTlsIsAnsweredByNoApiserver() {
    String said = "Client sent an HTTP request to an HTTPS server.";
    assertEquals(new ApiAnswer.Foreign(400, said), answer(400, said + "\n"));
  }

  @Test
  void whatIsNotHttpIsForeign() throws Exception {
    ApiAnswer answer =
        over(FakeServer.answerAndWait("SSH-2.0-OpenSSH_9.2\r\n"), Duration.ofSeconds(20));
    ApiAnswer.Foreign foreign = assertInstanceOf(ApiAnswer.Foreign.class, answer);
    assertEquals(0, foreign.status());
    assertTrue(foreign.said().contains("SSH-2.0"), foreign.said());
  }

  @Test
  void aPortThatAcceptsAndNeverAnswersWasConnected() throws Exception {
    ApiAnswer.Silent silent =
        assertInstanceOf(ApiAnswer.Silent.class, over(FakeServer::hang, Duration.ofSeconds(2)));
    assertEquals(Symptom.TIMED_OUT, silent.symptom());
    assertTrue(silent.connected(), silent.toString());
  }

  @Test
  void anAnswerInDropsIsNoAnswer() throws Exception {
    FakeServer.Session drops =
        (in, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\no".getBytes(US_ASCII));
          out.flush();
          FakeServer.hang(in, out);
        };
    ApiAnswer.Silent silent =
        assertInstanceOf(ApiAnswer.Silent.class, over(drops, Duration.ofSeconds(2)));
    assertEquals(Symptom.TIMED_OUT, silent.symptom());
    assertTrue(silent.connected(), silent.toString());
  }

  @Test
  void aConnectionClosedHalfWayWasConnected() throws Exception {
    for (String part : List.of("", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok")) {
      ApiAnswer.Silent silent =
          assertInstanceOf(
              ApiAnswer.Silent.class, over(FakeServer.answer(part), Duration.ofSeconds(20)));
      assertEquals(Symptom.CLOSED, silent.symptom());
      assertTrue(silent.connected(), silent.toString());
    }
  }

  @Test
  void whereNothingListensNobodyWasConnected() throws Exception {
    try (HeldPort nobody = new HeldPort()) {
      ApiAnswer.Silent silent =
          assertInstanceOf(ApiAnswer.Silent.class, asked(nobody.number(), Duration.ofSeconds(20)));
      assertEquals(Symptom.REFUSED, silent.symptom());
      assertEquals(false, silent.connected());
    }
  }

  @Test
  void anEndlessAnswerIsReadUpToALimit() throws Exception {
    ApiAnswer answer =
        over(FakeServer.flood("HTTP/1.1 500 Sick\r\n\r\n[-]etcd failed\n"), Duration.ofSeconds(20));
    assertEquals(List.of("etcd"), assertInstanceOf(ApiAnswer.Failing.class, answer).checks());
  }
}
