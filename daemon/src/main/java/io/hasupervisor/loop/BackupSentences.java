package io.hasupervisor.loop;

import io.hasupervisor.decide.backup.Refusal;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.BackupsSeen;
import io.hasupervisor.observe.backup.Sidecar;
import io.hasupervisor.publish.ControlPlane.BackupStatus;
import java.time.Instant;
import java.util.Optional;

/** The backups for people. */
final class BackupSentences {
  private BackupSentences() {}

  static BackupStatus off(String why) {
    return new BackupStatus(
        "OFF",
        why,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty());
  }

  /**
   * What is known.
   *
   * @param failure of the last try
   * @param held why none is made now
   */
  static BackupStatus of(
      BackupsSeen seen,
      boolean running,
      Optional<Refusal> failure,
      Optional<Refusal> held,
      Instant next) {
    Optional<Backup> newest = seen.newestVerified();
    String state = running ? "RUNNING" : failure.isPresent() ? "FAILING" : "WAITING";
    String reason =
        running
            ? "A backup of etcd is being made."
            : held.or(() -> failure)
                .map(Refusal::text)
                .orElse(
                    newest.isPresent()
                        ? "The next backup of etcd is made in its time."
                        : "The first backup of etcd is about to be made.");
    return new BackupStatus(
        state,
        reason,
        newest.map(Backup::at),
        newest.map(backup -> backup.file().toString()),
        newest.map(Backup::revision),
        newest.flatMap(Backup::sidecar).map(Sidecar::sha256),
        newest.map(Backup::size),
        (int) seen.backups().stream().filter(Backup::verified).count(),
        Optional.of(next));
  }
}
