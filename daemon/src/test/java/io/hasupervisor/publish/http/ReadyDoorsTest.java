package io.hasupervisor.publish.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.publish.ControlPlane.ReadyStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The door for load balancers, spoken to over raw sockets, kindly and unkindly. */
@Timeout(60)
final class ReadyDoorsTest {
  private volatile ReadyStatus ready = new ReadyStatus(true, List.of("Its apiserver serves."));
  private final Doors server = server("127.0.0.1:0");

  private Doors server(String address) {
    Doors made = Doors.ofReady(() -> ready, List.of(address), Instant::now, Duration.ofMillis(20));
    made.open();
    return made;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private Socket connect() throws IOException {
    await(() -> server.port(0).isPresent());
    Socket socket = new Socket();
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port(0).orElseThrow()));
    socket.setSoTimeout(20_000);
    return socket;
  }

  private String ask(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  @Test
  void answersHaproxysPlainCheckOverHttp10WithoutAHost() throws IOException {
    String answer = ask("GET /ready HTTP/1.0\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
    assertTrue(body(answer).contains("\"ready\" : true"), answer);
    assertTrue(body(answer).contains("Its apiserver serves."), answer);
    ready = new ReadyStatus(false, List.of("etcd has lost quorum: no apiserver can serve."));
    String denied = ask("GET /ready HTTP/1.0\r\n\r\n");
    assertTrue(denied.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), denied);
    assertTrue(body(denied).contains("\"ready\" : false"), denied);
  }

  @Test
  void answersByAnyName() throws IOException {
    assertTrue(
        ask("GET /ready?x=1 HTTP/1.1\r\nHost: master-1.example:9098\r\n\r\n")
            .startsWith("HTTP/1.1 200 "));
  }

  @Test
  void answersHeadWithoutABody() throws IOException {
    String answer = ask("HEAD /ready HTTP/1.1\r\nHost: x\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertEquals("", body(answer));
    assertFalse(answer.contains("Content-Length: 0"), answer);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /status HTTP/1.1, 404",
    "GET /ready/ HTTP/1.1, 404",
    "OPTIONS / HTTP/1.0, 404",
    "POST /ready HTTP/1.1, 405",
    "GET http://h/ready HTTP/1.1, 400",
    "GET /ready, 400",
    "GET /ready HTTP/2.0, 400",
    "hello, 400"
  })
  void tellsNothingElse(String line, int status) throws IOException {
    String answer = ask(line + "\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
  }

  @Test
  void aRequestWithoutEndIsRefused() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write("GET /ready HTTP/1.1\r\nX: ".getBytes(ISO_8859_1));
      socket.getOutputStream().write("a".repeat(8200).getBytes(ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /ready HTTP/1.0\r\n"})
  void aClientThatDoesNotEndItsRequestIsCutOff(String begun) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(begun.getBytes(ISO_8859_1));
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void manySilentClientsDoNotKeepAnHonestOneOut() throws IOException {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        silent.add(connect());
      }
      assertTrue(ask("GET /ready HTTP/1.0\r\n\r\n").startsWith("HTTP/1.1 200 "));
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void anAddressThatIsTakenIsTriedAgainAndNoticed() throws IOException {
    ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    try (Doors late = server("127.0.0.1:" + taken.getLocalPort())) {
      await(() -> !late.notices().isEmpty());
      assertTrue(late.notices().getFirst().text().contains("no ready at http://127.0.0.1:"));
      taken.close();
      await(() -> late.port(0).isPresent() && late.notices().isEmpty());
    }
  }

  @Test
  void beforeTheDaemonHasStartedNobodyIsSentHere() throws IOException {
    try (Doors early =
        Doors.ofReady(
            () -> {
              throw new IllegalStateException("not yet");
            },
            List.of("127.0.0.1:0"),
            Instant::now)) {
      early.open();
      await(() -> early.port(0).isPresent());
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), early.port(0).orElseThrow())) {
        socket.getOutputStream().write("GET /ready HTTP/1.0\r\n\r\n".getBytes(ISO_8859_1));
        String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
      }
    }
  }
}
