package io.hasupervisor.observe.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.hasupervisor.act.credential.MadeSet;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.FakeServer;
import io.hasupervisor.observe.TestCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OtherMastersTest {
  @TempDir Path made;

  private static Answer<String> first(OtherMasters masters) throws InterruptedException {
    try (Asking asking = new Asking(Duration.ofSeconds(20))) {
      return masters.first(asking);
    }
  }

  private static Map.Entry<String, Endpoint> at(String name, int port) {
    return Map.entry(name, new Endpoint(true, "127.0.0.1", port));
  }

  @Test
  void oneThatIsWellIsFoundBesidesOneThatIsNot() throws Exception {
    TestCertificates all = TestCertificates.in(made).ec("server", "IP:127.0.0.1", 10);
    try (FakeServer sick = all.serve("server", false, FakeServer.answer(500, "etcd failed"));
        FakeServer well = all.serve("server", false, FakeServer.answer(200, "ok"))) {
      List<Map.Entry<String, Endpoint>> both =
          List.of(at("master-2", sick.port()), at("master-3", well.port()));
      assertEquals(
          Optional.of("master-3"), first(new OtherMasters(all.file("ca.crt"), both)).got());
    }
  }

  /** That an apiserver runs says nothing of its etcd. */
  @ParameterizedTest
  @CsvSource({
    "200, <html>, GARBAGE",
    "401, Unauthorized, DENIED",
    "403, Forbidden, DENIED",
    "500, [-]etcd failed, ERROR"
  })
  void nothingElseIsAProof(int status, String body, Fault fault) throws Exception {
    TestCertificates all = TestCertificates.in(made).ec("server", "IP:127.0.0.1", 10);
    try (FakeServer server = all.serve("server", false, FakeServer.answer(status, body))) {
      Answer<String> answer =
          first(new OtherMasters(all.file("ca.crt"), List.of(at("master-2", server.port()))));
      assertEquals(Optional.of(fault), answer.failure());
    }
  }

  @Test
  void oneOfAnotherAuthorityIsNotBelieved() throws Exception {
    TestCertificates all = TestCertificates.in(made).ec("server", "IP:127.0.0.1", 10);
    TestCertificates other =
        TestCertificates.in(java.nio.file.Files.createDirectory(made.resolve("other")));
    try (FakeServer server = all.serve("server", false, FakeServer.answer(200, "ok"))) {
      Answer<String> answer =
          first(new OtherMasters(other.file("ca.crt"), List.of(at("master-2", server.port()))));
      assertEquals(Optional.of(Fault.TLS), answer.failure());
    }
  }

  @Test
  void aSingleMasterHasNobodyToAsk() throws Exception {
    assertInstanceOf(
        Answer.NotAsked.class, first(new OtherMasters(made.resolve("ca.crt"), List.of())));
  }

  @Test
  void thisMasterIsNotAmongThem() {
    OtherMasters others = OtherMasters.of(MadeSet.master(Profile.MODERN, "master-1"));
    assertEquals(
        List.of("master-2", "master-3"),
        others.apiservers().stream().map(Map.Entry::getKey).toList());
  }
}
