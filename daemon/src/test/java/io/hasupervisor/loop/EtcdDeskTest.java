package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.control.Reply;
import io.hasupervisor.loop.Rounds.Is;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.HostReport;
import io.hasupervisor.publish.EtcdStatus;
import io.hasupervisor.publish.ServiceEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** etcd judged in the loop's thread, by a clock that only the test turns. */
final class EtcdDeskTest {
  @TempDir private Path directory;
  private final HandClock clock = new HandClock();
  private final FakeEtcd world = new FakeEtcd();
  private final EventRing events = new EventRing(100);
  private final Inbox inbox = new Inbox();
  private final List<EtcdView> followed = new ArrayList<>();
  private final List<StateWriter<EtcdMemory>> disks = new ArrayList<>();

  private StateFile<EtcdMemory> file() {
    return new StateFile<>(directory.resolve("etcd-memory.json"), new EtcdMemoryJson());
  }

  /** A desk of a daemon that starts now, and has read its memory. */
  private EtcdDesk desk() {
    EtcdMemory remembered = file().load(clock.wall()).memory();
    StateWriter<EtcdMemory> disk = new StateWriter<>(file(), EtcdMemory.none(), _ -> {});
    disk.start();
    disks.add(disk);
    EtcdDesk desk =
        new EtcdDesk(
            Masters.m1(),
            world,
            new RoundWatch(
                "etcd",
                world.asking(),
                clock,
                inbox,
                () -> Optional.of(new Message.EtcdRecalled(world, remembered, "")),
                Duration.ofSeconds(10)),
            new Attester(
                Masters.m1(),
                world,
                clock,
                "boot",
                () -> new Attester.Said("HEALTHY", "", "none", HostReport.NONE)),
            new EtcdShelf(disk),
            new EtcdChronicle(new Announcer(clock, events)),
            List.of((view, _) -> followed.add(view)),
            inbox,
            clock.now());
    desk.recalled(remembered);
    return desk;
  }

  @AfterEach
  void close() {
    disks.forEach(StateWriter::close);
  }

  private EtcdDesk well(EtcdDesk desk, long revision) {
    return rounds(desk, 4, revision, Is.WELL, Is.WELL, Is.WELL);
  }

  /** So many rounds, ten seconds apart. */
  private EtcdDesk rounds(EtcdDesk desk, int count, long revision, Is... members) {
    for (int n = 0; n < count; n++) {
      clock.pass(10);
      desk.looked(Rounds.of(clock.now(), revision, members), clock.now());
    }
    return desk;
  }

  private EtcdStatus status(EtcdDesk desk) {
    return desk.status(clock.now(), clock.wall()).orElseThrow();
  }

  private List<String> edges() {
    return events.since(0).stream().map(ServiceEvent::because).toList();
  }

  @Test
  void aClusterThatServesIsTold() {
    EtcdDesk desk = well(desk(), 812_233);
    clock.pass(3);
    EtcdStatus etcd = status(desk);
    assertEquals("QUORUM_FULL", etcd.state());
    assertEquals(Optional.of(3000L), etcd.proofAgeMillis());
    assertEquals(Optional.of("33297"), etcd.clusterId());
    assertEquals(Optional.of("18446744073709551615"), etcd.members().getFirst().id());
    assertEquals(812_233, etcd.revision());
    assertEquals(4, followed.size());
  }

  @Test
  void nothingIsToldBeforeTheFirstRound() {
    assertEquals(Optional.empty(), desk().status(clock.now(), clock.wall()));
  }

  @Test
  void eachEdgeIsAnnouncedOnce() {
    EtcdDesk desk = well(desk(), 100);
    rounds(desk, 20, 100, Is.WELL, Is.WELL, Is.DOWN);
    rounds(desk, 20, 100, Is.WELL, Is.WELL, Is.WELL);
    assertEquals(
        List.of("HEALTHY -> DOWN MEMBER", "DOWN -> HEALTHY MEMBER"),
        events.since(0).stream()
            .filter(event -> event.because().equals("MEMBER"))
            .map(event -> event.from() + " -> " + event.to() + " " + event.because())
            .toList());
    List<String> cluster =
        events.since(0).stream()
            .filter(event -> !event.because().equals("MEMBER"))
            .map(event -> event.from() + " -> " + event.to())
            .toList();
    assertEquals("QUORUM_FULL -> QUORUM_AT_RISK", cluster.get(cluster.size() - 2));
    assertEquals("QUORUM_AT_RISK -> QUORUM_FULL", cluster.getLast());
    assertTrue(edges().size() < 8, edges()::toString);
  }

  @Test
  void whatWasProvenOutlivesTheDaemonAndOlderDataShowsItself() {
    well(desk(), 812_233).close();
    close();
    EtcdDesk restarted = rounds(desk(), 4, 7, Is.WELL, Is.WELL, Is.WELL);
    EtcdStatus etcd = status(restarted);
    assertEquals("DATA_REGRESSION", etcd.state());
    assertEquals(812_233, etcd.rememberedRevision());
  }

  @Test
  void theFirstProofIsSavedAtOnceAndLaterOnesEveryHalfMinute() throws Exception {
    EtcdDesk desk = desk();
    rounds(desk, 1, 100, Is.WELL, Is.WELL, Is.WELL);
    assertEquals(100, saved());
    rounds(desk, 2, 200, Is.WELL, Is.WELL, Is.WELL);
    assertEquals(100, saved());
    rounds(desk, 1, 300, Is.WELL, Is.WELL, Is.WELL);
    assertEquals(300, saved());
    rounds(desk, 1, 400, Is.WELL, Is.WELL, Is.WELL).close();
    assertEquals(400, saved());
  }

  private long saved() throws InterruptedException {
    assertTrue(disks.getLast().flush(Duration.ofSeconds(20)));
    return file().load(clock.wall()).memory().maxima().orElseThrow().revision();
  }

  @Test
  void anAcceptedRestoreIsTheMeasureFromThenOn() throws Exception {
    EtcdDesk desk = well(desk(), 812_233);
    rounds(desk, 4, 7, Is.WELL, Is.WELL, Is.WELL);
    assertEquals("DATA_REGRESSION", status(desk).state());
    Reply reply = desk.acceptRestore("eva", clock.now());
    assertEquals(0, reply.exit());
    assertTrue(
        reply.body().startsWith("forgotten: revision 812233 of cluster 8211 (term 4)"),
        reply.body());
    assertTrue(reply.body().endsWith("at revision 7, is the measure from now on"), reply.body());
    assertTrue(disks.getLast().flush(Duration.ofSeconds(20)));
    assertEquals(Optional.empty(), file().load(clock.wall()).memory().maxima());
    rounds(desk, 4, 8, Is.WELL, Is.WELL, Is.WELL);
    assertEquals("QUORUM_FULL", status(desk).state());
    assertEquals(8, status(desk).rememberedRevision());
    assertEquals(8, saved());
  }

  @Test
  void aRestoreIsNotAcceptedWhileNothingIsProven() {
    EtcdDesk desk = desk();
    assertEquals(1, desk.acceptRestore("eva", clock.now()).exit());
    well(desk, 812_233);
    rounds(desk, 5, 812_233, Is.ALONE, Is.DOWN, Is.DOWN);
    assertEquals(1, desk.acceptRestore("eva", clock.now()).exit());
    rounds(desk, 5, 7, Is.WELL, Is.WELL, Is.WELL);
    clock.pass(60);
    desk.tick(clock.now());
    assertEquals(1, desk.acceptRestore("eva", clock.now()).exit(), "the proof is a minute old");
  }

  @Test
  void whereNoRoundEndsNothingIsKnownAndTheAgeIsTold() {
    EtcdDesk desk = well(desk(), 100);
    clock.pass(45);
    desk.tick(clock.now());
    EtcdStatus etcd = status(desk);
    assertEquals("QUORUM_UNKNOWN", etcd.state());
    assertEquals(Optional.of("QUORUM_FULL"), etcd.underlying());
    assertFalse(etcd.proven());
    assertEquals(0, etcd.canLose());
    assertTrue(
        etcd.summary().startsWith("no round of questions has ended for 45 s"), etcd.summary());
    assertEquals(Optional.of(45_000L), etcd.proofAgeMillis());
    assertEquals(ClusterState.QUORUM_UNKNOWN, followed.getLast().state());
    clock.pass(5);
    desk.tick(clock.now());
    assertEquals(5, followed.size(), "it is told once");
    rounds(desk, 4, 100, Is.WELL, Is.WELL, Is.WELL);
    assertEquals("QUORUM_FULL", status(desk).state());
  }

  @Test
  void whereNoRoundHasEverEndedThatIsTold() {
    EtcdDesk desk = desk();
    clock.pass(31);
    desk.tick(clock.now());
    assertEquals("QUORUM_UNKNOWN", status(desk).state());
    assertEquals(List.of("NO_ROUND"), status(desk).reasons());
  }

  @Test
  void lostQuorumIsNamed() {
    EtcdDesk desk = well(desk(), 100);
    List<EtcdRound> none = new ArrayList<>();
    for (int n = 0; n < 10; n++) {
      clock.pass(2);
      none.add(Rounds.of(clock.now(), 100, Is.ALONE, Is.DOWN, Is.DOWN));
      desk.looked(none.getLast(), clock.now());
    }
    assertEquals("QUORUM_LOST", status(desk).state());
    assertTrue(
        events.since(0).stream().anyMatch(event -> event.to().equals("QUORUM_LOST")),
        "it is in the events");
  }

  @Test
  void findingsAreHandedToTheLoop() throws Exception {
    EtcdDesk desk = well(desk(), 100);
    rounds(desk, 5, 100, Is.ALONE, Is.DOWN, Is.DOWN);
    List<String> codes =
        inbox.take(Duration.ZERO).stream()
            .flatMap(
                message ->
                    message instanceof Message.Inspected(String area, var findings)
                            && area.equals("etcd")
                        ? findings.stream()
                        : Stream.empty())
            .map(finding -> finding.code())
            .toList();
    assertTrue(codes.contains("QUORUM_LOST"), codes::toString);
  }
}
