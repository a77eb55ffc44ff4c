package io.hasupervisor.act.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.host.Durable;
import io.hasupervisor.host.ProcessLock;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.BackupsSeen;
import io.hasupervisor.observe.backup.Sidecar;
import io.hasupervisor.observe.backup.Snapshots;
import io.hasupervisor.observe.backup.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EtcdBackupTest {
  @TempDir private Path directory;
  private Bed bed;

  @BeforeEach
  void bed() throws IOException {
    bed = new Bed(directory);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void holdsWhatTheMemberSentAndSaysWhatItIs() throws Exception {
    Backup made = bed.made();
    assertEquals("etcd-c-20260131T151500Z-r100.db", made.file().getFileName().toString());
    assertArrayEquals(bed.snapshot, Files.readAllBytes(made.file()));
    Sidecar sidecar = made.sidecar().orElseThrow();
    assertEquals(Manifest.sha256(bed.snapshot), sidecar.sha256());
    assertEquals(100, sidecar.revision());
    assertEquals("1", sidecar.cluster().orElseThrow().toString());
    assertEquals(Optional.of(made), bed.seen().newestVerified());
    assertEquals("rwx------", mode(bed.root.resolve("backups/etcd")));
    assertEquals("rwx------", mode(bed.root.resolve("backups")));
    assertEquals("rw-------", mode(made.file()));
    assertEquals("rw-------", mode(made.file().resolveSibling(made.name() + ".json")));
    assertEquals(2, bed.files().size());
  }

  private void keepsTheOldOneAndNothingElse(String words) throws Exception {
    Backup old = new Bed(directory).made();
    List<String> before = bed.files();
    String said = bed.refused();
    assertTrue(said.contains(words), said);
    assertEquals(before, bed.files());
    assertEquals(Optional.of(old), bed.seen().newestVerified());
  }

  @Test
  void aFlippedBitIsRefused() throws Exception {
    bed.snapshot[12345] ^= 4;
    keepsTheOldOneAndNothingElse("do not have the SHA-256");
  }

  @Test
  void cutToWholePagesAndThirtyTwoBytesIsRefused() throws Exception {
    bed.snapshot = Arrays.copyOf(bed.snapshot, bed.snapshot.length - 512);
    keepsTheOldOneAndNothingElse("do not have the SHA-256");
  }

  @Test
  void withoutItsTrailerIsRefused() throws Exception {
    bed.snapshot = Arrays.copyOf(bed.snapshot, bed.snapshot.length - 32);
    keepsTheOldOneAndNothingElse("not whole pages");
  }

  @Test
  void aStreamThatEndsEarlyIsRefused() throws Exception {
    bed.cutAfter = 5000;
    keepsTheOldOneAndNothingElse("more follow");
  }

  @Test
  void aStreamThatBreaksIsRefused() throws Exception {
    bed.cutAfter = 5000;
    bed.breaks = Optional.of(new IOException("the connection was lost"));
    keepsTheOldOneAndNothingElse("the connection was lost");
  }

  @Test
  void aMemberThatPromisesMoreThanItSendsIsRefused() throws Exception {
    bed.missing = 7;
    keepsTheOldOneAndNothingElse("7 more follow");
  }

  @Test
  void aStreamThatStallsIsRefused() throws Exception {
    bed.perPiece = Duration.ofSeconds(31);
    keepsTheOldOneAndNothingElse("nothing for 30 s");
  }

  @Test
  void aStreamThatTricklesForAQuarterOfAnHourIsRefused() throws Exception {
    bed.perPiece = Duration.ofSeconds(30);
    keepsTheOldOneAndNothingElse("15 minutes");
  }

  @Test
  void aMemberThatNeverStopsSendingDoesNotFillTheDisk() throws Exception {
    bed.endless = true;
    bed.opening = path -> new FailingFile(PartFile.create(path), Long.MAX_VALUE, true);
    keepsTheOldOneAndNothingElse("far more than its database");
  }

  /** Fails after so many bytes; may keep none of them. */
  private static final class FailingFile implements PartFile {
    private final PartFile file;
    private final boolean drop;
    private long room;

    FailingFile(PartFile file, long room, boolean drop) {
      this.file = file;
      this.room = room;
      this.drop = drop;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      room -= bytes.length;
      if (room < 0) {
        throw new IOException("No space left on device");
      }
      if (!drop) {
        file.write(bytes);
      }
    }

    @Override
    public void sync() throws IOException {
      if (room == 0) {
        throw new IOException("Input/output error");
      }
      file.sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Test
  void aDiskThatFillsUpMeanwhileIsTold() throws Exception {
    bed.opening = path -> new FailingFile(PartFile.create(path), 9000, false);
    keepsTheOldOneAndNothingElse("No space left on device");
  }

  @Test
  void aDiskThatFailsAtItsEndIsTold() throws Exception {
    long all = bed.snapshot.length;
    bed.opening = path -> new FailingFile(PartFile.create(path), all, false);
    keepsTheOldOneAndNothingElse("Input/output error");
  }

  @Test
  void isNotBegunWithoutRoom() throws Exception {
    Backup old = bed.made();
    bed.space = new Space(100L << 30, 14L << 30);
    assertTrue(bed.refused().contains("15 %"));
    assertEquals(Optional.of(old), bed.seen().newestVerified());
  }

  @Test
  void isNotBegunFromALearnerNorDuringMaintenance() throws Exception {
    bed.learner = true;
    assertTrue(bed.refused().contains("learner"));
    bed.learner = false;
    Files.createFile(bed.root.resolve("no-repair"));
    assertTrue(bed.refused().contains("no-repair is there"));
  }

  @Test
  void isNotPutOnTheDeviceOfTheData() throws Exception {
    Bed same = new Bed(directory, false);
    assertTrue(same.refused().contains("device of etcd's data"));
    assertFalse(Files.exists(same.root.resolve("backups")));
  }

  @Test
  void isNotPutWhereOthersCanWriteNorBehindALink() throws Exception {
    Path backups = Files.createDirectory(bed.root.resolve("backups"));
    Files.setPosixFilePermissions(backups, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertTrue(bed.refused().contains("written by others"));
    Files.delete(backups);
    Files.createSymbolicLink(backups, Files.createDirectory(bed.root.resolve("elsewhere")));
    assertTrue(bed.refused().contains("symbolic link"));
    Files.delete(backups);
    Files.createFile(backups);
    assertTrue(bed.refused().contains("not a directory"));
  }

  @Test
  void oneThatIsMadeMeanwhileByAnotherIsNotDisturbed() throws Exception {
    Backup old = bed.made();
    try (ProcessLock _ = new BackupFolder(bed.master).lock(Duration.ZERO)) {
      Path part = Files.createFile(old.file().resolveSibling("etcd-c-20260131T151500Z-r7.db.part"));
      assertEquals("BACKUP_RUNNING", bed.run().failure().orElseThrow().code());
      assertTrue(Files.exists(part));
    }
  }

  @Test
  void foreignFilesAreLeftAlone() throws Exception {
    Backup old = bed.made();
    Path foreign = Files.writeString(old.file().resolveSibling("my-copy.db"), "x");
    Path part = Files.writeString(old.file().resolveSibling("other.db.part"), "x");
    for (int i = 0; i < 40; i++) {
      var _ = bed.made();
    }
    assertTrue(Files.exists(foreign) && Files.exists(part));
    assertEquals(2, bed.seen().foreign().size());
  }

  @Test
  void oldOnesGoAfterANewOneAndNotAfterAFailure() throws Exception {
    for (int i = 0; i < 60; i++) {
      var _ = bed.made();
    }
    int kept = bed.files().size();
    assertTrue(kept < 60, kept + " files");
    bed.snapshot[99] ^= 1;
    for (int i = 0; i < 30; i++) {
      var _ = bed.refused();
    }
    assertEquals(kept, bed.files().size());
  }

  @Test
  void twoOfOneSecondAndRevisionAreBothKept() throws Exception {
    var first = bed.made();
    bed.wall = bed.wall.minusSeconds(3600);
    var second = bed.made();
    assertFalse(first.file().equals(second.file()));
    assertEquals(Optional.of(second), bed.seen().newestVerified());
  }

  /** Kill -9 at each step, and after each piece. */
  @Test
  void killedAnywhereLeavesAWholeOneOrALeftoverThatTheNextRunRemoves() throws Exception {
    Backup old = bed.made();
    int killed = 0;
    for (int point = 0; ; point++) {
      int last = point;
      try {
        var _ = bed.run(killAt(last));
        break;
      } catch (Bed.Killed e) {
        killed++;
      }
      BackupsSeen seen = bed.seen();
      assertTrue(seen.newestVerified().isPresent());
      for (Backup backup : seen.backups()) {
        assertTrue(backup.verified(), "a file that is there is whole: " + backup);
        assertArrayEquals(bed.snapshot, Files.readAllBytes(backup.file()));
      }
      assertTrue(seen.foreign().isEmpty(), seen.foreign().toString());
      var _ = bed.made();
      assertEquals(List.of(), bed.seen().leftovers());
    }
    assertTrue(killed > 30, "killed at " + killed + " points");
    assertTrue(bed.seen().backups().size() > 1 && Files.exists(old.file().getParent()));
  }

  private static Progress killAt(int point) {
    return new Progress() {
      private int left = point;

      private void count() {
        if (left == 0) {
          throw new Bed.Killed();
        }
        left--;
      }

      @Override
      public void received(long bytes, long expected) {
        count();
      }

      @Override
      public void reached(Step step) {
        count();
      }
    };
  }

  @Test
  void anInterruptLeavesNothing() throws Exception {
    var _ = bed.made();
    List<String> before = bed.files();
    bed.opening =
        path -> {
          PartFile file = PartFile.create(path);
          return new PartFile() {
            @Override
            public void write(byte[] bytes) throws IOException {
              file.write(bytes);
              Thread.currentThread().interrupt();
            }

            @Override
            public void sync() throws IOException {
              file.sync();
            }

            @Override
            public void close() throws IOException {
              file.close();
            }
          };
        };
    assertThrows(
        InterruptedException.class,
        () -> {
          BackupResult result = bed.run();
          // A file whose thread is interrupted is closed under its hands.
          if (result.failure().isPresent() && Thread.interrupted()) {
            throw new InterruptedException();
          }
        });
    assertEquals(before, bed.files());
  }

  @Test
  void aFileWhoseSidecarIsLostIsCheckedBeforeItIsTrusted() throws Exception {
    Backup made = bed.made();
    Files.delete(made.file().resolveSibling(made.name() + ".json"));
    Backup found = bed.seen().backups().getFirst();
    assertEquals(Backup.State.UNCHECKED, found.state());
    Backup checked = new Verification(bed.master, bed.clock).check(found, _ -> {});
    assertTrue(checked.verified());
    assertEquals(Optional.of(checked), bed.seen().newestVerified());
  }

  @Test
  void aBitThatFlipsLaterIsFoundByTheCheckAndRemembered() throws Exception {
    Backup made = bed.made();
    byte[] bytes = Files.readAllBytes(made.file());
    bytes[7777] ^= 1;
    Files.write(made.file(), bytes);
    Backup checked = new Verification(bed.master, bed.clock).check(made, _ -> {});
    assertTrue(checked.problem().contains("SHA-256"), checked.problem());
    assertEquals(Backup.State.BROKEN, bed.seen().backups().getFirst().state());
  }

  @Test
  void aBackupReplacedByAnotherWholeOneIsFound() throws Exception {
    Backup made = bed.made();
    Files.write(made.file(), Snapshots.whole(8, 2));
    Backup checked = new Verification(bed.master, bed.clock).check(made, _ -> {});
    assertTrue(checked.problem().contains("not the one it was made with"), checked.problem());
  }

  @Test
  void aDirectoryThatIsGoneIsMadeAgain() throws Exception {
    var made = bed.made();
    Files.delete(made.file());
    Files.delete(made.file().resolveSibling(made.name() + ".json"));
    Files.delete(made.file().getParent());
    Durable.sync(bed.root);
    var _ = bed.made();
    assertEquals(2, bed.files().size());
  }
}
