package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.cluster.BackupSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.backup.PermissionTest;
import io.hasupervisor.decide.backup.Refusal;
import io.hasupervisor.host.Clock;
import io.hasupervisor.publish.ControlPlane.BackupStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The keeper, step by step, without its thread. */
final class BackupKeeperTest {
  private static final Refusal BROKEN = new Refusal("BACKUP_FAILED", "It broke.", "Mend it.");

  private final FakeBackups world = new FakeBackups();
  private final Inbox inbox = new Inbox();
  private Duration now = Duration.ofDays(1);
  private final Clock clock =
      new Clock() {
        @Override
        public Duration now() {
          return now;
        }

        @Override
        public Instant wall() {
          return world.wall;
        }
      };
  private BackupKeeper keeper = keeper(Masters.m1());
  private BackupStatus status = BackupSentences.off("");
  private List<String> codes = List.of();

  private BackupKeeper keeper(Master master) {
    return new BackupKeeper(master, world, clock, inbox, _ -> 0);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    world.wall = world.wall.plus(time);
  }

  /** Time passes, step by step. */
  private void run(Duration time) throws InterruptedException {
    Duration end = now.plus(time);
    while (now.compareTo(end) < 0) {
      step();
      pass(BackupKeeper.STEP_EVERY);
    }
  }

  private void step() throws InterruptedException {
    keeper.step();
    for (Message message : inbox.take(Duration.ZERO)) {
      switch (message) {
        case Message.BackedUp told -> status = told.status();
        case Message.Inspected inspected ->
            codes = inspected.findings().stream().map(Finding::code).toList();
        default -> throw new AssertionError(message);
      }
    }
  }

  private void etcd(ClusterState state, MemberState own) {
    keeper.judged(PermissionTest.view(state, own, false, 0), now);
  }

  private long count(String what) {
    return Collections.frequency(world.done, what);
  }

  @Test
  void makesOneAnHourOnceEtcdIsKnownToBeWell() throws InterruptedException {
    run(Duration.ofMinutes(5));
    assertEquals(0, count("backup"));
    assertEquals("etcd has not been asked yet.", status.reason());
    etcd(ClusterState.SINGLE, MemberState.HEALTHY);
    run(Duration.ofHours(10));
    assertTrue(count("backup") == 10 || count("backup") == 11, "made " + count("backup"));
    assertEquals(List.of(), codes);
    assertEquals("WAITING", status.state());
    assertEquals(world.kept.size(), status.kept());
    assertTrue(status.file().orElse("").startsWith("/var/backups/ha-supervisor/etcd-c-"));
    assertEquals(count("backup"), count("hook"));
  }

  @Test
  void makesNoneWhileEtcdIsNotWellAndSaysWhy() throws InterruptedException {
    etcd(ClusterState.QUORUM_LOST, MemberState.LOCAL_ONLY);
    run(Duration.ofHours(3));
    assertEquals(0, count("backup"));
    assertTrue(status.reason().contains("Nothing proves"), status.reason());
    assertEquals(List.of("BACKUP_OLD"), codes);
    etcd(ClusterState.SINGLE, MemberState.HEALTHY);
    step();
    assertEquals(1, count("backup"));
    assertEquals(List.of(), codes);
  }

  @Test
  void failuresAreToldAndTriedAgainEverMoreSlowly() throws InterruptedException {
    etcd(ClusterState.SINGLE, MemberState.HEALTHY);
    step();
    world.fails = Optional.of(BROKEN);
    run(Duration.ofHours(24));
    assertTrue(count("backup") > 20 && count("backup") < 60, "tried " + count("backup"));
    assertEquals(List.of("BACKUP_OLD", "BACKUP_FAILED"), codes);
    assertEquals("FAILING", status.state());
    world.fails = Optional.empty();
    run(Duration.ofMinutes(31));
    assertEquals(List.of(), codes);
    assertEquals("WAITING", status.state());
  }

  @Test
  void whatTheMemberRefusesIsAFailureWithItsReason() throws InterruptedException {
    etcd(ClusterState.SINGLE, MemberState.HEALTHY);
    world.fails = Optional.of(new Refusal("LEARNER", "It is a learner.", "Promote it."));
    step();
    assertEquals(List.of("BACKUP_FAILED"), codes);
  }

  @Test
  void oneThatACommandMakesMeanwhileIsNoFailure() throws InterruptedException {
    etcd(ClusterState.SINGLE, MemberState.HEALTHY);
    world.fails = Optional.of(new Refusal("BACKUP_RUNNING", "Another is.", "Wait."));
    step();
    assertEquals(List.of(), codes);
  }

  @Test
  void aHookThatFailsIsAWarningAndTheBackupStands() throws InterruptedException {
    etcd(ClusterState.SINGLE, MemberState.HEALTHY);
    world.hookFails = Optional.of("no route to host");
    step();
    assertEquals(List.of("BACKUP_HOOK_FAILED"), codes);
    assertEquals(1, status.kept());
    world.hookFails = Optional.empty();
    run(Duration.ofHours(2));
    assertEquals(List.of(), codes);
  }

  @Test
  void aPlaceThatIsNoGoodIsToldAndNothingIsWritten() throws InterruptedException {
    world.inside = Optional.of(Path.of("/var"));
    etcd(ClusterState.SINGLE, MemberState.HEALTHY);
    run(Duration.ofMinutes(5));
    assertEquals(0, count("backup"));
    assertEquals(List.of("BACKUP_DIRECTORY_INSIDE"), codes);
  }

  @Test
  void oneIsReadAgainEachDayAndADamagedOneIsTold() throws InterruptedException {
    etcd(ClusterState.SINGLE, MemberState.HEALTHY);
    run(Duration.ofHours(23));
    assertEquals(0, count("verify"));
    run(Duration.ofDays(5));
    assertTrue(count("verify") == 5 || count("verify") == 4, "read " + count("verify"));
    world.found = "its bytes do not have the SHA-256 at its end";
    run(Duration.ofHours(26));
    assertTrue(codes.contains("BACKUP_CORRUPT"), codes.toString());
  }

  @Test
  void theMastersFilesAreArchivedEveryHourWithTheMembersOnceKnown() throws InterruptedException {
    run(Duration.ofMinutes(5));
    assertEquals(List.of(), world.done);
    etcd(ClusterState.SINGLE, MemberState.HEALTHY);
    run(Duration.ofMinutes(125));
    assertEquals(3, count("archive [ha-supervisor-backup/etcd-members.txt]"));
    world.left = List.of("/srv/kubernetes/large: larger than 1048576 bytes");
    run(Duration.ofHours(1));
    assertEquals(List.of("BACKUP_FILES_INCOMPLETE"), codes);
  }

  @Test
  void doesNothingWhereItIsSwitchedOff() throws InterruptedException {
    Master master = Masters.m1();
    BackupSettings all = BackupSettings.DEFAULT;
    keeper =
        keeper(
            master.with(
                new BackupSettings(
                    false, all.directory(), all.every(), all.keep(), false, 1, List.of())));
    etcd(ClusterState.SINGLE, MemberState.HEALTHY);
    run(Duration.ofHours(3));
    assertEquals(List.of(), world.done);
    assertEquals("OFF", status.state());
    assertEquals(List.of(), codes);
  }
}
