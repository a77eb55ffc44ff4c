package io.hasupervisor.act.hostfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hasupervisor.host.Identity;
import io.hasupervisor.observe.hostfiles.SmallFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KubeletChangeTest {
  private static final Instant NOW = Instant.parse("2026-11-24T21:14:53Z");

  @TempDir Path directory;

  @Test
  void keepsModeAndOwnerAndTheFileBefore() throws Exception {
    Path file = Files.writeString(directory.resolve("kubelet"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x-w-"));
    if (Identity.user() == 0) {
      Identity.own(file, 12345, 23456);
    }
    Object owner = Files.getAttribute(file, "unix:uid");
    Object group = Files.getAttribute(file, "unix:gid");
    Path kept =
        new KubeletChange(directory.resolve("state"))
            .write(file, Optional.of("old"), "n\u00fc", NOW)
            .orElseThrow();
    assertEquals((byte) 0xfc, Files.readAllBytes(file)[1]);
    assertEquals("rw-r-x-w-", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(owner, Files.getAttribute(file, "unix:uid"));
    assertEquals(group, Files.getAttribute(file, "unix:gid"));
    assertEquals("old", Files.readString(kept));
    assertEquals(directory.resolve("state/kept"), kept.getParent());
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(kept.getParent())));
  }

  @Test
  void makesAFileThatOthersMayReadWhereThereIsNone() throws Exception {
    Path file = directory.resolve("kubelet");
    assertEquals(
        Optional.empty(),
        new KubeletChange(directory.resolve("state")).write(file, Optional.empty(), "new", NOW));
    assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void doesNotOverwriteWhatSomebodyWroteMeanwhile() throws Exception {
    Path file = Files.writeString(directory.resolve("kubelet"), "theirs");
    KubeletChange change = new KubeletChange(directory.resolve("state"));
    assertThrows(IOException.class, () -> change.write(file, Optional.of("old"), "new", NOW));
    assertThrows(IOException.class, () -> change.write(file, Optional.empty(), "new", NOW));
    assertEquals("theirs", Files.readString(file));
  }

  @Test
  void doesNotFollowALink() throws Exception {
    Path file = Files.writeString(directory.resolve("real"), "x");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    assertThrows(IOException.class, () -> SmallFile.present(link));
  }
}
