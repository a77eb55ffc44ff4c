package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.loop.Rounds.Is;
import io.hasupervisor.publish.EntryStatus.ApiserverStatus;
import io.hasupervisor.publish.Status;
import io.hasupervisor.publish.Status.Level;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever happens to etcd: no service is touched for it. */
final class EtcdOutageTest {
  private static final String DOCKER = "docker";
  private static final String KUBELET = "kubelet";

  private final FakeEtcd etcd = new FakeEtcd();
  private final Bench bench = new Bench(Plans.service(DOCKER), Plans.service(KUBELET, DOCKER));

  private void wellFor(int seconds, Is... members) {
    for (int n = 0; n < seconds; n++) {
      bench.clock.pass(1);
      bench.turn(new Message.EtcdLooked(etcd, Rounds.of(bench.clock.now(), 100, members)));
    }
  }

  private Status status() {
    return bench.publisher.status();
  }

  private String state() {
    return status().controlPlane().orElseThrow().etcd().orElseThrow().state();
  }

  @AfterEach
  void close() {
    bench.mastership.close();
  }

  private void begin(FakeEntry entry) {
    bench.master(
        new Outside.MasterOutside(
            new FakeManifests(bench.clock),
            etcd,
            entry,
            new FakeBackups(),
            new FakeRepair(),
            List.of()));
    bench.healthy(DOCKER);
    bench.healthy(KUBELET);
    wellFor(40, Is.WELL, Is.WELL, Is.WELL);
  }

  private void outage(String state, Is... members) {
    begin(new FakeEntry());
    assertEquals("QUORUM_FULL", state());
    wellFor(300, members);
    assertEquals(state, state());
    assertEquals(List.of(), bench.at(DOCKER).actions());
    assertEquals(List.of(), bench.at(KUBELET).actions());
    assertEquals(Level.CRITICAL, status().verdict());
  }

  @Test
  void lostQuorumRestartsNothing() {
    outage("QUORUM_LOST", Is.ALONE, Is.DOWN, Is.DOWN);
    assertTrue(
        status().summary().contains("etcd has lost quorum (m1 LOCAL_ONLY, m2 DOWN, m3 DOWN)"),
        status()::summary);
  }

  /** The kubelet's and the apiserver's trouble alike: etcd is named, and nothing is touched. */
  @Test
  void anApiserverThatFailsForWantOfEtcdRestartsNothingAndEtcdIsNamed() {
    FakeEntry entry = new FakeEntry();
    begin(entry);
    for (int n = 0; n < 30; n++) {
      wellFor(10, Is.ALONE, Is.DOWN, Is.DOWN);
      boolean ended = n >= 15;
      bench.turn(
          new Message.EntryLooked(
              entry,
              EntryRounds.of(
                  bench.clock.now(), ended ? EntryRounds.REFUSED : EntryRounds.ETCD_FAILS)));
      if (n == 14) {
        apiserverIs("ETCD_FAILS", "the apiserver does not work because etcd has lost quorum");
      }
    }
    apiserverIs("DOWN", "the apiserver is down because etcd has lost quorum");
    assertEquals(List.of(), bench.at(DOCKER).actions());
    assertEquals(List.of(), bench.at(KUBELET).actions());
    assertEquals(Level.CRITICAL, status().verdict());
  }

  private void apiserverIs(String state, String clause) {
    ApiserverStatus own =
        status().controlPlane().orElseThrow().entry().orElseThrow().apiservers().getFirst();
    assertEquals(state, own.state());
    assertTrue(own.cause().contains("quorum is lost"), own::cause);
    assertTrue(status().summary().contains(clause), status()::summary);
  }

  @Test
  void aFullDatabaseRestartsNothing() {
    outage("READ_ONLY", Is.FULL_DISK, Is.WELL, Is.WELL);
  }

  @Test
  void corruptDataRestartsNothing() {
    outage("CORRUPT", Is.CORRUPT, Is.WELL, Is.WELL);
  }

  @Test
  void aHungMemberOfThisHostRestartsNothing() {
    begin(new FakeEntry());
    wellFor(300, Is.SILENT, Is.WELL, Is.WELL);
    assertEquals(
        "HUNG",
        status().controlPlane().orElseThrow().etcd().orElseThrow().members().getFirst().state());
    assertEquals("QUORUM_AT_RISK", state());
    assertEquals(List.of(), bench.at(DOCKER).actions());
    assertEquals(List.of(), bench.at(KUBELET).actions());
  }

  @Test
  void theLoopTurnsOnWhileARoundHangsAndSaysHowOldTheEvidenceIs() {
    begin(new FakeEntry());
    bench.pass(120);
    assertEquals("QUORUM_UNKNOWN", state());
    assertEquals(Level.ATTENTION, status().verdict());
    assertTrue(
        status().controlPlane().orElseThrow().etcd().orElseThrow().summary().contains("for 120 s"));
    assertEquals(List.of(), bench.at(DOCKER).actions());
  }

  @Test
  void aKubeletThatIsDownMeanwhileIsStartedAsEverAndItsReasonNamesEtcd() {
    outage("QUORUM_LOST", Is.ALONE, Is.DOWN, Is.DOWN);
    bench.dies(KUBELET);
    String reason = status().services().getLast().reason();
    bench.pass(60);
    assertEquals(List.of("Start"), bench.at(KUBELET).actions());
    assertTrue(reason.endsWith(" Note that etcd has lost quorum."), reason);
  }

  @Test
  void aRoundOfAnEarlierConfigurationIsNotJudged() {
    bench.master(
        new Outside.MasterOutside(
            new FakeManifests(bench.clock),
            etcd,
            new FakeEntry(),
            new FakeBackups(),
            new FakeRepair(),
            List.of()));
    bench.turn(new Message.EtcdLooked(new FakeEtcd(), Rounds.well(bench.clock.now(), 100)));
    assertTrue(status().controlPlane().orElseThrow().etcd().isEmpty());
  }
}
