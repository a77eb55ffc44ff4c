package io.hasupervisor.assess.backup;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.BackupSettings;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.Backup.State;
import io.hasupervisor.observe.backup.BackupsSeen;
import io.hasupervisor.observe.backup.PlaceSeen;
import io.hasupervisor.observe.backup.Sidecar;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the directory of etcd's backups tells that is not as it should be (control-plane 3.6). */
public final class BackupRules {
  /** A daemon that has just begun to look has made none yet. */
  private static final Duration GRACE = Duration.ofMinutes(15);

  /** Or three times the time from one to the next, where that is longer. */
  private static final Duration CRITICAL_AGE = Duration.ofHours(24);

  /** The clock may be set by so much without a word. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private static final double CHANGE = 0.5;
  private static final int NAMED = 3;
  private static final String NOW = "ha-supervisor backup now";

  private BackupRules() {}

  /**
   * All findings.
   *
   * @param watched for how long this daemon has been able to make one
   * @param held why none is made at present, a sentence; empty where nothing holds it
   */
  public static List<Finding> findings(
      BackupSettings settings,
      PlaceSeen place,
      BackupsSeen seen,
      Instant wall,
      Duration watched,
      String held) {
    List<Finding> findings = new ArrayList<>();
    seen.problem()
        .ifPresent(
            why ->
                findings.add(
                    finding(
                        "BACKUP_DIRECTORY_UNREADABLE",
                        Severity.CRITICAL,
                        seen.directory(),
                        "The backups cannot be looked at: " + why + ".",
                        "Mend the directory, or name another one in backup.directory.")));
    if (seen.problem().isEmpty()) {
      age(settings, seen, wall, watched, held).ifPresent(findings::add);
    }
    List<Backup> verified = seen.backups().stream().filter(Backup::verified).toList();
    if (verified.size() > 1) {
      compared(verified.get(0), verified.get(1), findings);
    }
    seen.backups().stream()
        .filter(backup -> backup.state() == State.BROKEN)
        .map(BackupRules::broken)
        .forEach(findings::add);
    foreign(seen).ifPresent(findings::add);
    if (settings.sameDevice() && place.onDataDevice()) {
      findings.add(
          finding(
              "BACKUP_SAME_DEVICE",
              Severity.WARNING,
              place.directory(),
              "The backups lie on the device of etcd's data: one broken disk takes both.",
              "Mount another device there, or copy them away with backup.hook."));
    }
    return List.copyOf(findings);
  }

  private static Optional<Finding> age(
      BackupSettings settings, BackupsSeen seen, Instant wall, Duration watched, String held) {
    Optional<Backup> newest = seen.newestVerified();
    Duration age = newest.map(backup -> Duration.between(backup.at(), wall)).orElse(watched);
    boolean future = age.compareTo(AHEAD.negated()) < 0;
    Duration patience = newest.isPresent() ? settings.every().multipliedBy(2) : GRACE;
    if (!future && age.compareTo(patience) <= 0) {
      return Optional.empty();
    }
    String what =
        newest
            .map(
                backup ->
                    future
                        ? "The newest verified backup of etcd bears a time to come, %s: the clock is or was wrong, and its age is not known."
                            .formatted(backup.at())
                        : "The newest verified backup of etcd is %s old.".formatted(words(age)))
            .orElse("There is no verified backup of etcd on this host.");
    Duration three = settings.every().multipliedBy(3);
    Duration most = three.compareTo(CRITICAL_AGE) > 0 ? three : CRITICAL_AGE;
    boolean critical = !future && age.compareTo(most) > 0;
    return Optional.of(
        finding(
            "BACKUP_OLD",
            critical ? Severity.CRITICAL : Severity.WARNING,
            seen.directory(),
            held.isEmpty() ? what : what + " " + held,
            "Make one, which also says what hinders it: " + NOW));
  }

  private static void compared(Backup newest, Backup before, List<Finding> findings) {
    boolean sameCluster =
        newest
            .sidecar()
            .flatMap(Sidecar::cluster)
            .equals(before.sidecar().flatMap(Sidecar::cluster));
    if (sameCluster && newest.revision() < before.revision()) {
      findings.add(
          finding(
              "BACKUP_REVISION_BACK",
              Severity.CRITICAL,
              newest.file(),
              "It holds revision %d, and the backup before it %d: etcd has lost data, or was restored."
                  .formatted(newest.revision(), before.revision()),
              "If nobody restored etcd, keep a copy of %s elsewhere and stop all changes."
                  .formatted(before.file())));
    }
    if (Math.abs(newest.size() - before.size()) > CHANGE * before.size()) {
      findings.add(
          finding(
              "BACKUP_SIZE_CHANGED",
              Severity.WARNING,
              newest.file(),
              "It has %d KiB, and the backup before it had %d KiB."
                  .formatted(newest.size() >> 10, before.size() >> 10),
              "Expected after a defragmentation or many new objects; otherwise look what was"
                  + " written or removed."));
    }
  }

  private static Finding broken(Backup backup) {
    return finding(
        "BACKUP_CORRUPT",
        Severity.CRITICAL,
        backup.file(),
        "It cannot be restored from: " + backup.problem() + ".",
        "Look at the disk it lies on (journalctl -k), make a new one (%s), then remove this one."
            .formatted(NOW));
  }

  private static Optional<Finding> foreign(BackupsSeen seen) {
    List<Path> foreign = seen.foreign();
    List<String> names =
        foreign.stream().limit(NAMED).map(path -> String.valueOf(path.getFileName())).toList();
    return foreign.isEmpty()
        ? Optional.empty()
        : Optional.of(
            finding(
                "BACKUP_FOREIGN_FILE",
                Severity.ADVICE,
                seen.directory(),
                "%d of its files are not this cluster's backups (%s%s): they are left alone and take room."
                    .formatted(
                        foreign.size(),
                        String.join(", ", names),
                        foreign.size() > NAMED ? ", ..." : ""),
                "Move them to another directory."));
  }

  private static String words(Duration age) {
    return age.toHours() < 48
        ? age.toHours() + " h " + age.toMinutesPart() + " min"
        : age.toDays() + " days";
  }

  private static Finding finding(
      String code, Severity severity, Path subject, String text, String cure) {
    return Finding.of(code, severity, subject.toString(), text, cure);
  }
}
