package io.hasupervisor.observe.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.etcd.EtcdId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupsSeenTest {
  private static final Instant AT = Instant.parse("2026-01-31T14:15:00Z");

  @TempDir private Path directory;

  static Sidecar sidecar(long sequence, long size) {
    return new Sidecar(
        sequence,
        AT,
        "0f".repeat(32),
        size,
        Optional.of(new EtcdId(-2)),
        EtcdId.of(7),
        812,
        3,
        "3.4.23",
        20480,
        16384,
        Duration.ofMillis(1234),
        AT,
        "");
  }

  private Path file(String name, int size) throws IOException {
    return Files.write(directory.resolve(name), new byte[size]);
  }

  private void backup(String name, Sidecar sidecar) throws IOException {
    file(name + ".db", 10);
    Files.write(directory.resolve(name + ".json"), sidecar.encode());
  }

  @Test
  void aNameIsReadAsItWasWrittenWhateverTheClusterIsCalled() {
    for (String cluster : List.of("prod", "a-b", "a-20260131T141500Z-r7", "x.y_z")) {
      BackupName name = new BackupName(cluster, AT.plusMillis(7), 812233);
      assertEquals(Optional.of(name), BackupName.parse(name.toString()));
    }
    assertEquals(
        "etcd-prod-20260131T141500Z-r812233", new BackupName("prod", AT, 812233).toString());
    assertEquals("etcd-a_b__c-20260131T141500Z-r1", new BackupName("a/b\n c", AT, 1).toString());
    assertEquals(Optional.empty(), BackupName.parse("etcd-prod-20261331T141500Z-r1"));
    assertEquals(Optional.empty(), BackupName.parse("etcd-prod-20260131T141500Z-r-1"));
  }

  @Test
  void aSidecarIsReadAsItWasWritten() throws IOException {
    Path file = Files.write(directory.resolve("s"), sidecar(4, 10).encode());
    assertEquals(Optional.of(sidecar(4, 10)), Sidecar.read(file));
  }

  @Test
  void garbageForASidecarIsNoSidecarAndNoException() throws IOException {
    String good = new String(sidecar(4, 10).encode(), StandardCharsets.UTF_8);
    Random random = new Random(3);
    for (String text :
        List.of(
            "",
            "{}",
            "[]",
            "null",
            "7",
            "{",
            "\0",
            good.replace("2026", "x"),
            good.replace("\"problem\" : \"\"", "\"problem\" : 7"),
            good.replace("0f0f", "zz"),
            good.replace("\"size\" : 10", "\"size\" : -1"),
            "[".repeat(50_000))) {
      Path file = Files.writeString(directory.resolve("s"), text);
      assertEquals(Optional.empty(), Sidecar.read(file), text);
    }
    for (int run = 0; run < 2000; run++) {
      byte[] bytes = sidecar(4, 10).encode();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      var _ = Sidecar.read(Files.write(directory.resolve("s"), bytes));
    }
    assertEquals(Optional.empty(), Sidecar.read(directory.resolve("missing")));
    assertEquals(Optional.empty(), Sidecar.read(directory));
  }

  @Test
  void tellsOursFromForeignFilesAndLeftovers() throws IOException {
    backup("etcd-c-20260131T141500Z-r1", sidecar(1, 10));
    backup("etcd-c-20260131T131500Z-r2", sidecar(2, 10));
    backup("etcd-c-20260131T121500Z-r3", sidecar(3, 11));
    file("etcd-c-20260131T111500Z-r4.db", 10);
    file("etcd-c-20260131T151500Z-r5.db.part", 10);
    file("etcd-c-20260131T151500Z-r5.json", 10);
    file(".etcd-c-20260131T151500Z-r5.json.new", 10);
    file("etcd-other-20260131T151500Z-r5.db", 10);
    file("snapshot.db", 10);
    Files.createDirectory(directory.resolve("etcd-c-20260131T161500Z-r5.db"));
    Files.createSymbolicLink(
        directory.resolve("etcd-c-20260131T171500Z-r5.db"), Path.of("/etc/passwd"));
    BackupsSeen seen = BackupsSeen.look(directory, "c");
    assertEquals(List.of(3L, 2L, 1L, 4L), seen.backups().stream().map(Backup::revision).toList());
    assertEquals(
        List.of(
            Backup.State.BROKEN,
            Backup.State.VERIFIED,
            Backup.State.VERIFIED,
            Backup.State.UNCHECKED),
        seen.backups().stream().map(Backup::state).toList());
    assertEquals(2, seen.newestVerified().orElseThrow().revision());
    assertEquals(4, seen.nextSequence());
    assertEquals(3, seen.leftovers().size());
    assertEquals(4, seen.foreign().size());
  }

  @Test
  void aDirectoryThatIsNotThereIsEmptyAndOneThatCannotBeReadIsTold() throws IOException {
    BackupsSeen seen = BackupsSeen.look(directory.resolve("none"), "c");
    assertTrue(seen.problem().isEmpty() && seen.backups().isEmpty());
    assertFalse(BackupsSeen.look(file("f", 1), "c").problem().isEmpty());
  }
}
