package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.observe.DockerInfo;
import io.hasupervisor.observe.docker.DockerLife;
import io.hasupervisor.observe.docker.DockerSeen;
import io.hasupervisor.observe.docker.SettingsSeen;
import io.hasupervisor.observe.docker.UnitSeen;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of live-restore on a disk. */
@Timeout(60)
final class LiveRestoreWatchTest {
  private static final Instant BEGUN = Instant.parse("2026-11-24T10:00:00Z");
  private static final ProcessSeen ETCD = new ProcessSeen.Alive(7, 'S', 70);
  private static final ProcessSeen OTHER = new ProcessSeen.Alive(8, 'S', 9100);

  @TempDir Path directory;
  private DockerLife life = new DockerLife(100, 1, BEGUN);
  private ProcessSeen etcd = ETCD;
  private LiveRestoreWatch watch =
      new LiveRestoreWatch(this::seen, Path.of("/nowhere"), () -> BEGUN);

  private LiveRestoreWatch watch() {
    return new LiveRestoreWatch(this::seen, directory, () -> BEGUN.plusSeconds(500));
  }

  private DockerSeen seen() {
    return new DockerSeen(
        new UnitSeen.None("-"),
        Optional.of(life),
        new DockerInfo.Answers("20.10", "overlay2", "systemd", true),
        SettingsSeen.ABSENT,
        etcd);
  }

  private List<String> codes() {
    return watch.findings().stream().map(Finding::code).toList();
  }

  private void restarted(ProcessSeen after) {
    life = new DockerLife(200, 9000, BEGUN.plusSeconds(90));
    etcd = after;
  }

  private void broken() {
    watch = watch();
    codes();
    restarted(OTHER);
    assertEquals(List.of("LIVE_RESTORE_BROKEN"), codes());
    assertFalse(watch.verified());
  }

  @Test
  void isVerifiedByALookOnly() {
    watch = watch();
    assertFalse(watch.verified());
    assertEquals(List.of(), codes());
    assertTrue(watch.verified());
  }

  @Test
  void onceBrokenItStaysSoForTheNextDaemonToo() throws Exception {
    broken();
    assertEquals(
        "etcd did not outlive a restart of docker with live-restore at 2026-11-24T10:08:20Z\n",
        Files.readString(watch.mark()));
    watch = watch();
    assertEquals(List.of("LIVE_RESTORE_BROKEN"), codes());
    assertFalse(watch.verified());
  }

  @Test
  void whoeverRemovesTheMarkForgives() throws Exception {
    broken();
    Files.delete(watch.mark());
    assertEquals(List.of(), codes());
    assertTrue(watch.verified());
  }

  @Test
  void aMarkThatCannotBeReadIsOne() throws Exception {
    watch = watch();
    Files.createDirectory(watch.mark());
    assertEquals(List.of("LIVE_RESTORE_BROKEN"), codes());
    assertFalse(watch.verified());
  }

  @Test
  void aDiskThatIsFullForgivesNothingWhileTheDaemonLives() throws Exception {
    watch = new LiveRestoreWatch(this::seen, directory.resolve("absent"), () -> BEGUN);
    codes();
    restarted(OTHER);
    assertEquals(List.of("LIVE_RESTORE_BROKEN"), codes());
    assertEquals(List.of("LIVE_RESTORE_BROKEN"), codes());
    assertFalse(watch.verified());
  }

  @Test
  void aLookThatIsBrokenOffSaysNothing() {
    watch =
        new LiveRestoreWatch(
            () -> {
              throw new InterruptedException();
            },
            directory,
            () -> BEGUN);
    assertEquals(List.of(), watch.findings());
    assertTrue(Thread.interrupted());
  }
}
