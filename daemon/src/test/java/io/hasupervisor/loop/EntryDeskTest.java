package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.api.ApiserverState;
import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdViews;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.manifest.PodSeen;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way in judged in the loop's thread, by a clock that only the test turns. */
final class EntryDeskTest {
  private final HandClock clock = new HandClock();
  private final FakeEntry world = new FakeEntry();
  private final EventRing events = new EventRing(100);
  private final Inbox inbox = new Inbox();
  private boolean broken;
  private Optional<EtcdView> etcd =
      Optional.of(EtcdViews.of(ClusterState.QUORUM_FULL, MemberState.HEALTHY));
  private final EntryDesk desk =
      new EntryDesk(
          Masters.m1(),
          world,
          new RoundWatch(
              "apiservers",
              new RoundWatch.Asking() {
                @Override
                public Message look() throws InterruptedException {
                  return new Message.EntryLooked(world, world.look());
                }

                @Override
                public void close() {
                  world.close();
                }
              },
              clock,
              inbox,
              Optional::empty,
              Duration.ofSeconds(10)),
          _ -> known(),
          new EntryChronicle(new Announcer(clock, events)),
          inbox,
          clock.now());

  private Optional<EtcdView> known() {
    if (broken) {
      throw new IllegalStateException("a bug");
    }
    return etcd;
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private void rounds(int count, ApiAnswer own) {
    for (int n = 0; n < count; n++) {
      clock.pass(10);
      desk.looked(EntryRounds.of(clock.now(), own), clock.now());
    }
  }

  private ApiserverView own() {
    return desk.view().orElseThrow().own().orElseThrow();
  }

  private List<String> edges() {
    return events.since(0).stream()
        .map(event -> event.service() + " " + event.from() + " -> " + event.to())
        .toList();
  }

  private List<String> codes() throws InterruptedException {
    return inbox.take(Duration.ZERO).stream()
        .filter(Message.Inspected.class::isInstance)
        .map(Message.Inspected.class::cast)
        .filter(told -> told.area().equals("entry"))
        .reduce((_, last) -> last)
        .map(Message.Inspected::findings)
        .orElse(List.of())
        .stream()
        .map(Finding::code)
        .toList();
  }

  @Test
  void nothingIsToldBeforeTheFirstRound() {
    assertEquals(Optional.empty(), desk.status(clock.now(), clock.wall()));
    clock.pass(100);
    desk.tick(clock.now());
    assertEquals(Optional.empty(), desk.view());
    assertEquals("", desk.apiserver());
  }

  @Test
  void eachEdgeIsAnnouncedOnceAndWhatIsFirstSeenWellIsNone() {
    rounds(3, EntryRounds.WELL);
    rounds(20, EntryRounds.REFUSED);
    rounds(3, EntryRounds.WELL);
    assertEquals(List.of("apiserver HEALTHY -> DOWN", "apiserver DOWN -> HEALTHY"), edges());
    assertTrue(
        events.since(0).getFirst().reason().startsWith("apiserver of m1 (this host): nothing"),
        events.since(0).getFirst()::reason);
  }

  @Test
  void lateRoundsMakeItUnknownAndTheNextOneKnownAgain() throws Exception {
    rounds(4, EntryRounds.REFUSED);
    assertEquals(List.of("APISERVER_DOWN"), codes());
    clock.pass(29);
    desk.tick(clock.now());
    assertEquals(ApiserverState.DOWN, own().state());
    clock.pass(1);
    desk.tick(clock.now());
    assertEquals(ApiserverState.UNKNOWN, own().state());
    assertEquals("no round of questions has ended for 30 s; before that DOWN", own().why());
    assertEquals("", desk.apiserver());
    assertEquals(List.of("ENTRY_NOT_ASKED"), codes());
    Duration since = own().since();
    clock.pass(60);
    desk.tick(clock.now());
    assertEquals(since, own().since());
    rounds(1, EntryRounds.REFUSED);
    assertEquals(ApiserverState.DOWN, own().state());
    assertEquals(
        List.of("apiserver UNKNOWN -> DOWN"), edges(), "a pause of the questions is no news");
    assertEquals(List.of("APISERVER_DOWN"), codes());
  }

  @Test
  void aBugInJudgingLeavesWhatWasThought() {
    rounds(3, EntryRounds.WELL);
    broken = true;
    rounds(2, EntryRounds.REFUSED);
    assertEquals(ApiserverState.HEALTHY, own().state());
    clock.pass(10);
    desk.tick(clock.now());
    assertEquals(ApiserverState.UNKNOWN, own().state(), "until that is too old");
    broken = false;
    rounds(1, EntryRounds.WELL);
    assertEquals("HEALTHY", desk.apiserver());
  }

  @Test
  void lostQuorumIsTheCauseAndTheApiserverIsNotBlamed() throws Exception {
    rounds(3, EntryRounds.WELL);
    etcd = Optional.of(EtcdViews.of(ClusterState.QUORUM_LOST, MemberState.HEALTHY));
    rounds(3, EntryRounds.ETCD_FAILS);
    assertEquals(ApiserverState.ETCD_FAILS, own().state());
    assertEquals("etcd: it is QUORUM_LOST", own().cause());
    assertEquals("ETCD_FAILS", desk.apiserver());
    assertEquals(List.of("APISERVER_ETCD_FAILS"), codes());
  }

  @Test
  void whatDockerSaysOfItsContainerIsTold() {
    Instant then = Instant.EPOCH;
    desk.sighted(
        "kube-apiserver",
        new PodSeen(
            "kube-apiserver-m1",
            Optional.empty(),
            List.of(
                new ContainerSeen(
                    "id",
                    "uid",
                    "kube-apiserver",
                    2,
                    List.of(),
                    List.of(),
                    then,
                    false,
                    Optional.of(then),
                    1,
                    ""))));
    rounds(4, EntryRounds.REFUSED);
    assertEquals("its container ended 3 times, last with exit code 1", own().cause());
  }
}
