package io.hasupervisor;

import io.hasupervisor.act.backup.BackupFolder;
import io.hasupervisor.act.backup.BackupResult;
import io.hasupervisor.act.backup.EtcdBackup;
import io.hasupervisor.act.backup.FilesArchive;
import io.hasupervisor.act.backup.Hook;
import io.hasupervisor.act.backup.MasterFiles;
import io.hasupervisor.act.backup.Progress;
import io.hasupervisor.act.backup.Source;
import io.hasupervisor.act.backup.Verification;
import io.hasupervisor.cluster.BackupSettings.Keep;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.backup.Permission;
import io.hasupervisor.decide.backup.Refusal;
import io.hasupervisor.host.Clock;
import io.hasupervisor.loop.BackupWorld;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.BackupsSeen;
import io.hasupervisor.observe.backup.PlaceSeen;
import io.hasupervisor.observe.etcd.EtcdChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The directory of one master's backups, and its member of etcd: part of the wiring. */
final class MasterBackups implements BackupWorld {
  private final Master master;
  private final Clock clock;
  private final Path stateDir;
  private final Path config;
  private final BackupFolder folder;

  /** Looks at nothing yet; {@code config} is the directory of the configuration. */
  MasterBackups(Master master, Clock clock, Path stateDir, Path config) {
    this.master = master;
    this.clock = clock;
    this.stateDir = stateDir;
    this.config = config;
    this.folder = new BackupFolder(master);
  }

  @Override
  public PlaceSeen place() {
    return PlaceSeen.look(master);
  }

  @Override
  public BackupsSeen look() {
    return folder.look();
  }

  @Override
  public BackupResult backUp() throws InterruptedException {
    Optional<String> own = master.etcd().local();
    if (own.isEmpty()) {
      return new BackupResult.Failed(Permission.noMember().orElseThrow());
    }
    try (EtcdChannel channel = EtcdChannel.to(own.get(), master.etcd().tls())) {
      return new EtcdBackup(master, clock).run(Source.of(channel), Progress.none());
    }
  }

  @Override
  public Optional<String> hook(Path backup) throws InterruptedException {
    return Hook.of(master.backup().hook(), stateDir).run(backup);
  }

  @Override
  public Backup verify(Backup backup) throws IOException, InterruptedException {
    return new Verification(master, clock).check(backup, _ -> {});
  }

  @Override
  public FilesArchive.Archived archive(Map<String, byte[]> made) throws IOException {
    Optional<Refusal> refusal = folder.prepare();
    if (refusal.isPresent()) {
      throw new IOException(refusal.get().text());
    }
    Keep keep = master.backup().keep();
    int kept = keep.hourly() + keep.daily() + keep.weekly();
    return new FilesArchive(folder, clock, Math.max(1, kept))
        .archive(new MasterFiles(master, stateDir, config).roots(), made);
  }
}
