package io.hasupervisor.observe.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.observe.FakeServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReadyQuestionTest {
  private static ReadyQuestion to(int port) {
    return ReadyQuestion.of(
        new ApiserverSettings(
            URI.create("http://127.0.0.1:" + port),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Duration.ofSeconds(10)));
  }

  @Test
  void asksReadyz() throws Exception {
    try (FakeServer server = FakeServer.tcp(FakeServer.answer(200, "ok"))) {
      assertInstanceOf(ApiAnswer.Well.class, to(server.port()).ask());
      assertEquals(1, server.requests.size());
      assertTrue(server.requests.element().startsWith("GET /readyz "));
    }
  }

  @Test
  void asksHealthzOfOnesThatHaveNoReadyz() throws Exception {
    FakeServer.Session old =
        new FakeServer.Session() {
          @Override
          public void serve(InputStream in, OutputStream out) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void serve(String head, InputStream in, OutputStream out)
              throws IOException, InterruptedException {
            FakeServer.Session answer =
                head.startsWith("GET /healthz ")
                    ? FakeServer.answer(500, "[-]etcd failed: x")
                    : FakeServer.answer(404, "404 page not found");
            answer.serve(in, out);
          }
        };
    try (FakeServer server = FakeServer.tcp(old)) {
      assertInstanceOf(ApiAnswer.Failing.class, to(server.port()).ask());
    }
  }

  @Test
  void givesUpAfterTwoSeconds() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      long begun = System.nanoTime();
      assertInstanceOf(ApiAnswer.Silent.class, to(silent.getLocalPort()).ask());
      assertTrue(System.nanoTime() - begun < Duration.ofSeconds(9).toNanos(), "else it is ten");
    }
  }
}
