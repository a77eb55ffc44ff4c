package io.hasupervisor.act.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hasupervisor.act.discovery.DiscoveryService.Result;
import io.hasupervisor.observe.HeldPort;
import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DiscoveryServiceTest {
  private record Said(int status, String body, String location) {}

  private final Map<String, Said> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private List<HttpServer> server = List.of();

  @BeforeEach
  void start() throws IOException {
    HttpServer made =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    made.createContext("/", this::serve);
    made.start();
    server = List.of(made);
  }

  @AfterEach
  void stop() {
    server.getFirst().stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
    asked.add((what + " " + form).strip());
    String key = what.replaceAll("[0-9a-f]{32}", "T");
    Said said = answers.getOrDefault(key, new Said(404, "404 page not found", ""));
    if (!said.location.isEmpty()) {
      exchange.getResponseHeaders().add("Location", said.location);
    }
    byte[] body = said.body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(said.status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String base() {
    return "http://127.0.0.1:" + server.getFirst().getAddress().getPort();
  }

  private static Result of(String url) throws InterruptedException {
    return new DiscoveryService(
            URI.create(url), new HttpCall(HttpCredentials.NONE, Duration.ofSeconds(20)))
        .newToken(3);
  }

  private static String token(Result result) {
    return assertInstanceOf(Result.Token.class, result, result.toString()).url().toString();
  }

  private static String failed(Result result) {
    Result.Failed failed = assertInstanceOf(Result.Failed.class, result, result.toString());
    return failed.why() + "; " + failed.cure();
  }

  @Test
  void asksAServiceForATokenOfThisSize() throws Exception {
    String url = base() + "/0123456789abcdef0123456789abcdef";
    answers.put("GET /new?size=3", new Said(200, url + "\n", ""));
    assertEquals(url, token(of(base())));
    assertEquals(url, token(of(base() + "/")));
    assertEquals(List.of("GET /new?size=3", "GET /new?size=3"), asked);
  }

  @Test
  void makesATokenInAnEtcdAndReadsItBack() throws Exception {
    answers.put("PUT /v2/keys/discovery/T/_config/size", new Said(201, "{}", ""));
    answers.put(
        "GET /v2/keys/discovery/T/_config/size?quorum=true",
        new Said(200, "{\"node\":{\"value\":\"3\"}}", ""));
    for (String given : List.of("/v2/keys/discovery", "/v2/keys", "/v2/keys/discovery/")) {
      String url = token(of(base() + given));
      assertTrue(url.matches(base() + "/v2/keys/discovery/[0-9a-f]{32}"), url);
    }
    assertTrue(asked.getFirst().endsWith(" value=3&prevExist=false"), asked.getFirst());
  }

  @Test
  void findsOutThatAnAddressAloneIsAnEtcds() throws Exception {
    answers.put("GET /version", new Said(200, "{\"etcdserver\":\"3.4.23\"}", ""));
    answers.put("PUT /v2/keys/discovery/T/_config/size", new Said(201, "{}", ""));
    answers.put(
        "GET /v2/keys/discovery/T/_config/size?quorum=true",
        new Said(200, "{\"node\":{\"value\":\"3\"}}", ""));
    token(of(base()));
  }

  @Test
  void anEtcdWithoutTheV2ApiIsNamedAsSuch() throws Exception {
    answers.put("GET /version", new Said(200, "{\"etcdserver\":\"3.6.0\"}", ""));
    assertTrue(failed(of(base())).contains("--enable-v2"));
    assertTrue(failed(of(base() + "/v2/keys/discovery")).contains("--enable-v2"));
  }

  @Test
  void aTokenThatCannotBeReadBackIsNone() throws Exception {
    answers.put("PUT /v2/keys/discovery/T/_config/size", new Said(201, "{}", ""));
    answers.put(
        "GET /v2/keys/discovery/T/_config/size?quorum=true",
        new Said(200, "{\"node\":{\"value\":\"5\"}}", ""));
    failed(of(base() + "/v2/keys/discovery"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>sign in</html>",
        "ftp://x/0123456789abcdef",
        "https://x/short",
        "https://x/0123456789abcdef\nhttps://y/0123456789abcdef",
        "https://u:p@x/0123456789abcdef",
        "https://x/0123456789abcdef?a=b",
        "{\"errorCode\":100}"
      })
  void anAnswerThatIsNoTokenIsRefusedAndShownSafely(String body) throws Exception {
    answers.put("GET /new?size=3", new Said(200, body + "\u001b[2J", ""));
    String why = failed(of(base()));
    assertTrue(why.chars().noneMatch(Character::isISOControl), why);
    answers.put("GET /new?size=3", new Said(200, body, ""));
    failed(of(base()));
  }

  @Test
  void aServiceThatIsIllIsQuoted() throws Exception {
    answers.put("GET /new?size=3", new Said(503, "no leader", ""));
    assertTrue(failed(of(base())).contains("answers HTTP 503: no leader; try again"));
    answers.clear();
    assertTrue(failed(of(base())).contains("answers HTTP 404"));
  }

  @Test
  void followsAFewRedirectsButToNoOtherScheme() throws Exception {
    String url = base() + "/0123456789abcdef0123456789abcdef";
    answers.put("GET /new?size=3", new Said(302, "", "/other?size=3"));
    answers.put("GET /other?size=3", new Said(200, url, ""));
    assertEquals(url, token(of(base())));
    answers.put("GET /new?size=3", new Said(301, "", "file:///etc/passwd"));
    failed(of(base()));
    answers.put("GET /new?size=3", new Said(301, "", "ftp://127.0.0.1/x"));
    assertTrue(failed(of(base())).contains("ftp://127.0.0.1/x"));
    asked.clear();
    answers.put("GET /new?size=3", new Said(301, "", "/new?size=3"));
    failed(of(base()));
    assertEquals(4, asked.size());
  }

  @Test
  void saysWhyNobodyAnswers() throws Exception {
    try (HeldPort port = new HeldPort()) {
      String refused = failed(of("http://127.0.0.1:" + port.number()));
      assertTrue(refused.contains("nothing listens at port " + port.number()), refused);
    }
    String unknown = failed(of("http://no-such-host.invalid"));
    assertTrue(unknown.contains("no-such-host.invalid is not resolved"), unknown);
  }

  @Test
  void givesUpOnASilentService() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      Result result =
          new DiscoveryService(uri, new HttpCall(HttpCredentials.NONE, Duration.ofMillis(200)))
              .newToken(3);
      assertTrue(failed(result).contains("no answer within 200 ms"), result.toString());
    }
  }
}
