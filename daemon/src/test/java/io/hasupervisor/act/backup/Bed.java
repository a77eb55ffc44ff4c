package io.hasupervisor.act.backup;

import io.hasupervisor.cluster.BackupSettings;
import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.CredentialSettings;
import io.hasupervisor.cluster.KubeletSettings;
import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.BackupsSeen;
import io.hasupervisor.observe.backup.Snapshots;
import io.hasupervisor.observe.backup.Space;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.SnapshotStream;
import io.hasupervisor.observe.etcd.SnapshotStream.Piece;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A master below a temporary directory, and a member of etcd that sends what the test wants. */
public final class Bed implements Source {
  /** Anything an interrupted backup must not catch: stands for kill -9. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  final Path root;
  public final Master master;
  byte[] snapshot = Snapshots.whole(8, 1);
  int pieces = 1000;
  long revision = 100;
  long missing;
  boolean endless;
  int cutAfter = Integer.MAX_VALUE;
  Optional<IOException> breaks = Optional.empty();
  boolean learner;
  Space space = new Space(100L << 30, 50L << 30);
  PartFile.Opening opening = PartFile::create;
  Duration perPiece = Duration.ZERO;
  Instant wall = Instant.parse("2026-01-31T14:15:00Z");
  private Duration now = Duration.ofDays(1);

  final Clock clock =
      new Clock() {
        @Override
        public Duration now() {
          return now;
        }

        @Override
        public Instant wall() {
          return wall;
        }
      };

  public Bed(Path root) throws IOException {
    this(root, true);
  }

  Bed(Path root, boolean sameDevice) throws IOException {
    this.root = root.toRealPath();
    Path data = Files.createDirectories(this.root.resolve("var/etcd/data"));
    BackupSettings all = BackupSettings.DEFAULT;
    BackupSettings settings =
        new BackupSettings(
            true,
            this.root.resolve("backups"),
            all.every(),
            all.keep(),
            sameDevice,
            1L << 40,
            List.of());
    Master watched =
        Master.watched(
            Profile.SEED,
            new Master.Node("m1", "10.0.0.1"),
            new Cluster(
                "c",
                Map.of("m1", "10.0.0.1"),
                Optional.empty(),
                "10.254.0.0/16",
                "10.244.0.0/16",
                "cluster.local",
                new Cluster.Etcd(data, Optional.empty(), false, "t", Optional.empty(), false)),
            new ManifestSettings(
                this.root.resolve("manifests"), List.of(), false, false, Path.of("/none")),
            new CredentialSettings(
                this.root.resolve("srv"), Duration.ofDays(30), Duration.ofDays(7)),
            new KubeletSettings(this.root.resolve("etc/kubelet")));
    this.master = with(watched, settings);
  }

  static Master with(Master master, BackupSettings settings) {
    return master.with(settings);
  }

  public BackupResult run() throws InterruptedException {
    return run(Progress.none());
  }

  BackupResult run(Progress progress) throws InterruptedException {
    wall = wall.plusSeconds(3600);
    return new EtcdBackup(master, clock, root.resolve("no-repair"), opening, _ -> space)
        .run(this, progress);
  }

  Backup made() throws InterruptedException {
    return switch (run()) {
      case BackupResult.Made made -> made.backup();
      case BackupResult.Failed failed -> throw new AssertionError(failed.why().text());
    };
  }

  String refused() throws InterruptedException {
    return run().failure().orElseThrow(() -> new AssertionError("it was made")).text();
  }

  public BackupsSeen seen() {
    return new BackupFolder(master).look();
  }

  List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("backups/etcd"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public Answer<Header> read() {
    return new Answer.Got<>(
        new Header(new EtcdId(1), new EtcdId(2), revision, 3), Duration.ofMillis(1));
  }

  @Override
  public Answer<StatusSeen> status() {
    Header header = new Header(new EtcdId(1), new EtcdId(2), revision, 3);
    return new Answer.Got<>(
        new StatusSeen(
            header,
            "3.4.23",
            EtcdId.of(2),
            9,
            9,
            snapshot.length,
            snapshot.length,
            learner,
            List.of()),
        Duration.ofMillis(1));
  }

  @Override
  public SnapshotStream snapshot() {
    return new SnapshotStream() {
      private int at;

      @Override
      public Optional<Piece> next(Duration stall) throws IOException {
        now = now.plus(perPiece);
        if (perPiece.compareTo(stall) > 0) {
          throw new IOException("etcd sent nothing for " + stall.toSeconds() + " s");
        }
        if (endless) {
          return Optional.of(new Piece(new byte[1 << 20], 1));
        }
        if (at >= cutAfter && breaks.isPresent()) {
          throw breaks.get();
        }
        int end = Math.min(Math.min(snapshot.length, cutAfter), at + pieces);
        if (at >= end) {
          return Optional.empty();
        }
        byte[] bytes = Arrays.copyOfRange(snapshot, at, end);
        at = end;
        return Optional.of(new Piece(bytes, Math.max(0, snapshot.length - 32 - at) + missing));
      }

      @Override
      public void close() {}
    };
  }
}
