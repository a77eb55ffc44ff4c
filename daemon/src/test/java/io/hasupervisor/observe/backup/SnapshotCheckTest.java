package io.hasupervisor.observe.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.observe.backup.SnapshotCheck.Checked;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotCheckTest {
  private static final byte[] WHOLE = Snapshots.whole(4, 1);

  private static Checked check(byte[] bytes) {
    SnapshotCheck check = new SnapshotCheck();
    check.feed(bytes, 0, bytes.length);
    return check.end(0);
  }

  private static void refused(String words, byte[] bytes) {
    String problem = check(bytes).problem().orElse("");
    assertTrue(problem.contains(words), problem);
  }

  private static byte[] database() {
    return Snapshots.database(Snapshots.PAGE, 4, 1);
  }

  private static byte[] metas(long pages, int pageSize, int broken) {
    byte[] database = database();
    ByteBuffer file = ByteBuffer.wrap(database).order(ByteOrder.nativeOrder());
    Snapshots.meta(file, 0, pageSize, pages, 7);
    Snapshots.meta(file, Snapshots.PAGE, pageSize, pages, 6);
    for (int page = 0; page < 2; page++) {
      if ((broken >> page & 1) != 0) {
        database[page * Snapshots.PAGE + 30] ^= 1;
      }
    }
    return Snapshots.signed(database);
  }

  @Test
  void aWholeOneIsGoodAndHasTheHashThatSha256sumPrints() {
    Checked checked = check(WHOLE);
    assertEquals(new Checked(WHOLE.length, Manifest.sha256(WHOLE), Optional.empty()), checked);
  }

  @Test
  void thePiecesItComesInMakeNoDifference() {
    Random random = new Random(5);
    for (int run = 0; run < 200; run++) {
      SnapshotCheck check = new SnapshotCheck();
      for (int at = 0; at < WHOLE.length; ) {
        int length = Math.min(WHOLE.length - at, random.nextInt(run < 100 ? 40 : 6000));
        check.feed(WHOLE, at, length);
        at += length;
      }
      assertEquals(check(WHOLE), check.end(0));
    }
  }

  @Test
  void aFlippedBitAnywhereIsFound() {
    for (int at = 0; at < WHOLE.length; at += 3) {
      byte[] flipped = WHOLE.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      refused("do not have the SHA-256", flipped);
    }
  }

  @Test
  void cutToWholePagesAndThirtyTwoBytesIsFound() {
    refused("do not have the SHA-256", Arrays.copyOf(WHOLE, WHOLE.length - 512));
    refused("do not have the SHA-256", Arrays.copyOf(WHOLE, WHOLE.length - Snapshots.PAGE));
  }

  @Test
  void cutAnywhereElseOrWithoutItsTrailerIsFound() {
    refused("not whole pages", Arrays.copyOf(WHOLE, WHOLE.length - 1));
    refused("not whole pages", database());
    refused("only 32 bytes", Arrays.copyOf(WHOLE, 32));
    refused("only 0 bytes", new byte[0]);
  }

  @Test
  void aMemberThatEndsBeforeItHasSentWhatItPromisedIsFound() {
    SnapshotCheck check = new SnapshotCheck();
    check.feed(WHOLE, 0, WHOLE.length);
    assertTrue(check.end(4096).problem().orElse("").contains("4096 more"));
  }

  @Test
  void oneGoodMetaPageIsEnough() {
    assertEquals(Optional.empty(), check(metas(4, Snapshots.PAGE, 1)).problem());
    assertEquals(Optional.empty(), check(metas(4, Snapshots.PAGE, 2)).problem());
    refused("neither of its first two pages", metas(4, Snapshots.PAGE, 3));
  }

  @Test
  void aRightChecksumOfWhatIsNoDatabaseIsNotEnough() {
    refused("neither of its first two pages", Snapshots.signed(new byte[Snapshots.PAGE * 4]));
    refused("neither of its first two pages", metas(4, 4097, 0));
  }

  @Test
  void aDatabaseThatShouldBeLongerIsFound() {
    refused("5 pages and has only 4", metas(5, Snapshots.PAGE, 0));
    refused("18446744073709551615 pages", metas(-1, Snapshots.PAGE, 0));
    assertEquals(Optional.empty(), check(metas(3, Snapshots.PAGE, 0)).problem());
  }

  @Test
  void pagesOfEverySizeOfMachineAreKnown() {
    for (int size = 1024; size <= 65536; size *= 2) {
      byte[] database = Snapshots.database(size, 3, size);
      assertEquals(Optional.empty(), check(Snapshots.signed(database)).problem());
      database[20] ^= 1;
      assertEquals(Optional.empty(), check(Snapshots.signed(database)).problem(), "page 1 alone");
    }
  }

  @Test
  void aFileIsCheckedTheSameWayAndALinkIsNotFollowed(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("a.db"), WHOLE);
    Pace pace = Pace.of(1L << 40);
    assertEquals(check(WHOLE), SnapshotFile.check(file, pace, _ -> {}));
    Files.write(file, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
    assertNotEquals(Optional.empty(), SnapshotFile.check(file, pace, _ -> {}).problem());
    Path link = Files.createSymbolicLink(directory.resolve("b.db"), file);
    org.junit.jupiter.api.Assertions.assertThrows(
        IOException.class, () -> SnapshotFile.check(link, pace, _ -> {}));
  }
}
