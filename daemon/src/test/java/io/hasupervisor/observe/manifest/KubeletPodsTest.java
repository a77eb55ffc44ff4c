package io.hasupervisor.observe.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.HeldPort;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import io.hasupervisor.observe.manifest.KubeletSeen.Container;
import io.hasupervisor.observe.manifest.KubeletSeen.End;
import io.hasupervisor.observe.manifest.KubeletSeen.Waiting;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What kubelets say of their pods, and what else may answer at their ports. */
@Timeout(60)
final class KubeletPodsTest {
  private static final String POD = "kube-system/kube-apiserver-m1";

  /** As a kubelet 1.28 says it of a container that ends again and again. */
  private static final String LOOPING =
      """
      {"kind":"PodList","apiVersion":"v1","metadata":{},"items":[
       {"metadata":{"name":"other-m1","namespace":"kube-system"},"spec":{"containers":[{"name":"x"}]},
        "status":{"containerStatuses":[{"name":"x","restartCount":1,"state":{"running":{}}}]}},
       {"metadata":{"name":"kube-apiserver-m1","namespace":"kube-system","uid":"u1",
         "annotations":{"kubernetes.io/config.source":"file"}},
        "spec":{"containers":[{"name":"kube-apiserver","image":"k:1"}]},
        "status":{"phase":"Running","containerStatuses":[
         {"name":"kube-apiserver","ready":false,"restartCount":5,"image":"k:1","imageID":"i",
          "state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 5m0s restarting failed container=kube-apiserver"}},
          "lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled",
           "startedAt":"2026-11-24T20:58:00Z","finishedAt":"2026-11-24T20:59:00Z"}}}]}}]}
      """;

  private static final String RUNNING =
      """
      {"items":[{"status":{"containerStatuses":[
         {"name":"kube-apiserver","restartCount":0,"image":"k:1",
          "state":{"running":{"startedAt":"2026-11-24T20:58:00Z"}},"lastState":{}}]},
        "metadata":{"name":"kube-apiserver-m1","namespace":"kube-system"}}]}
      """;

  /** Says the same to everybody, or nothing where it has nothing to say. */
  private static final class Server implements Closeable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final byte[] answer;
    final AtomicInteger asked = new AtomicInteger();

    Server(int status, String body) throws IOException {
      byte[] bytes = body.getBytes(UTF_8);
      answer =
          ("HTTP/1.1 " + status + " X\r\nContent-Length: " + bytes.length + "\r\n\r\n" + body)
              .getBytes(UTF_8);
      Thread.ofPlatform().daemon().start(this::run);
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/pods");
    }

    private void run() {
      try {
        while (true) {
          try (Socket client = listener.accept()) {
            asked.incrementAndGet();
            byte[] head = new byte[4096];
            int read = client.getInputStream().read(head);
            if (read > 0) {
              client.getOutputStream().write(answer);
            }
          } catch (IOException e) {
            if (listener.isClosed()) {
              return;
            }
          }
        }
      } catch (RuntimeException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }

  private static KubeletPods at(URI... uris) {
    return new KubeletPods(Arrays.asList(uris), HttpCredentials.NONE, Duration.ofSeconds(5));
  }

  private static KubeletSeen answer(int status, String body) throws Exception {
    try (Server server = new Server(status, body)) {
      return at(server.uri()).look(Set.of(POD));
    }
  }

  @Test
  void tellsWhyAContainerWaitsAndHowItEnded() throws Exception {
    KubeletSeen seen = answer(200, LOOPING);
    assertEquals(Set.of(POD), seen.pods().keySet());
    assertTrue(seen.anyWaits());
    assertEquals(
        List.of(
            new Container(
                "kube-apiserver",
                "k:1",
                5,
                false,
                Optional.empty(),
                Optional.of(
                    new Waiting(
                        "CrashLoopBackOff",
                        "back-off 5m0s restarting failed container=kube-apiserver")),
                Optional.of(new End("OOMKilled", 137, Instant.parse("2026-11-24T20:59:00Z"))))),
        seen.of(POD));
  }

  @Test
  void fieldsMayComeInAnyOrder() throws Exception {
    Container one = answer(200, RUNNING).of(POD).getFirst();
    assertTrue(one.running());
    assertEquals(Optional.of(Instant.parse("2026-11-24T20:58:00Z")), one.started());
    assertEquals(Optional.empty(), one.ended());
  }

  @Test
  void oldKubeletsThatTellNothingOfStaticPodsAreAnAnswer() throws Exception {
    for (String body :
        List.of(
            "{\"items\":null}",
            "{\"items\":[]}",
            "{\"items\":[{\"metadata\":{\"name\":\"kube-apiserver-m1\",\"namespace\":\"kube-system\"},"
                + "\"status\":{\"phase\":\"Pending\"}}]}",
            "{\"items\":[{\"metadata\":{\"name\":\"kube-apiserver-m1\",\"namespace\":\"kube-system\"},"
                + "\"status\":{\"containerStatuses\":[7,{\"name\":8},{\"state\":\"x\"}]}}]}",
            "{\"items\":[{\"metadata\":[],\"status\":[]},{}]}")) {
      KubeletSeen seen = answer(200, body);
      assertEquals(Optional.empty(), seen.unknown(), body);
      assertEquals(List.of(), seen.of(POD), body);
    }
  }

  @Test
  void oddFieldsReadAsNothing() throws Exception {
    Container one =
        answer(
                200,
                """
                {"items":[{"metadata":{"name":"kube-apiserver-m1","namespace":"kube-system"},
                 "status":{"containerStatuses":[{"name":"a","restartCount":-3,"image":7,
                  "state":{"waiting":{"reason":"\\u001b[31mX","message":"password=S3CRETS3CRET"}},
                  "lastState":{"terminated":{"finishedAt":"yesterday"}}}]}}]}
                """)
            .of(POD)
            .getFirst();
    assertEquals(0, one.restarts());
    assertEquals(Optional.of(new Waiting("X", "password=***")), one.waiting());
    assertEquals(Optional.empty(), one.ended());
  }

  @Test
  void whatIsNoListOfPodsIsSaid() throws Exception {
    for (String body :
        List.of(
            "",
            "<html><body>It works!</body></html>",
            "[]",
            "{}",
            "null",
            "{\"items\":[{\"metadata\":",
            "{\"items\":[7]}",
            LOOPING.substring(0, LOOPING.length() - 4))) {
      KubeletSeen seen = answer(200, body);
      assertTrue(seen.unknown().orElse("").contains("no list of pods"), body);
      assertEquals(0, seen.pods().size(), body);
    }
  }

  @Test
  void aHugeAnswerIsNotTakenInWhole() throws Exception {
    String filler = "{\"metadata\":{\"name\":\"" + "x".repeat(100_000) + "\"}},";
    KubeletSeen seen = answer(200, "{\"items\":[" + filler.repeat(60) + "{}]}");
    assertTrue(seen.unknown().orElse("").contains("no list of pods"), seen::toString);
  }

  @Test
  void refusalsAreSaid() throws Exception {
    for (int status : new int[] {401, 403, 404, 301, 500}) {
      assertTrue(
          answer(status, "Unauthorized").unknown().orElse("").contains("HTTP status " + status));
    }
  }

  @Test
  void theDoorThatAnsweredIsAskedFirstTheNextTime() throws Exception {
    try (Server closed = new Server(401, "Unauthorized");
        Server open = new Server(200, RUNNING)) {
      KubeletPods kubelet = at(closed.uri(), open.uri());
      assertFalse(kubelet.look(Set.of(POD)).of(POD).isEmpty());
      assertFalse(kubelet.look(Set.of(POD)).of(POD).isEmpty());
      assertEquals(1, closed.asked.get());
      assertEquals(2, open.asked.get());
    }
  }

  @Test
  void aKubeletThatIsNotThereOrHangsIsAnAnswer() throws Exception {
    try (ServerSocket hung = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        HeldPort gone = new HeldPort()) {
      KubeletPods kubelet =
          new KubeletPods(
              List.of(
                  URI.create("http://127.0.0.1:" + gone.number() + "/pods"),
                  URI.create("http://127.0.0.1:" + hung.getLocalPort() + "/pods")),
              HttpCredentials.NONE,
              Duration.ofMillis(300));
      String why = kubelet.look(Set.of(POD)).unknown().orElse("");
      assertTrue(why.contains(";") && why.contains("within 300 ms"), why);
    }
  }

  @Test
  void credentialsThatAreMissingAreNoTrouble() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      KubeletPods kubelet =
          new KubeletPods(
              List.of(URI.create("https://127.0.0.1:" + mute.getLocalPort() + "/pods")),
              new HttpCredentials(
                  Optional.empty(),
                  Optional.of(java.nio.file.Path.of("/nowhere/a.crt")),
                  Optional.of(java.nio.file.Path.of("/nowhere/a.key")),
                  Optional.empty(),
                  true),
              Duration.ofSeconds(5));
      String why = kubelet.look(Set.of(POD)).unknown().orElse("");
      assertTrue(why.contains("/nowhere/a.crt does not exist"), why);
    }
  }
}
