package io.hasupervisor.observe.etcd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.UnknownFieldSet;
import io.etcd.jetcd.api.ResponseHeader;
import io.grpc.Status;
import io.hasupervisor.observe.FakeServer;
import io.hasupervisor.observe.HeldPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EtcdChannelTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);

  private static EtcdChannel to(int port) {
    return EtcdChannel.to("http://127.0.0.1:" + port, Optional.empty());
  }

  private static <T> T got(Answer<T> answer) {
    return answer.got().orElseThrow(() -> new AssertionError(answer));
  }

  private static Fault fault(Answer<?> answer) {
    return answer.failure().orElseThrow(() -> new AssertionError(answer));
  }

  @Test
  void aReadSaysWhoAnsweredAndHowFarItsStoreIs() throws Exception {
    try (FakeMember member = FakeMember.start(5);
        EtcdChannel channel = to(member.port())) {
      Header expected = new Header(FakeMember.CLUSTER, new EtcdId(5), 7, 2);
      assertEquals(expected, got(channel.read(LONG)));
      assertEquals(expected, got(channel.readLocal(LONG)));
      assertEquals(1, member.calls("read"));
      assertEquals(1, member.calls("local"));
    }
  }

  @Test
  void idsAbove2To63AreIdsLikeOthers() throws Exception {
    try (FakeMember member = FakeMember.start(-2);
        EtcdChannel channel = to(member.port())) {
      assertEquals("fffffffffffffffe", got(channel.read(LONG)).member().toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, etcdserver: no leader, NO_LEADER",
    "UNAVAILABLE, etcdserver: request timed out, NO_QUORUM",
    "UNAVAILABLE, 'etcdserver: request timed out, possibly due to previous leader failure',"
        + " NO_QUORUM",
    "UNAVAILABLE, etcdserver: leader changed, ERROR",
    "UNAVAILABLE, etcdserver: rpc not supported for learner, LEARNER",
    "DATA_LOSS, etcdserver: corrupt cluster, CORRUPT",
    "RESOURCE_EXHAUSTED, etcdserver: mvcc: database space exceeded, NO_SPACE",
    "UNAUTHENTICATED, etcdserver: invalid auth token, DENIED",
    "INVALID_ARGUMENT, etcdserver: user name is empty, DENIED",
    "UNKNOWN, etcdserver: member removed, REMOVED",
    "UNKNOWN, context deadline exceeded, TIMEOUT",
    "UNIMPLEMENTED, unknown service etcdserverpb.KV, ERROR",
    "PERMISSION_DENIED, Forbidden by the proxy, DENIED",
  })
  void etcdsOwnWordsAreUnderstood(Status.Code code, String message, Fault fault) throws Exception {
    try (FakeMember member = FakeMember.start(5);
        EtcdChannel channel = to(member.port())) {
      member.failures.put("read", code.toStatus().withDescription(message));
      assertEquals(fault, fault(channel.read(LONG)));
    }
  }

  @Test
  void aReadThatIsNotPermittedIsASuccessWhoseIdsStatusTells() throws Exception {
    try (FakeMember member = FakeMember.start(5);
        EtcdChannel channel = to(member.port())) {
      member.failures.put(
          "read", Status.PERMISSION_DENIED.withDescription("etcdserver: permission denied"));
      assertEquals(new EtcdId(5), got(channel.read(LONG)).member());
    }
  }

  @Test
  void aHeaderWithoutIdsIsGarbage() throws Exception {
    try (FakeMember member = FakeMember.start(5);
        EtcdChannel channel = to(member.port())) {
      member.header = ResponseHeader.getDefaultInstance();
      assertEquals(Fault.GARBAGE, fault(channel.read(LONG)));
      assertEquals(Fault.GARBAGE, fault(channel.status(LONG)));
    }
  }

  @Test
  void whereNobodyListensIsRefused() throws Exception {
    try (HeldPort nobody = new HeldPort();
        EtcdChannel channel = to(nobody.number())) {
      assertEquals(Fault.REFUSED, fault(channel.read(LONG)));
    }
  }

  /** gRPC by itself would wait for seconds, then minutes, before it connects again. */
  @Test
  void aMemberThatComesBackIsAnsweredByTheNextCall() throws Exception {
    try (HeldPort port = new HeldPort();
        EtcdChannel channel = to(port.number())) {
      for (int i = 0; i < 6; i++) {
        assertEquals(Fault.REFUSED, fault(channel.read(LONG)));
      }
      for (int i = 0; i < 3; i++) {
        try (FakeMember _ = FakeMember.start(5, port.number())) {
          assertTrue(channel.read(LONG).ok());
        }
        assertFalse(channel.read(LONG).ok());
      }
    }
  }

  @Test
  void aServerThatNeverAnswersTakesTheDeadlineAndNoLonger() throws Exception {
    try (FakeServer server = FakeServer.tcp(FakeServer::hang);
        EtcdChannel channel = to(server.port())) {
      assertEquals(Fault.TIMEOUT, fault(channel.read(SHORT)));
    }
  }

  @Test
  void aCallThatNeverEndsTakesTheDeadlineAndNoLonger() throws Exception {
    try (FakeMember member = FakeMember.start(5);
        EtcdChannel channel = to(member.port())) {
      member.hanging.add("read");
      assertEquals(Fault.TIMEOUT, fault(channel.read(SHORT)));
      assertTrue(channel.readLocal(LONG).ok());
    }
  }

  @Test
  void aCallEndsWhenItIsInterrupted() throws Exception {
    try (FakeMember member = FakeMember.start(5);
        EtcdChannel channel = to(member.port())) {
      member.hanging.add("read");
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Thread caller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      interrupted.complete(channel.read(LONG).ok());
                    } catch (InterruptedException e) {
                      interrupted.complete(true);
                    }
                  });
      while (member.calls("read") == 0) {
        Thread.onSpinWait();
      }
      caller.interrupt();
      assertTrue(interrupted.get());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'",
    "'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>hello</body></html>'",
    "'220 mail.example.org ESMTP\r\n'",
  })
  void whatIsNotEtcdIsGarbage(String said) throws Exception {
    try (FakeServer server = FakeServer.tcp(FakeServer.answerAndWait(said));
        EtcdChannel channel = to(server.port())) {
      assertEquals(Fault.GARBAGE, fault(channel.read(LONG)));
    }
  }

  @Test
  void anEndlessAnswerIsGarbage() throws Exception {
    try (FakeServer server = FakeServer.tcp(FakeServer.flood("HTTP/1.1 200 OK\r\n\r\n"));
        EtcdChannel channel = to(server.port())) {
      assertEquals(Fault.GARBAGE, fault(channel.read(LONG)));
    }
  }

  @Test
  void anAnswerLargerThanAnyOfEtcdsIsGarbage() throws Exception {
    try (FakeMember member = FakeMember.start(5);
        EtcdChannel channel = to(member.port())) {
      member.keys.put("/x/a", com.google.protobuf.ByteString.copyFrom(new byte[2 << 20]));
      assertEquals(Fault.GARBAGE, fault(channel.list("/x/", LONG)));
    }
  }

  @Test
  void aConnectionThatIsClosedIsNotARefusal() throws Exception {
    try (FakeServer server = FakeServer.tcp((_, _) -> {});
        EtcdChannel channel = to(server.port())) {
      assertEquals(Fault.UNREACHABLE, fault(channel.read(LONG)));
    }
  }

  @Test
  void aNameThatIsNotResolvedIsUnreachable() throws Exception {
    try (EtcdChannel channel = EtcdChannel.to("http://nowhere.invalid:2379", Optional.empty())) {
      assertEquals(Fault.UNREACHABLE, fault(channel.read(LONG)));
    }
  }

  @Test
  void keysAreWrittenAndListed() throws Exception {
    try (FakeMember member = FakeMember.start(5);
        EtcdChannel channel = to(member.port())) {
      byte[] value = "v".getBytes(StandardCharsets.UTF_8);
      got(channel.put("/x/a", value, LONG));
      Map<String, Stored> values = got(channel.list("/x/", LONG));
      assertArrayEquals(value, Objects.requireNonNull(values.get("/x/a")).value());
    }
  }

  private static MemberSeen member(long id) {
    return new MemberSeen(
        new EtcdId(id),
        "m" + id,
        List.of("http://10.0.0." + id + ":2380"),
        List.of("http://10.0.0." + id + ":2379"),
        false);
  }

  @ParameterizedTest
  @CsvSource({"3.4.23, false", "3.5.0, true", "3.10.1, true", "4.0.0, true", "odd, false"})
  void listsGoThroughConsensusFromVersion35On(String version, boolean linearizable)
      throws Exception {
    try (FakeMember member = FakeMember.start(5);
        EtcdChannel channel = to(member.port())) {
      member.version = version;
      member.members = List.of(member(1), member(5));
      MemberList expected =
          new MemberList(new EtcdId(5), FakeMember.CLUSTER, linearizable, member.members);
      assertEquals(expected, got(channel.members(LONG)));
      UnknownFieldSet sent = member.listed.orElseThrow().getUnknownFields();
      assertEquals(List.of(1L), sent.getField(1).getVarintList());
    }
  }

  @Test
  void listsThatNoClusterHasAreGarbage() throws Exception {
    try (FakeMember member = FakeMember.start(5);
        EtcdChannel channel = to(member.port())) {
      List<List<MemberSeen>> lists =
          List.of(
              List.of(),
              List.of(member(1), member(1)),
              IntStream.rangeClosed(1, 65).mapToObj(EtcdChannelTest::member).toList(),
              List.of(
                  new MemberSeen(
                      new EtcdId(1), "m", List.of("no url"), List.of("\u001b[2J"), false)));
      for (List<MemberSeen> list : lists) {
        member.members = list;
        assertEquals(Fault.GARBAGE, fault(channel.members(LONG)));
      }
    }
  }

  @Test
  void aSnapshotComesInPiecesToItsEnd() throws Exception {
    try (FakeMember member = FakeMember.start(5);
        EtcdChannel channel = to(member.port());
        SnapshotStream snapshot = channel.snapshot()) {
      for (int left = 2; left >= 0; left--) {
        SnapshotStream.Piece piece = snapshot.next(LONG).orElseThrow();
        assertEquals(32 * 1024, piece.bytes().length);
        assertEquals(left * 32L * 1024, piece.remaining());
      }
      assertTrue(snapshot.next(LONG).isEmpty());
    }
  }

  @Test
  void aSnapshotWaitsForItsReaderAndHoldsUpNoQuestion() throws Exception {
    try (FakeMember member = FakeMember.start(5);
        EtcdChannel channel = to(member.port());
        SnapshotStream snapshot = channel.snapshot()) {
      member.pieces = 100_000;
      assertTrue(snapshot.next(LONG).isPresent());
      for (int i = 0; i < 50; i++) {
        assertTrue(channel.read(LONG).ok());
      }
      assertTrue(member.piecesSent.get() < 100, "sent " + member.piecesSent);
    }
  }

  @Test
  void aSnapshotThatStallsFails() throws Exception {
    try (FakeMember member = FakeMember.start(5);
        EtcdChannel channel = to(member.port());
        SnapshotStream snapshot = channel.snapshot()) {
      member.pieces = 1;
      member.stalls = true;
      assertTrue(snapshot.next(LONG).isPresent());
      IOException thrown = assertThrows(IOException.class, () -> snapshot.next(SHORT));
      assertEquals("nothing more of it came within 300 ms", thrown.getMessage());
    }
  }

  @Test
  void aSnapshotThatIsClosedIsCancelled() throws Exception {
    try (FakeMember member = FakeMember.start(5);
        EtcdChannel channel = to(member.port())) {
      member.pieces = 100_000;
      SnapshotStream snapshot = channel.snapshot();
      assertTrue(snapshot.next(LONG).isPresent());
      snapshot.close();
      while (member.snapshotsCancelled.get() == 0) {
        Thread.onSpinWait();
      }
      assertThrows(IOException.class, () -> snapshot.next(LONG));
    }
  }

  @Test
  void aMemberThatDiesEndsItsSnapshot() throws Exception {
    try (FakeMember member = FakeMember.start(5);
        EtcdChannel channel = to(member.port());
        SnapshotStream snapshot = channel.snapshot()) {
      member.stalls = true;
      for (int i = 0; i < 3; i++) {
        assertTrue(snapshot.next(LONG).isPresent());
      }
      member.stop();
      assertThrows(IOException.class, () -> snapshot.next(LONG));
    }
  }

  @Test
  void nothingIsAskedAfterItsEnd() throws Exception {
    try (FakeMember member = FakeMember.start(5)) {
      EtcdChannel channel = to(member.port());
      assertTrue(channel.read(LONG).ok());
      channel.close();
      assertInstanceOf(Answer.Failed.class, channel.read(LONG));
      assertEquals(1, member.calls("read"));
    }
  }

  @Test
  void whatIsNoUrlIsRefusedAtOnce() {
    for (String url :
        List.of("", "127.0.0.1:2379", "ftp://a:1", "http://a", "http://a:99999", "http://u@a:1")) {
      assertThrows(
          IllegalArgumentException.class, () -> EtcdChannel.to(url, Optional.empty()), url);
    }
  }
}
