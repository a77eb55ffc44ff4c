package io.hasupervisor.observe.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.hasupervisor.act.credential.MadeSet;
import io.hasupervisor.cluster.EtcdLimits;
import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.host.SystemClock;
import io.hasupervisor.observe.FakeServer;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rounds over three members on loopback; the masters' addresses are loopback ones. */
final class EtcdLookTest {
  private final List<FakeMember> members = new ArrayList<>();
  private final List<FakeHttp> peers = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    for (int id = 1; id <= 3; id++) {
      members.add(FakeMember.start(id));
      FakeHttp peer = FakeHttp.start();
      peer.answers.put("/version", FakeHttp.ok("", "{\"etcdserver\":\"3.4.23\"}"));
      peers.add(peer);
    }
    listed(0, 1, 2);
  }

  @AfterEach
  void stop() throws IOException {
    members.forEach(FakeMember::close);
    for (FakeHttp peer : peers) {
      peer.close();
    }
  }

  private MemberSeen line(int index, String clientUrl) {
    return new MemberSeen(
        new EtcdId(index + 1),
        "m" + index,
        List.of(peers.get(index).url()),
        List.of(clientUrl),
        false);
  }

  private void listed(int... indexes) {
    List<MemberSeen> list =
        Arrays.stream(indexes).mapToObj(i -> line(i, members.get(i).url())).toList();
    members.forEach(member -> member.members = list);
  }

  private static EtcdLook look(String address, Optional<String> local, List<String> endpoints) {
    Master made = MadeSet.master(Profile.SEED, "master-1");
    Master master =
        new Master(
            made.profile(),
            new Master.Node("master-1", address),
            made.cluster(),
            made.manifests(),
            made.credentials(),
            made.kubelet(),
            new EtcdSettings(
                local,
                endpoints,
                Optional.empty(),
                EtcdSettings.Attest.ALWAYS,
                Duration.ofSeconds(10),
                EtcdLimits.DEFAULT),
            made.apiserver(),
            made.backup(),
            made.repair());
    return EtcdLook.of(master, SystemClock.verified());
  }

  private EtcdLook look() {
    return look("127.0.0.1", Optional.of(members.getFirst().url()), List.of());
  }

  private static List<String> urls(EtcdRound round) {
    return round.members().stream().map(MemberEvidence::url).toList();
  }

  private List<String> allUrls() {
    return members.stream().map(FakeMember::url).toList();
  }

  @Test
  void theListOfAMemberThatProvedQuorumSaysWhomToAskNext() throws Exception {
    try (EtcdLook look = look()) {
      EtcdRound first = look.look();
      assertEquals(List.of(members.getFirst().url()), urls(first));
      assertEquals(1, first.lists().size());
      EtcdRound second = look.look();
      assertEquals(allUrls(), urls(second));
      assertTrue(second.members().getFirst().own());
      assertEquals(
          List.of("m0", "m1", "m2"),
          second.members().stream().map(member -> member.listed().orElseThrow().name()).toList());
    }
  }

  @Test
  void aListWithoutProofChangesNothing() throws Exception {
    members.getFirst().failures.put("read", Status.UNAVAILABLE);
    try (EtcdLook look = look()) {
      assertEquals(1, look.look().lists().size());
      assertEquals(List.of(members.getFirst().url()), urls(look.look()));
    }
  }

  @Test
  void whileAllIsWellARoundCostsTwoCallsAMember() throws Exception {
    try (EtcdLook look = look()) {
      for (int i = 0; i < 3; i++) {
        EtcdRound _ = look.look();
      }
      FakeMember other = members.get(1);
      int before = other.calls("read") + other.calls("status");
      int local = other.calls("local");
      int lists = other.calls("members");
      int peer = peers.get(1).asked.size();
      EtcdRound round = look.look();
      assertEquals(before + 2, other.calls("read") + other.calls("status"));
      assertEquals(local, other.calls("local"));
      assertEquals(lists, other.calls("members"));
      assertEquals(peer, peers.get(1).asked.size());
      assertEquals(List.of(), round.lists());
      assertTrue(round.members().get(1).serializable().ok());
    }
  }

  @Test
  void everySixthRoundAsksForTheListsAgain() throws Exception {
    try (EtcdLook look = look()) {
      List<Integer> lists = new ArrayList<>();
      for (int i = 0; i < 13; i++) {
        lists.add(look.look().lists().size());
      }
      assertEquals(List.of(1, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 3), lists);
    }
  }

  @Test
  void aMemberThatFailsIsAskedAllThatThereIs() throws Exception {
    try (EtcdLook look = look()) {
      EtcdRound _ = look.look();
      EtcdRound _ = look.look();
      members
          .get(1)
          .failures
          .put("read", Status.UNAVAILABLE.withDescription("etcdserver: no leader"));
      MemberEvidence failed = look.look().members().get(1);
      assertEquals(Optional.of(Fault.NO_LEADER), failed.linearizable().failure());
      assertTrue(failed.serializable().ok());
      assertTrue(failed.peer().ok());
      assertEquals(3, look.look().lists().size());
    }
  }

  @Test
  void oneRefusalAtOnceIsAskedAgainAtOnce() throws Exception {
    FakeMember own = members.getFirst();
    own.failures.put("read", Status.UNAVAILABLE.withDescription("etcdserver: leader changed"));
    try (EtcdLook look = look()) {
      EtcdRound _ = look.look();
      assertEquals(2, own.calls("read"));
    }
  }

  @Test
  void oneThatHangsKeepsNeitherTheOthersNorTheRound() throws Exception {
    try (EtcdLook look = look();
        FakeServer hanging = FakeServer.tcp(FakeServer::hang)) {
      List<MemberSeen> list =
          List.of(
              line(0, members.get(0).url()),
              line(1, "http://127.0.0.1:" + hanging.port()),
              line(2, members.get(2).url()));
      members.forEach(member -> member.members = list);
      EtcdRound _ = look.look();
      EtcdRound round = look.look();
      assertTrue(round.took().compareTo(Duration.ofSeconds(20)) < 0, "took " + round.took());
      MemberEvidence hung = round.members().get(1);
      assertEquals(Optional.of(Fault.TIMEOUT), hung.linearizable().failure());
      assertEquals(Optional.of(Fault.TIMEOUT), hung.status().failure());
      assertTrue(hung.peer().ok());
      for (int i : new int[] {0, 2}) {
        Duration took =
            switch (round.members().get(i).linearizable()) {
              case Answer.Got<Header> got -> got.took();
              case Answer.Failed<Header> failed -> throw new AssertionError(failed);
              case Answer.NotAsked<Header> not -> throw new AssertionError(not);
            };
        assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, "took " + took);
      }
    }
  }

  @Test
  void aRoundEndsWhenItIsInterrupted() throws Exception {
    members.getFirst().hanging.add("read");
    try (EtcdLook look = look()) {
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      EtcdRound _ = look.look();
                      interrupted.complete(false);
                    } catch (InterruptedException e) {
                      interrupted.complete(true);
                    }
                  });
      while (members.getFirst().calls("read") == 0) {
        Thread.onSpinWait();
      }
      thread.interrupt();
      assertTrue(interrupted.get(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void membersThatJoinAreAskedAndThoseThatWentAreNot() throws Exception {
    listed(0, 1);
    try (EtcdLook look = look()) {
      EtcdRound _ = look.look();
      assertEquals(allUrls().subList(0, 2), urls(look.look()));
      listed(0, 2);
      for (int i = 0; i < 5; i++) {
        EtcdRound _ = look.look();
      }
      assertEquals(List.of(allUrls().get(0), allUrls().get(2)), urls(look.look()));
    }
  }

  /** The own member was wiped and has begun a cluster of its own: it proves that one's quorum. */
  @Test
  void aListOfAnotherClusterDoesNotReplaceTheOneThatIsKnown() throws Exception {
    try (EtcdLook look = look()) {
      EtcdRound _ = look.look();
      FakeMember own = members.getFirst();
      own.header = FakeMember.header(0xbad, 1);
      own.members = List.of(line(0, own.url()));
      for (int i = 0; i < 8; i++) {
        assertEquals(allUrls(), urls(look.look()));
      }
    }
  }

  @Test
  void whereEtcdIsRunElsewhereOnlyTheEndpointsAreAsked() throws Exception {
    try (EtcdLook look = look("10.0.0.1", Optional.empty(), allUrls().subList(1, 3))) {
      EtcdRound _ = look.look();
      EtcdRound round = look.look();
      assertEquals(allUrls().subList(1, 3), urls(round));
      assertTrue(round.own().isEmpty());
      assertInstanceOf(ProcessSeen.Unknown.class, round.process());
      assertInstanceOf(Answer.NotAsked.class, round.metrics());
      assertTrue(look.own().isEmpty());
    }
  }

  /** The seed's topology: clients are served on loopback, on every host. */
  @Test
  void membersWhoseClientsAreOnTheirHostOnlyAreAskedByPeerAndAttestationEachRound()
      throws Exception {
    FakeMember own = members.getFirst();
    own.members =
        List.of(
            line(0, own.url()),
            new MemberSeen(
                new EtcdId(2), "m1", List.of(peers.get(1).url()), List.of(own.url()), false));
    own.keys.put("/ha-supervisor/v1/test/attest/2", ByteString.copyFromUtf8("garbage"));
    try (EtcdLook look = look("10.0.0.1", Optional.of(own.url()), List.of())) {
      EtcdRound _ = look.look();
      EtcdRound _ = look.look();
      int reads = own.calls("read");
      EtcdRound round = look.look();
      MemberEvidence other = round.members().get(1);
      assertTrue(other.unreachableByDesign());
      assertInstanceOf(Answer.NotAsked.class, other.linearizable());
      assertEquals(reads + 1, own.calls("read"));
      assertEquals(Optional.of(List.of()), round.attestations().got());
    }
  }

  @Test
  void theLockIsReadInEveryRound() throws Exception {
    FakeMember own = members.getFirst();
    try (EtcdLook look = look("10.0.0.1", Optional.of(own.url()), List.of())) {
      assertEquals(
          Optional.of(new LockSeen.Readable(LockDocument.EMPTY, 0)), look.look().lock().got());
      own.keys.put("/ha-supervisor/v1/test/disruption", ByteString.copyFromUtf8("garbage"));
      LockSeen seen = look.look().lock().got().orElseThrow();
      assertInstanceOf(LockSeen.Unreadable.class, seen);
      assertEquals(7, seen.revision());
    }
  }

  /** There it is free whoever holds it: two masters could be disturbed at once. */
  @Test
  void theLockIsNotReadInAClusterThatAWipedMemberBegan() throws Exception {
    String key = "/ha-supervisor/v1/test/disruption";
    members.forEach(member -> member.keys.put(key, ByteString.copyFromUtf8("held")));
    try (EtcdLook look = look()) {
      EtcdRound _ = look.look();
      EtcdRound _ = look.look();
      FakeMember own = members.getFirst();
      for (FakeMember wiped : List.of(own, members.get(1))) {
        wiped.header = FakeMember.header(0xbad, 1);
        wiped.keys.remove(key);
      }
      EtcdRound _ = look.look();
      assertEquals(Optional.of(7L), look.look().lock().got().map(LockSeen::revision));
      own.close();
      assertEquals(Optional.of(7L), look.look().lock().got().map(LockSeen::revision));
    }
  }

  /** What was not read must not pass for what is not there. */
  @Test
  void aLockBehindTooManyKeysIsNotCalledFree() throws Exception {
    FakeMember own = members.getFirst();
    for (int n = 0; n < 256; n++) {
      own.keys.put("/ha-supervisor/v1/test/attest/x" + n, ByteString.copyFromUtf8("x"));
    }
    try (EtcdLook look = look("10.0.0.1", Optional.of(own.url()), List.of())) {
      assertEquals(Optional.of(Fault.GARBAGE), look.look().lock().failure());
    }
  }

  @Test
  void whatWasSaidLastIsReadWithoutTheClusterOnceThatIsLost() throws Exception {
    FakeMember own = members.getFirst();
    Attestation said =
        new Attestation(
            new EtcdId(2),
            FakeMember.CLUSTER,
            "m1",
            "machine",
            "boot",
            7,
            1,
            1,
            "3.4.23",
            Duration.ZERO,
            List.of(),
            true,
            "",
            "",
            "none",
            HostReport.NONE,
            Instant.EPOCH);
    own.keys.put(
        "/ha-supervisor/v1/test/attest/2", ByteString.copyFrom(AttestationJson.encode(said)));
    own.keys.put("/ha-supervisor/v1/test/attest/3", ByteString.copyFromUtf8("garbage"));
    own.failures.put("list", Status.UNAVAILABLE.withDescription("etcdserver: request timed out"));
    try (EtcdLook look = look()) {
      assertEquals(List.of(said), look.lastWords());
      own.failures.put("own list", Status.UNAVAILABLE);
      assertEquals(List.of(), look.lastWords());
    }
    try (EtcdLook elsewhere = look("127.0.0.1", Optional.empty(), List.of())) {
      assertEquals(List.of(), elsewhere.lastWords());
    }
  }

  @Test
  void attestationsAreReadThroughAnotherMemberWhereTheOwnOneIsGone() throws Exception {
    try (EtcdLook look = look()) {
      EtcdRound _ = look.look();
      EtcdRound _ = look.look();
      members.getFirst().close();
      EtcdRound _ = look.look();
      EtcdRound round = look.look();
      assertFalse(round.members().getFirst().linearizable().ok());
      assertEquals(Optional.of(List.of()), round.attestations().got());
    }
  }

  @Test
  void otherMastersAreAskedOnlyWhereTheOwnMemberKnowsNoLeader() throws Exception {
    try (EtcdLook look = look()) {
      assertInstanceOf(Answer.NotAsked.class, look.look().elsewhere());
    }
  }
}
