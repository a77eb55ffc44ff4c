package io.hasupervisor.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskRoomTest {
  @TempDir Path directory;

  @Test
  void saysOfBytesWhatTheJdkSays() throws Exception {
    DiskRoom room = DiskRoom.of(directory).orElseThrow();
    assertEquals(Files.getFileStore(directory).getTotalSpace(), room.total());
    long usable = Files.getFileStore(directory).getUsableSpace();
    assertTrue(Math.abs(usable - room.usable()) <= room.total() / 10, room + " and " + usable);
    assertTrue(room.freeInodes() <= room.inodes(), room.toString());
  }

  @Test
  void nothingIsKnownOfWhatIsNotThere() {
    assertEquals(Optional.empty(), DiskRoom.of(directory.resolve("absent")));
  }

  /** The kernel has one answer, whatever it is, unless it may not be asked. */
  @Test
  void theClockIsAskedWithoutBeingChanged() {
    assertEquals(KernelClock.synchronised(), KernelClock.synchronised());
  }
}
