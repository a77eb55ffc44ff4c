package io.hasupervisor.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.UnitSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service tells of itself is kept, however badly it tells it. */
final class EvidenceUrlTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  @TempDir Path directory;
  private Path incident;

  @BeforeEach
  void openAnIncident() throws IOException {
    incident = Files.createDirectory(directory.resolve("incident"));
  }

  private static URI address(int port) {
    return URI.create("http://127.0.0.1:" + port + "/debug/pprof/goroutine?debug=2");
  }

  private static EvidenceSpec spec(URI url, Optional<Path> log) {
    return spec(url, log, LIMIT);
  }

  private static EvidenceSpec spec(URI url, Optional<Path> log, Duration limit) {
    return new EvidenceSpec(
        Optional.empty(),
        List.of(),
        Optional.of(url),
        Optional.empty(),
        Optional.empty(),
        log,
        0,
        limit);
  }

  private Outcome capture(EvidenceSpec spec) throws InterruptedException {
    UnitSpec unit = new UnitSpec.Systemd("docker.service");
    return new Evidence().capture(spec, unit, Optional.empty(), incident, "");
  }

  private String kept(String name) throws IOException {
    return Files.readString(incident.resolve(name));
  }

  @Test
  void theUrlIsFetchedWithWhateverStatusItHas() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "goroutine 7 [running]".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      assertEquals(
          new Outcome.Done(),
          capture(spec(address(server.getAddress().getPort()), Optional.empty())));
    } finally {
      server.stop(0);
    }
    assertEquals("goroutine 7 [running]", kept("url.txt"));
    assertTrue(kept("capture.txt").contains("url: HTTP 503, 21 bytes"), kept("capture.txt"));
  }

  @Test
  void aServerThatNeverAnswersCostsTheOthersNothing() throws Exception {
    Path log = Files.writeString(directory.resolve("docker.log"), "the last line\n");
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertEquals(
          new Outcome.Done(), capture(spec(address(silent.getLocalPort()), Optional.of(log))));
    }
    assertEquals("the last line\n", kept("log.txt"));
    assertTrue(kept("capture.txt").contains("url: failed"), kept("capture.txt"));
  }

  @Test
  void aServerThatAnswersForEverIsCutOff() throws Exception {
    try (ServerSocket endless = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> pour(endless));
      assertEquals(
          new Outcome.Done(), capture(spec(address(endless.getLocalPort()), Optional.empty())));
      assertEquals(IncidentFolder.FILE_LIMIT, Files.size(incident.resolve("url.txt")));
    }
  }

  private static void pour(ServerSocket server) {
    try (Socket socket = server.accept();
        OutputStream out = socket.getOutputStream()) {
      out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      while (!server.isClosed()) {
        out.write(new byte[8192]);
      }
    } catch (IOException e) {
      // The client has had enough.
    }
  }

  @Test
  void onlyHttpIsFetched() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "token");
    EvidenceSpec spec = spec(secret.toUri(), Optional.empty());
    assertEquals(new Outcome.Done(), capture(spec));
    assertFalse(Files.exists(incident.resolve("url.txt")));
  }

  @Test
  void anInterruptEndsItAtOnceAndKeepsWhatIsThere() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EvidenceSpec spec =
          spec(address(silent.getLocalPort()), Optional.empty(), Duration.ofHours(1));
      CountDownLatch interrupted = new CountDownLatch(1);
      Thread capturing =
          Thread.ofPlatform()
              .start(
                  () ->
                      assertThrows(
                          InterruptedException.class,
                          () -> {
                            try {
                              capture(spec);
                            } catch (InterruptedException e) {
                              interrupted.countDown();
                              throw e;
                            }
                          }));
      try (Socket _ = silent.accept()) {
        capturing.interrupt();
        assertTrue(interrupted.await(60, TimeUnit.SECONDS));
      }
      assertTrue(kept("capture.txt").contains("url: no answer"), kept("capture.txt"));
    }
  }
}
