package io.hasupervisor.act.backup;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.AtomicFile;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.ProcessLock;
import io.hasupervisor.host.Reason;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.Pace;
import io.hasupervisor.observe.backup.Sidecar;
import io.hasupervisor.observe.backup.SnapshotCheck.Checked;
import io.hasupervisor.observe.backup.SnapshotFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Reads a backup again from first to last byte, and notes beside it what was found. */
public record Verification(Master master, Clock clock) {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final String UNREAD = "0".repeat(64);

  /**
   * Checks one.
   *
   * @param read is told how many bytes were read
   * @return it, with what is known now
   * @throws IOException where that cannot be noted
   */
  public Backup check(Backup backup, LongConsumer read) throws IOException, InterruptedException {
    Sidecar found = found(backup, read);
    try (ProcessLock _ = new BackupFolder(master).lock(WAIT)) {
      Path directory = backup.file().resolveSibling(".").normalize();
      AtomicFile.write(Backup.sidecarOf(directory, backup.name()), found.encode());
    }
    return new Backup(backup.file(), backup.name(), backup.size(), Optional.of(found));
  }

  private Sidecar found(Backup backup, LongConsumer read) throws InterruptedException {
    try {
      Checked checked =
          SnapshotFile.check(backup.file(), Pace.of(master.backup().bytesPerSecond()), read);
      Optional<String> changed =
          backup
              .sidecar()
              .filter(known -> !known.sha256().equals(checked.sha256()))
              .map(known -> "its SHA-256 is not the one it was made with");
      return noted(backup, checked, checked.problem().or(() -> changed).orElse(""));
    } catch (IOException e) {
      return noted(
          backup,
          new Checked(backup.size(), UNREAD, Optional.empty()),
          "it cannot be read: " + Reason.of(e));
    }
  }

  private Sidecar noted(Backup backup, Checked checked, String problem) {
    return backup
        .sidecar()
        .map(known -> known.checked(clock.wall(), problem))
        .orElseGet(
            () ->
                new Sidecar(
                    0,
                    backup.at(),
                    checked.sha256(),
                    checked.size(),
                    Optional.empty(),
                    Optional.empty(),
                    backup.revision(),
                    0,
                    "",
                    -1,
                    -1,
                    Duration.ZERO,
                    clock.wall(),
                    problem));
  }
}
