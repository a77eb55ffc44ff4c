package io.hasupervisor.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.backup.BackupResult;
import io.hasupervisor.act.backup.EtcdBackup;
import io.hasupervisor.act.backup.Progress;
import io.hasupervisor.act.backup.Source;
import io.hasupervisor.cluster.BackupSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.SystemClock;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.Pace;
import io.hasupervisor.observe.backup.SnapshotFile;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdChannel;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.SnapshotStream;
import io.hasupervisor.observe.etcd.SnapshotStream.Piece;
import io.hasupervisor.observe.etcd.StatusSeen;
import io.hasupervisor.observe.etcd.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a real member: whole ones restored, damaged ones and cut streams refused. */
@Timeout(180)
final class EtcdBackupTest {
  private static final int MIB = 1 << 20;
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String NEEDLE = "a value to be found in the file";

  private static final List<String> NAMES =
      Stream.iterate('a', name -> (char) (name + 1)).limit(16).map(name -> "key-" + name).toList();

  @TempDir Path directory;
  private EtcdCluster cluster;
  private EtcdChannel member;

  @BeforeEach
  void one() throws Exception {
    cluster = EtcdCluster.one(directory);
    member = EtcdChannel.to(cluster.member(0).client, Optional.empty());
    Random random = new Random(4);
    byte[] value = new byte[MIB / 2];
    for (String name : NAMES) {
      random.nextBytes(value);
      put(name, value);
    }
    put("needle", NEEDLE.getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() {
    if (member != null) {
      member.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private void put(String key, byte[] value) throws InterruptedException {
    assertInstanceOf(Answer.Got.class, member.put(key, value, LIMIT));
  }

  private BackupResult run(Source source, long bytesPerSecond, Progress progress)
      throws InterruptedException {
    Master host = cluster.host(0);
    BackupSettings settings =
        new BackupSettings(
            true,
            directory.resolve("backups"),
            Duration.ofHours(1),
            BackupSettings.DEFAULT.keep(),
            true,
            bytesPerSecond,
            List.of());
    Master master = host.with(settings);
    return new EtcdBackup(master, SystemClock.verified()).run(source, progress);
  }

  private Backup made() throws InterruptedException {
    BackupResult result = run(Source.of(member), 1L << 40, Progress.none());
    return assertInstanceOf(BackupResult.Made.class, result, result.toString()).backup();
  }

  private Map<String, String> keys(EtcdChannel of) throws InterruptedException {
    Map<String, String> keys = new TreeMap<>();
    // One by one: an answer of all of them would be larger than gRPC takes.
    for (String prefix : NAMES) {
      Answer<Map<String, Stored>> answer = of.list(prefix, LIMIT);
      answer
          .got()
          .orElseThrow(() -> new AssertionError(answer.toString()))
          .forEach(
              (key, value) -> keys.put(key, Integer.toHexString(Arrays.hashCode(value.value()))));
    }
    return keys;
  }

  @WaitingTest
  void aRestoredBackupHasAllKeys() throws Exception {
    long began = System.nanoTime();
    Backup backup = made();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertTrue(backup.verified(), backup.toString());
    Map<String, String> before = keys(member);
    assertEquals(NAMES.size(), before.size());
    put("later", new byte[1]);

    Path data = directory.resolve("restored");
    String peer = "http://127.0.0.1:" + Ports.next();
    String client = "http://127.0.0.1:" + Ports.next();
    Command restored =
        Command.ended(
            Map.of("ETCDCTL_API", "3"),
            "etcdctl",
            "snapshot",
            "restore",
            backup.file(),
            "--name=restored",
            "--data-dir=" + data,
            "--initial-cluster=restored=" + peer,
            "--initial-advertise-peer-urls=" + peer);
    assertEquals(0, restored.code(), restored.output());
    List<String> flags =
        List.of(
            "--listen-client-urls=" + client,
            "--advertise-client-urls=" + client,
            "--listen-peer-urls=" + peer);
    try (Etcd etcd = Etcd.start(directory, "restored", client, flags);
        EtcdChannel channel = EtcdChannel.to(client, Optional.empty())) {
      etcd.says("/health", "true");
      assertEquals(before, keys(channel));
    }
    Report.line(
        "backup, restored: keys equal",
        "VERIFIED",
        took,
        backup.file().getFileName() + ", " + backup.size() / MIB + " MiB");
  }

  @WaitingTest
  void whatSnapshotStatusLetsPassIsRefused() throws Exception {
    Backup backup = made();
    byte[] whole = Files.readAllBytes(backup.file());
    int needle = new String(whole, StandardCharsets.ISO_8859_1).indexOf(NEEDLE);
    assertNotEquals(-1, needle);
    byte[] value = whole.clone();
    value[needle] ^= 1;
    byte[] trailer = whole.clone();
    trailer[trailer.length - 1] ^= 1;
    assertEquals(Optional.empty(), problem(whole));
    assertEquals(0, statusOf(whole));
    refused("one bit of a value", value, true);
    refused("one bit of the checksum", trailer, true);
    refused("without its checksum", Arrays.copyOf(whole, whole.length - 32), true);
    // As long as a whole one could be.
    refused("cut at size % 512 == 32", Arrays.copyOf(whole, MIB + 32), false);
    refused("empty", new byte[0], false);
  }

  private void refused(String damage, byte[] snapshot, boolean accepted) throws Exception {
    Optional<String> problem = problem(snapshot);
    assertTrue(problem.isPresent(), damage);
    int status = statusOf(snapshot);
    Report.line(
        "29: " + damage,
        "refused",
        Duration.ZERO,
        problem.get() + "; etcdctl snapshot status: exit " + status);
    assertEquals(accepted, status == 0, damage + ": etcdctl snapshot status exits " + status);
  }

  private Optional<String> problem(byte[] snapshot) throws Exception {
    Path file = directory.resolve("variant.db");
    Files.write(file, snapshot);
    return SnapshotFile.check(file, Pace.of(1L << 40), _ -> {}).problem();
  }

  private int statusOf(byte[] snapshot) throws Exception {
    Path file = directory.resolve("status.db");
    Files.write(file, snapshot);
    return Command.ended(Map.of("ETCDCTL_API", "3"), "etcdctl", "snapshot", "status", file).code();
  }

  @WaitingTest
  void aMemberKilledInTheStreamLeavesTheFormerBackupAndNothingElse() throws Exception {
    Backup former = made();
    BackupResult cut = run(Source.of(member), 4 * MIB, at(MIB, () -> cluster.member(0).kill()));
    report("29: member killed in the stream", cut);
    onlyStands(former);
    cluster.member(0).startAgain();
    cluster.await();
    // Of one hour the newest is kept.
    onlyStands(made());
  }

  @WaitingTest
  void aStreamThatStallsIsGivenUp() throws Exception {
    Backup former = made();
    BackupResult stalled =
        run(new Impatient(Source.of(member)), 4 * MIB, at(MIB, () -> cluster.member(0).pause()));
    report("29: member stopped in the stream", stalled);
    onlyStands(former);
    cluster.member(0).resume();
    // Of one hour the newest is kept.
    onlyStands(made());
  }

  private static void report(String scenario, BackupResult result) {
    String why = result.failure().orElseThrow(() -> new AssertionError(result)).text();
    Report.line(scenario, "refused", Duration.ZERO, why);
  }

  /** This backup is as it was made, and nothing else is there. */
  private void onlyStands(Backup backup) throws Exception {
    assertEquals(
        Optional.empty(), SnapshotFile.check(backup.file(), Pace.of(1L << 40), _ -> {}).problem());
    try (Stream<Path> files = Files.list(directory.resolve("backups/etcd"))) {
      assertEquals(
          List.of(backup.name() + ".db", backup.name() + ".json"),
          files.map(file -> String.valueOf(file.getFileName())).sorted().toList());
    }
  }

  private interface Deed {
    void happen() throws IOException, InterruptedException;
  }

  /** Does something once so many bytes have come. */
  private static Progress at(long bytes, Deed deed) {
    AtomicBoolean done = new AtomicBoolean();
    return new Progress() {
      @Override
      public void received(long so, long expected) {
        if (so >= bytes && !done.getAndSet(true)) {
          try {
            deed.happen();
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
          }
        }
      }

      @Override
      public void reached(Step step) {}
    };
  }

  /** The same member, awaited for two seconds where the daemon waits for half a minute. */
  private record Impatient(Source source) implements Source {
    private static final Duration STALL = Duration.ofSeconds(2);

    @Override
    public Answer<Header> read() throws InterruptedException {
      return source.read();
    }

    @Override
    public Answer<StatusSeen> status() throws InterruptedException {
      return source.status();
    }

    @Override
    public SnapshotStream snapshot() {
      SnapshotStream stream = source.snapshot();
      return new SnapshotStream() {
        @Override
        public Optional<Piece> next(Duration stall) throws IOException, InterruptedException {
          return stream.next(STALL);
        }

        @Override
        public void close() {
          stream.close();
        }
      };
    }
  }
}
