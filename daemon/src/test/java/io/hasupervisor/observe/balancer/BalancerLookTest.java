package io.hasupervisor.observe.balancer;

import static io.hasupervisor.observe.FakeServer.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.credential.Forge;
import io.hasupervisor.observe.FakeServer;
import io.hasupervisor.observe.HeldPort;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.api.ApiAnswers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class BalancerLookTest {
  private static final FakeServer.Session OK = answer(200, "ok");

  @TempDir Path directory;
  private Optional<FakeBalancer> made = Optional.empty();

  @BeforeEach
  void makeAuthority() throws IOException {
    made = Optional.of(new FakeBalancer(directory));
  }

  private FakeBalancer made() {
    return made.orElseThrow();
  }

  private BalancerSeen look(int port) throws InterruptedException {
    return BalancerLook.of(made().master("127.0.0.1", port)).look().orElseThrow();
  }

  private Passage passage(Forge shown, FakeServer.Session session) throws Exception {
    try (FakeServer server = FakeBalancer.serve(shown, session)) {
      return look(server.port()).passages().getFirst();
    }
  }

  @Test
  void tellsWhoseCertificateWasShownAndThatHealthzIsWell() throws Exception {
    Forge shown = made().signed("m1");
    try (FakeServer server = FakeBalancer.serve(shown, OK)) {
      BalancerSeen seen = look(server.port());
      assertEquals("127.0.0.1:" + server.port(), seen.address());
      for (Passage passage : seen.passages()) {
        assertTrue(passage.served());
        assertEquals(Optional.empty(), passage.distrust());
        assertTrue(passage.certificate().isPresent());
      }
      assertTrue(
          server.requests.stream().allMatch(head -> head.startsWith("GET /healthz ")),
          server.requests.toString());
    }
  }

  @Test
  void asksOnceWhileAllIsWellAndThriceAsSoonAsSomethingFails() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    FakeServer.Session fourthFails =
        (in, out) ->
            (asked.incrementAndGet() == 4 ? answer(500, "[-]etcd failed: x") : OK).serve(in, out);
    try (FakeServer server = FakeBalancer.serve(made().signed("m1"), fourthFails)) {
      BalancerLook look = BalancerLook.of(made().master("127.0.0.1", server.port()));
      List<Integer> connections =
          List.of(
              look.look().orElseThrow().passages().size(),
              look.look().orElseThrow().passages().size(),
              look.look().orElseThrow().passages().size(),
              look.look().orElseThrow().passages().size());
      assertEquals(List.of(3, 1, 3, 1), connections);
    }
  }

  private void assertDistrusted(String words, Forge shown) throws Exception {
    Passage passage = passage(shown, OK);
    assertTrue(passage.served(), "asked all the same: " + passage.answer());
    assertTrue(passage.certificate().isPresent());
    String distrust = passage.distrust().orElse("none");
    assertTrue(distrust.contains(words), distrust);
  }

  @Test
  void aCertificateThatHasExpiredIsToldApartFromADeadBackend() throws Exception {
    assertDistrusted("has expired", FakeBalancer.dated(made().signed("m1"), -3, -1));
  }

  @Test
  void oneThatIsNotValidYetIsToldApartFromADeadBackend() throws Exception {
    assertDistrusted("is not valid yet", FakeBalancer.dated(made().signed("m1"), 1, 3));
  }

  @Test
  void oneThatSignedItselfIsToldApartFromADeadBackend() throws Exception {
    assertDistrusted(
        "not signed by a trusted authority",
        FakeBalancer.dated(Forge.bySelf("CN=balancer"), -1, 3).names(List.of("127.0.0.1")));
  }

  @Test
  void oneOfAnotherAuthorityIsToldApartFromADeadBackend() throws Exception {
    assertDistrusted(
        "not signed by a trusted authority",
        FakeBalancer.dated(Forge.byStranger("CN=other"), -1, 3).names(List.of("127.0.0.1")));
  }

  @Test
  void oneOfAnotherAuthorityOfTheSameNameIsToldApartFromADeadBackend() throws Exception {
    assertDistrusted(
        "is not accepted",
        FakeBalancer.dated(Forge.byStranger("CN=ca"), -1, 3).names(List.of("127.0.0.1")));
  }

  @Test
  void oneThatLacksTheLoadBalancersNameIsToldApartFromADeadBackend() throws Exception {
    assertDistrusted("127.0.0.1", made().signed("m1").names(List.of("10.0.0.9")));
  }

  @Test
  void distrustIsToldInEveryRoundThoughSessionsCouldBeResumed() throws Exception {
    Forge expired = FakeBalancer.dated(made().signed("m1"), -3, -1);
    try (FakeServer server = FakeBalancer.serve(expired, OK)) {
      BalancerLook look = BalancerLook.of(made().master("127.0.0.1", server.port()));
      for (int round = 0; round < 3; round++) {
        assertTrue(
            look.look().orElseThrow().passages().stream().allMatch(p -> p.distrust().isPresent()));
      }
    }
  }

  @Test
  void theCertificateIsToldAlsoOfABackendThatHangsUp() throws Exception {
    Forge shown = made().signed("m2");
    String expected = ApiAnswers.fingerprint(shown.certificate());
    try (FakeServer server = FakeBalancer.serve(shown, (_, _) -> {})) {
      Passage passage = look(server.port()).passages().getFirst();
      assertInstanceOf(ApiAnswer.Silent.class, passage.answer());
      assertTrue(passage.certificate().isPresent(), expected);
    }
  }

  @Test
  void aRedirectIsForeign() throws Exception {
    FakeServer.Session moved =
        answer("HTTP/1.1 302 Found\r\nLocation: https://sso.example/\r\nContent-Length: 0\r\n\r\n");
    assertInstanceOf(ApiAnswer.Foreign.class, passage(made().signed("m1"), moved).answer());
  }

  @Test
  void aPageOfAProxyIsForeign() throws Exception {
    FakeServer.Session page = answer(503, "<html><body><h1>503 Service Unavailable</h1>");
    ApiAnswer.Foreign said =
        assertInstanceOf(ApiAnswer.Foreign.class, passage(made().signed("m1"), page).answer());
    assertEquals(503, said.status());
  }

  @Test
  void oneThatAcceptsAndNeverAnswersIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      ApiAnswer.Silent said =
          assertInstanceOf(
              ApiAnswer.Silent.class, look(silent.getLocalPort()).passages().getFirst().answer());
      assertEquals(Symptom.TIMED_OUT, said.symptom());
      assertTrue(said.connected());
    }
  }

  @Test
  void oneThatIsNotThereIsRefused() throws Exception {
    try (HeldPort gone = new HeldPort()) {
      ApiAnswer.Silent said =
          assertInstanceOf(
              ApiAnswer.Silent.class, look(gone.number()).passages().getFirst().answer());
      assertEquals(Symptom.REFUSED, said.symptom());
    }
  }

  @Test
  void aNameThatIsNotResolvedSaysNothingOfTheLoadBalancer() throws Exception {
    BalancerSeen seen =
        BalancerLook.of(made().master("balancer.invalid", 6443)).look().orElseThrow();
    ApiAnswer.NotAsked said =
        assertInstanceOf(ApiAnswer.NotAsked.class, seen.passages().getFirst().answer());
    assertTrue(said.why().contains("balancer.invalid"), said.why());
    assertEquals(1, seen.passages().size());
  }

  @Test
  void withoutTheAuthoritysFileNothingIsBlamedOnTheLoadBalancer() throws Exception {
    Files.delete(directory.resolve("ca.crt"));
    assertInstanceOf(ApiAnswer.NotAsked.class, passage(made().signed("m1"), OK).answer());
  }

  @Test
  void noBearerTokenIsSentToWhoeverSitsThere() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "secret-token");
    try (FakeServer server = FakeBalancer.serve(made().signed("m1"), OK)) {
      var master = made().master("127.0.0.1", server.port());
      var settings = master.apiserver();
      BalancerLook.of(
              master.with(
                  new io.hasupervisor.cluster.ApiserverSettings(
                      settings.local(),
                      settings.ca(),
                      settings.certificate(),
                      settings.key(),
                      Optional.of(token),
                      settings.kubeconfigs(),
                      settings.period())))
          .look();
      assertTrue(
          server.requests.stream().noneMatch(head -> head.contains("secret-token")),
          server.requests.toString());
    }
  }
}
