package io.hasupervisor.observe.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.FakeServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Peer ports, and members that speak the v2 API alone. */
final class HttpEvidenceTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String VERSION = "{\"etcdserver\":\"3.4.23\",\"etcdcluster\":\"3.4.0\"}";

  private static final Clock CLOCK =
      new Clock() {
        @Override
        public Duration now() {
          return Duration.ZERO;
        }

        @Override
        public Instant wall() {
          return Instant.parse("2026-11-29T20:00:00Z");
        }
      };

  private static Answer<PeerSeen> peer(FakeHttp server) throws InterruptedException {
    return new PeerPort(FakeHttp.CALL, CLOCK).ask(server.endpoint(), LONG);
  }

  private static <T> T got(Answer<T> answer) {
    return answer.got().orElseThrow(() -> new AssertionError(answer));
  }

  private static Fault fault(Answer<?> answer) {
    return answer.failure().orElseThrow(() -> new AssertionError(answer));
  }

  @Test
  void aPeerTellsItsVersionItsMembersAndItsClock() throws Exception {
    try (FakeHttp server = FakeHttp.start()) {
      server.answers.put(
          "/version", FakeHttp.ok("Date: Sun, 29 Nov 2026 20:00:03 GMT\r\n", VERSION));
      server.answers.put(
          "/members",
          FakeHttp.ok(
              "",
              "[{\"id\":18446744073709551614,\"peerURLs\":[\"http://10.0.0.1:2380\"],\"name\":"
                  + "\"a\",\"clientURLs\":[\"http://10.0.0.1:2379\"]},"
                  + "{\"id\":5,\"peerURLs\":[\"http://10.0.0.2:2380\"],\"isLearner\":true}]"));
      PeerSeen seen = got(peer(server));
      assertEquals("3.4.23", seen.version());
      assertEquals(Optional.of(Duration.ofMillis(3500)), seen.ahead());
      assertEquals(
          List.of(
              new MemberSeen(
                  new EtcdId(-2),
                  "a",
                  List.of("http://10.0.0.1:2380"),
                  List.of("http://10.0.0.1:2379"),
                  false),
              new MemberSeen(new EtcdId(5), "", List.of("http://10.0.0.2:2380"), List.of(), true)),
          seen.members());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'[{\"id\":36893488147419103232}]'",
    "'[{\"id\":-1}]'",
    "'[{\"id\":0}]'",
    "'[{\"id\":1.5}]'",
    "'[{\"name\":\"no id\"}]'",
    "'<html>'",
    "'[]'",
    "''",
  })
  void aListThatIsNoneIsLeftOutOfWhatThePeerSays(String list) throws Exception {
    try (FakeHttp server = FakeHttp.start()) {
      server.answers.put("/version", FakeHttp.ok("Date: yesterday\r\n", VERSION));
      server.answers.put("/members", FakeHttp.ok("", list));
      assertEquals(new PeerSeen("3.4.23", List.of(), Optional.empty()), got(peer(server)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200 OK, <html>hello</html>, GARBAGE",
    "200 OK, '{\"version\":\"1.30\"}', GARBAGE",
    "404 Not Found, 404 page not found, GARBAGE",
    "403 Forbidden, no, DENIED",
    "401 Unauthorized, no, DENIED",
    "410 Gone, the member has been permanently removed from the cluster, REMOVED",
    "500 Error, oops, ERROR",
    "503 Error, 'etcdserver: request timed out', NO_QUORUM",
    "502 Bad Gateway, oops, ERROR",
  })
  void aPeerThatDoesNotSayItsVersionIsAFault(String status, String body, Fault fault)
      throws Exception {
    try (FakeHttp server = FakeHttp.start()) {
      server.answers.put("/version", FakeHttp.said(status, "", body));
      assertEquals(fault, fault(peer(server)));
    }
  }

  @Test
  void aPeerThatNeverStopsTalkingIsGarbage() throws Exception {
    try (FakeServer server = FakeServer.tcp(FakeServer.flood("HTTP/1.1 200 OK\r\n\r\n"))) {
      assertEquals(
          Fault.GARBAGE,
          fault(
              new PeerPort(FakeHttp.CALL, CLOCK)
                  .ask(new Endpoint(false, "127.0.0.1", server.port()), LONG)));
    }
  }

  @Test
  void aPeerThatNeverAnswersTakesTheDeadlineAndNoLonger() throws Exception {
    try (FakeServer server = FakeServer.tcp(FakeServer::hang)) {
      assertEquals(
          Fault.TIMEOUT,
          fault(
              new PeerPort(FakeHttp.CALL, CLOCK)
                  .ask(new Endpoint(false, "127.0.0.1", server.port()), Duration.ofMillis(200))));
    }
  }

  private static Member member(FakeHttp server) {
    return new Member(server.endpoint(), Optional.empty(), FakeHttp.CALL);
  }

  @Test
  void anEtcd2IsRecognisedInTheFirstRoundAndAskedByItsOwnApi() throws Exception {
    try (FakeHttp server = FakeHttp.oldMember();
        Member member = member(server)) {
      Header expected = new Header(new EtcdId(0xc1), new EtcdId(-2), 7, 2);
      assertEquals(expected, got(member.read(LONG)));
      assertEquals(expected, got(member.api().readLocal(LONG)));
      assertTrue(member.channel().isEmpty());
      assertEquals(
          new StatusSeen(
              expected, "2.3.8", Optional.of(new EtcdId(0xb)), 9, -1, -1, -1, false, List.of()),
          got(member.api().status(LONG)));
      assertEquals("m5", got(member.api().members(LONG)).members().getFirst().name());
    }
  }

  @Test
  void anEtcd2WithoutALeaderSaysSoThoughItsStatisticsNameTheLastOne() throws Exception {
    try (FakeHttp server = FakeHttp.oldMember();
        Member member = member(server)) {
      server.answers.put(
          "/v2/members/leader",
          FakeHttp.said("503 Unavailable", "", "{\"message\":\"During election\"}"));
      server.answers.put(
          "/v2/keys/?quorum=true",
          FakeHttp.said(
              "500 Error",
              "X-Etcd-Index: 7\r\n",
              "{\"errorCode\":300,\"cause\":\"etcdserver: request timed out\"}"));
      assertEquals(Fault.NO_QUORUM, fault(member.read(LONG)));
      StatusSeen status = got(member.api().status(LONG));
      assertEquals(Optional.empty(), status.leader());
      assertEquals(List.of("etcdserver: no leader"), status.errors());
    }
  }

  @Test
  void anEtcd2ThatWasUpgradedIsAskedByGrpcAgain() throws Exception {
    try (FakeHttp server = FakeHttp.oldMember();
        Member member = member(server)) {
      assertTrue(member.read(LONG).ok());
      server.answers.remove("/v2/stats/self");
      server.answers.put("/version", FakeHttp.ok("", VERSION));
      assertEquals(Fault.GARBAGE, fault(member.read(LONG)));
      assertTrue(member.channel().isPresent());
    }
  }

  @Test
  void anotherHttpServerIsNotTakenForAnEtcd2() throws IOException, InterruptedException {
    try (FakeHttp server = FakeHttp.start();
        Member member = member(server)) {
      assertFalse(member.read(LONG).ok());
      assertTrue(member.channel().isPresent());
    }
  }

  @Test
  void attestationsLieInV2KeysThere() throws Exception {
    try (FakeHttp server = FakeHttp.oldMember()) {
      EtcdV2 old = new EtcdV2(server.endpoint(), FakeHttp.CALL);
      assertEquals(
          Fault.GARBAGE, fault(old.list("/ha-supervisor/v1/a b/attest/", LONG)), "no such page");
      String path = "/v2/keys/ha-supervisor/v1/a%20b/attest/?quorum=true&recursive=true";
      server.answers.put(
          path, FakeHttp.said("404 Not Found", "", "{\"message\":\"Key not found\"}"));
      assertEquals(0, got(old.list("/ha-supervisor/v1/a b/attest/", LONG)).size());
      server.answers.put(
          path,
          FakeHttp.ok(
              "",
              """
              {"node":{"nodes":[{"key":"/x/a","value":"{}","modifiedIndex":4},
              {"key":"/x/b","dir":true,"nodes":[
              {"key":"/x/b/c","value":"[]","modifiedIndex":5}]}]}}\
              """));
      assertEquals(
          "{}",
          new String(
              Objects.requireNonNull(
                      got(old.list("/ha-supervisor/v1/a b/attest/", LONG)).get("/x/a"))
                  .value(),
              java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  @Test
  void aKeyOfV2IsSetWhereItsIndexIsStillTheSame() throws Exception {
    try (FakeHttp server = FakeHttp.oldMember()) {
      EtcdV2 old = new EtcdV2(server.endpoint(), FakeHttp.CALL);
      byte[] value = "x".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      server.answers.put("/v2/keys/a/b?prevExist=false", keyOfV2("201 Created", 8));
      assertEquals(new Swap.Set(8), got(old.compareAndSet("/a/b", 0, value, LONG)));
      server.answers.put("/v2/keys/a/b?prevIndex=8", keyOfV2("200 OK", 9));
      assertEquals(new Swap.Set(9), got(old.compareAndSet("/a/b", 8, value, LONG)));
      assertEquals(
          Fault.GARBAGE,
          fault(old.compareAndSet("/a/b", 7, value, LONG)),
          "no answer of etcd's is no word on what was set");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "412 Precondition Failed, 'Compare failed', 101",
    "412 Precondition Failed, 'Key already exists', 105",
  })
  void aKeyOfV2ThatSomebodyElseHasSetIsLostAndRead(String status, String message, int code)
      throws Exception {
    try (FakeHttp server = FakeHttp.oldMember()) {
      EtcdV2 old = new EtcdV2(server.endpoint(), FakeHttp.CALL);
      byte[] value = "y".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      String refusal = "{\"errorCode\":" + code + ",\"message\":\"" + message + "\"}";
      server.answers.put("/v2/keys/a/b?prevExist=false", FakeHttp.said(status, "", refusal));
      server.answers.put("/v2/keys/a/b?quorum=true", keyOfV2("200 OK", 9));
      Swap.Lost lost =
          assertInstanceOf(Swap.Lost.class, got(old.compareAndSet("/a/b", 0, value, LONG)));
      assertEquals(9, lost.present().revision());
      assertEquals(9, got(old.get("/a/b", LONG)).revision());
    }
  }

  @Test
  void aKeyOfV2ThatIsNotThereHasNoRevision() throws Exception {
    try (FakeHttp server = FakeHttp.oldMember()) {
      EtcdV2 old = new EtcdV2(server.endpoint(), FakeHttp.CALL);
      server.answers.put(
          "/v2/keys/a/b?quorum=true",
          FakeHttp.said("404 Not Found", "", "{\"errorCode\":100,\"message\":\"Key not found\"}"));
      assertEquals(0, got(old.get("/a/b", LONG)).revision());
      server.answers.put("/v2/keys/a/b?quorum=true", FakeHttp.ok("", "{\"node\":{}}"));
      assertEquals(Fault.GARBAGE, fault(old.get("/a/b", LONG)));
    }
  }

  private static String keyOfV2(String status, int index) {
    return FakeHttp.said(
        status,
        "",
        "{\"node\":{\"key\":\"/a/b\",\"value\":\"x\",\"modifiedIndex\":" + index + "}}");
  }
}
