package io.hasupervisor.act.backup;

import io.hasupervisor.act.backup.Progress.Step;
import io.hasupervisor.cluster.BackupSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.backup.Permission;
import io.hasupervisor.decide.backup.Refusal;
import io.hasupervisor.decide.backup.Retention;
import io.hasupervisor.host.AtomicFile;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.Durable;
import io.hasupervisor.host.ProcessLock;
import io.hasupervisor.host.Reason;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.BackupName;
import io.hasupervisor.observe.backup.BackupsSeen;
import io.hasupervisor.observe.backup.Pace;
import io.hasupervisor.observe.backup.Sidecar;
import io.hasupervisor.observe.backup.SnapshotCheck.Checked;
import io.hasupervisor.observe.backup.Space;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.SnapshotStream;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinylog.Logger;

/** Makes one backup of etcd: the same for the daemon and the command, and one at a time. */
public final class EtcdBackup {
  /** An operator who wants nothing done to this host makes this file. */
  public static final Path MAINTENANCE = Path.of("/etc/ha-supervisor/no-repair");

  /** Part of the file system that all backups may take. */
  private static final double QUOTA = 0.20;

  private final Master master;
  private final BackupFolder folder;
  private final Clock clock;
  private final Path maintenance;
  private final PartFile.Opening opening;
  private final Room room;

  /** Asks for the room on a file system; a seam for tests. */
  interface Room {
    Space at(Path path) throws IOException;
  }

  /** Nothing is looked at yet. */
  public EtcdBackup(Master master, Clock clock) {
    this(master, clock, MAINTENANCE, PartFile::create, Space::at);
  }

  EtcdBackup(Master master, Clock clock, Path maintenance, PartFile.Opening opening, Room room) {
    this.master = master;
    this.folder = new BackupFolder(master);
    this.clock = clock;
    this.maintenance = maintenance;
    this.opening = opening;
    this.room = room;
  }

  /** What ends a backup, as a sentence and its cure. */
  private static final class Stopped extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Refusal why;

    Stopped(Refusal why) {
      super(why.text());
      this.why = why;
    }
  }

  private record Before(Header read, StatusSeen status, Duration begun, Instant wall) {}

  /** Makes one, and removes old ones after it. */
  public BackupResult run(Source source, Progress progress) throws InterruptedException {
    try {
      stopFor(
          Files.exists(maintenance, LinkOption.NOFOLLOW_LINKS)
              ? Permission.maintenance(maintenance)
              : Optional.empty());
      stopFor(folder.prepare());
      try (ProcessLock _ = folder.lock(Duration.ZERO)) {
        folder.shut();
        BackupsSeen seen = folder.look();
        discard(seen.leftovers());
        Backup made = make(source, seen, progress);
        List<Path> removed = prune();
        progress.reached(Step.PRUNED);
        return new BackupResult.Made(made, removed);
      }
    } catch (Stopped e) {
      return new BackupResult.Failed(e.why);
    } catch (ProcessLock.Held e) {
      return new BackupResult.Failed(
          new Refusal(
              "BACKUP_RUNNING",
              "Another ha-supervisor (pid %s) is making a backup.".formatted(e.holder()),
              "Wait until it has ended."));
    } catch (IOException e) {
      return new BackupResult.Failed(failed(Reason.withFile(e)));
    }
  }

  private Backup make(Source source, BackupsSeen seen, Progress progress)
      throws IOException, InterruptedException, Stopped {
    Duration begun = clock.now();
    Instant wall = clock.wall();
    Answer<Header> read = source.read();
    Answer<StatusSeen> status = source.status();
    stopFor(Permission.of(read, status));
    Before before = new Before(read.got().orElseThrow(), status.got().orElseThrow(), begun, wall);
    long dbSize = Math.max(0, before.status().dbSize());
    stopFor(Permission.space(folder.etcd(), room.at(folder.etcd()), dbSize));
    BackupName name = freeName(before);
    Path part = folder.etcd().resolve(name + ".db.part");
    try {
      Checked checked = streamed(source, part, dbSize, progress);
      Sidecar sidecar = sidecar(seen.nextSequence(), before, checked);
      AtomicFile.write(Backup.sidecarOf(folder.etcd(), name), sidecar.encode());
      progress.reached(Step.DESCRIBED);
      Path file = Backup.fileOf(folder.etcd(), name);
      Durable.rename(part, file);
      progress.reached(Step.IN_PLACE);
      return new Backup(file, name, checked.size(), Optional.of(sidecar));
    } catch (IOException | InterruptedException | Stopped e) {
      discard(List.of(part));
      if (Files.notExists(Backup.fileOf(folder.etcd(), name), LinkOption.NOFOLLOW_LINKS)) {
        discard(List.of(Backup.sidecarOf(folder.etcd(), name)));
      }
      throw e;
    }
  }

  private Checked streamed(Source source, Path part, long dbSize, Progress progress)
      throws IOException, InterruptedException, Stopped {
    BackupSettings settings = master.backup();
    SnapshotWriter writer =
        new SnapshotWriter(clock, opening, Pace.of(settings.bytesPerSecond()), progress);
    Checked checked;
    try (SnapshotStream stream = source.snapshot()) {
      checked = writer.write(stream, part, 2 * dbSize + (1L << 30));
    }
    progress.reached(Step.STREAMED);
    if (checked.problem().isPresent()) {
      throw new Stopped(failed("the snapshot is not whole: " + checked.problem().get()));
    }
    progress.reached(Step.VERIFIED);
    return checked;
  }

  private Sidecar sidecar(long sequence, Before before, Checked checked) {
    Header read = before.read();
    StatusSeen status = before.status();
    return new Sidecar(
        sequence,
        before.wall(),
        checked.sha256(),
        checked.size(),
        Optional.of(read.cluster()),
        Optional.of(read.member()),
        read.revision(),
        read.term(),
        status.version(),
        status.dbSize(),
        status.inUse(),
        clock.now().minus(before.begun()),
        clock.wall(),
        "");
  }

  /** Two of one second and revision are told apart by a later second. */
  private BackupName freeName(Before before) {
    Instant at = before.wall();
    while (true) {
      BackupName name = new BackupName(master.cluster().name(), at, before.read().revision());
      if (Files.notExists(Backup.fileOf(folder.etcd(), name), LinkOption.NOFOLLOW_LINKS)) {
        return name;
      }
      at = at.plusSeconds(1);
    }
  }

  /** What cannot be removed is tried again after the next one. */
  private List<Path> prune() throws IOException {
    long quota = (long) (QUOTA * room.at(folder.etcd()).total());
    List<Path> removed = new ArrayList<>();
    for (Backup old :
        new Retention(master.backup().keep(), quota).expired(folder.look().backups())) {
      // A sidecar without its file is a leftover; a file without its sidecar would be checked anew.
      if (discard(List.of(old.file()))) {
        removed.add(old.file());
        discard(List.of(Backup.sidecarOf(folder.etcd(), old.name())));
      }
    }
    return removed;
  }

  private static boolean discard(List<Path> files) {
    boolean all = true;
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        all = false;
        Logger.warn("{} cannot be removed: {}", file, Reason.of(e));
      }
    }
    return all;
  }

  private static void stopFor(Optional<Refusal> refusal) throws Stopped {
    if (refusal.isPresent()) {
      throw new Stopped(refusal.get());
    }
  }

  private static Refusal failed(String why) {
    return new Refusal(
        "BACKUP_FAILED",
        "The last backup of etcd failed, and those before it are kept: %s.".formatted(why),
        "It is tried again by itself; to see it fail: ha-supervisor backup now");
  }
}
