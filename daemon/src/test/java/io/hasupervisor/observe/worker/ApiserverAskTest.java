package io.hasupervisor.observe.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.FakeServer;
import io.hasupervisor.observe.TestCertificates;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.worker.WorkerRound.Validity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiserverAskTest {
  @TempDir static Path directory;
  private static TestCertificates made;
  private static Path kubeconfig;

  @BeforeAll
  static void certificates() throws Exception {
    made =
        TestCertificates.in(directory)
            .ec("server", "IP:127.0.0.1", 10)
            .ec("elsewhere", "DNS:elsewhere", 10)
            .ec("node", "DNS:node", 10);
    kubeconfig =
        Files.writeString(
            directory.resolve("kubelet.conf"),
            """
            clusters: [{name: k, cluster: {server: "https://old", certificate-authority-data: %s}}]
            contexts: [{name: c, context: {cluster: k, user: u}}]
            current-context: c
            users: [{name: u, user: {client-certificate: node.crt, client-key: node.key}}]
            """
                .formatted(
                    Base64.getEncoder().encodeToString(Files.readAllBytes(made.file("ca.crt")))));
  }

  private static ApiAnswer ask(ApiserverAsk ask, FakeServer server) throws Exception {
    try (server) {
      return ask.ask(new ServerUrl("https", "127.0.0.1", server.port()));
    }
  }

  private static ApiserverAsk asKubelet() {
    return new ApiserverAsk(Optional.of(kubeconfig), Optional.empty());
  }

  @Test
  void asksWithTheKubeletsCertificateWhateverServerItsKubeconfigNames() throws Exception {
    assertInstanceOf(
        ApiAnswer.Well.class,
        ask(
            asKubelet(),
            made.serve(
                "server",
                true,
                FakeServer.answerAndWait("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))));
  }

  @Test
  void withoutAKubeconfigTheAuthorityIsEnough() throws Exception {
    ApiserverAsk ask = new ApiserverAsk(Optional.empty(), Optional.of(made.file("ca.crt")));
    assertEquals(
        new ApiAnswer.Denied(403),
        ask(
            ask,
            made.serve(
                "server",
                false,
                FakeServer.answerAndWait("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"))));
    assertInstanceOf(
        ApiAnswer.NotAsked.class,
        new ApiserverAsk(Optional.empty(), Optional.empty())
            .ask(new ServerUrl("https", "127.0.0.1", 1)));
  }

  @Test
  void aCertificateForAnotherNameIsNoAnswer() throws Exception {
    ApiAnswer.Silent silent =
        assertInstanceOf(
            ApiAnswer.Silent.class,
            ask(asKubelet(), made.serve("elsewhere", false, FakeServer.answer(200, "ok"))));
    assertTrue(silent.detail().contains("127.0.0.1"), silent.detail());
  }

  @Test
  void tellsWhenTheKubeletsCertificateEnds() {
    Validity validity = asKubelet().client().orElseThrow();
    assertEquals(Duration.ofDays(10), Duration.between(validity.from(), validity.until()));
    assertEquals(Optional.empty(), new ApiserverAsk(Optional.empty(), Optional.empty()).client());
  }
}
