package io.hasupervisor.loop;

import io.hasupervisor.act.backup.BackupResult;
import io.hasupervisor.act.backup.FilesArchive.Archived;
import io.hasupervisor.decide.backup.Refusal;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.BackupName;
import io.hasupervisor.observe.backup.BackupsSeen;
import io.hasupervisor.observe.backup.PlaceSeen;
import io.hasupervisor.observe.backup.Sidecar;
import io.hasupervisor.observe.etcd.EtcdId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A directory of backups in memory, and a member that can be backed up or not. */
final class FakeBackups implements BackupWorld {
  static final Path DIRECTORY = Path.of("/var/backups/ha-supervisor");

  final List<Backup> kept = new ArrayList<>();
  final List<Path> foreign = new ArrayList<>();
  final List<String> done = new ArrayList<>();
  Instant wall = Instant.parse("2026-01-01T00:00:00Z");
  Optional<Refusal> fails = Optional.empty();
  Optional<String> hookFails = Optional.empty();
  Optional<Path> inside = Optional.empty();
  String found = "";
  List<String> left = List.of();
  private long sequence;

  @Override
  public PlaceSeen place() {
    return new PlaceSeen(
        DIRECTORY, 0, List.of(), Optional.of(1L), Optional.of(2L), inside, Optional.empty());
  }

  @Override
  public synchronized BackupsSeen look() {
    return new BackupsSeen(DIRECTORY, kept, foreign, List.of(), Optional.empty());
  }

  @Override
  public synchronized BackupResult backUp() {
    done.add("backup");
    if (fails.isPresent()) {
      return new BackupResult.Failed(fails.get());
    }
    Backup made = backup(wall, 100 + sequence, "");
    kept.add(made);
    return new BackupResult.Made(made, List.of());
  }

  Backup backup(Instant at, long revision, String problem) {
    BackupName name = new BackupName("c", at, revision);
    sequence++;
    Sidecar sidecar =
        new Sidecar(
            sequence,
            at,
            "ab".repeat(32),
            4096,
            EtcdId.of(1),
            EtcdId.of(2),
            revision,
            1,
            "3.4.23",
            4096,
            4096,
            Duration.ofSeconds(1),
            at,
            problem);
    return new Backup(Backup.fileOf(DIRECTORY, name), name, 4096, Optional.of(sidecar));
  }

  @Override
  public Optional<String> hook(Path backup) {
    done.add("hook");
    return hookFails;
  }

  @Override
  public synchronized Backup verify(Backup backup) throws IOException {
    done.add("verify");
    Backup checked =
        new Backup(
            backup.file(),
            backup.name(),
            backup.size(),
            backup.sidecar().map(known -> known.checked(wall, found)));
    kept.remove(backup);
    kept.add(checked);
    return checked;
  }

  @Override
  public Archived archive(Map<String, byte[]> made) {
    done.add("archive " + made.keySet());
    return new Archived(Optional.empty(), left);
  }
}
