package io.hasupervisor.assess.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.BackupSettings;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.BackupName;
import io.hasupervisor.observe.backup.BackupsSeen;
import io.hasupervisor.observe.backup.PlaceSeen;
import io.hasupervisor.observe.backup.Sidecar;
import io.hasupervisor.observe.etcd.EtcdId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BackupRulesTest {
  private static final Path HERE = Path.of("/var/backups/ha-supervisor/etcd");
  private static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");
  private static final BackupSettings USUAL = BackupSettings.DEFAULT;

  private static Backup backup(
      long sequence, Duration age, long revision, long size, long cluster, String problem) {
    Instant at = NOW.minus(age);
    BackupName name = new BackupName("c", at, revision);
    Sidecar sidecar =
        new Sidecar(
            sequence,
            at,
            "0f".repeat(32),
            size,
            EtcdId.of(cluster),
            EtcdId.of(2),
            revision,
            1,
            "3.4.23",
            100,
            100,
            Duration.ofSeconds(1),
            at,
            problem);
    return new Backup(Path.of(HERE + "/" + name + ".db"), name, size, Optional.of(sidecar));
  }

  private static Backup aged(Duration age) {
    return backup(1, age, 100, 4096, 1, "");
  }

  private static List<String> codes(BackupsSeen seen, Duration watched) {
    return findings(USUAL, seen, watched).stream()
        .map(
            finding -> {
              assertTrue(
                  !finding.text().isBlank() && !finding.cure().isBlank(), finding.toString());
              return finding.severity() + " " + finding.code();
            })
        .toList();
  }

  private static List<Finding> findings(
      BackupSettings settings, BackupsSeen seen, Duration watched) {
    PlaceSeen place =
        new PlaceSeen(
            HERE,
            0,
            List.of(),
            Optional.of(1L),
            Optional.of(1L),
            Optional.empty(),
            Optional.empty());
    return BackupRules.findings(settings, place, seen, NOW, watched, "etcd is down.");
  }

  private static List<String> codes(Backup... backups) {
    return codes(
        new BackupsSeen(HERE, List.of(backups), List.of(), List.of(), Optional.empty()),
        Duration.ofDays(9));
  }

  @Test
  void twoHoursWithoutOneIsAWarningAndADayIsCritical() {
    assertEquals(List.of(), codes(aged(Duration.ofHours(2))));
    assertEquals(List.of("WARNING BACKUP_OLD"), codes(aged(Duration.ofMinutes(121))));
    assertEquals(List.of("WARNING BACKUP_OLD"), codes(aged(Duration.ofHours(24))));
    assertEquals(List.of("CRITICAL BACKUP_OLD"), codes(aged(Duration.ofMinutes(24 * 60 + 1))));
  }

  @Test
  void oneThatIsNotVerifiedDoesNotCount() {
    Backup bad = backup(2, Duration.ofMinutes(1), 101, 4096, 1, "a bit");
    assertEquals(
        List.of("CRITICAL BACKUP_OLD", "CRITICAL BACKUP_CORRUPT"),
        codes(bad, aged(Duration.ofDays(2))));
  }

  @Test
  void noneAtAllIsToldOnceThereWasTimeForOne() {
    BackupsSeen none = new BackupsSeen(HERE, List.of(), List.of(), List.of(), Optional.empty());
    assertEquals(List.of(), codes(none, Duration.ofMinutes(15)));
    assertEquals(List.of("WARNING BACKUP_OLD"), codes(none, Duration.ofMinutes(16)));
    assertEquals(List.of("CRITICAL BACKUP_OLD"), codes(none, Duration.ofHours(25)));
    assertTrue(
        findings(USUAL, none, Duration.ofHours(1)).getFirst().text().contains("etcd is down."));
  }

  @Test
  void oneFromTheFutureIsNotTakenForAFreshOne() {
    assertEquals(List.of("WARNING BACKUP_OLD"), codes(aged(Duration.ofDays(-400))));
    assertEquals(List.of(), codes(aged(Duration.ofMinutes(-4))));
  }

  @Test
  void aRevisionThatWentBackAndASizeThatJumpedAreTold() {
    Backup before = backup(1, Duration.ofHours(1), 100, 4096, 1, "");
    Duration fresh = Duration.ofMinutes(1);
    assertEquals(List.of(), codes(before, backup(2, fresh, 100, 6144, 1, "")));
    assertEquals(
        List.of("CRITICAL BACKUP_REVISION_BACK"), codes(before, backup(2, fresh, 99, 4096, 1, "")));
    assertEquals(List.of(), codes(before, backup(2, fresh, 99, 4096, 9, "")), "another cluster");
    assertEquals(
        List.of("WARNING BACKUP_SIZE_CHANGED"), codes(before, backup(2, fresh, 101, 6145, 1, "")));
    assertEquals(
        List.of("WARNING BACKUP_SIZE_CHANGED"), codes(before, backup(2, fresh, 101, 2047, 1, "")));
  }

  @Test
  void foreignFilesAreNamedAndAnAllowedSameDeviceStaysAWarning() {
    BackupsSeen seen =
        new BackupsSeen(
            HERE,
            List.of(aged(Duration.ZERO)),
            List.of(HERE.resolve("x"), HERE.resolve("y")),
            List.of(),
            Optional.empty());
    BackupSettings allowed =
        new BackupSettings(
            true, HERE, USUAL.every(), USUAL.keep(), true, USUAL.bytesPerSecond(), List.of());
    List<Finding> findings = findings(allowed, seen, Duration.ZERO);
    assertEquals(
        List.of("BACKUP_FOREIGN_FILE", "BACKUP_SAME_DEVICE"),
        findings.stream().map(Finding::code).toList());
    assertTrue(findings.getFirst().text().contains("x, y"));
    assertEquals(Severity.WARNING, findings.getLast().severity());
  }

  @Test
  void aDirectoryThatCannotBeReadIsCritical() {
    assertEquals(
        List.of("CRITICAL BACKUP_DIRECTORY_UNREADABLE"),
        codes(BackupsSeen.unknown(HERE, "Input/output error"), Duration.ofDays(1)));
  }
}
