package io.hasupervisor.observe.hostfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.hostfiles.Mounts.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MountsTest {
  private static final Mounts MOUNTS =
      Mounts.parse(
          """
          22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro
          23 22 8:17 / /var/etcd rw shared:2 master:3 - xfs /dev/sdb1 rw
          24 22 0:45 / /mnt/a\\040b\\134c ro - nfs4 nas:/etcd\\040data rw
          25 23 8:33 /part /var/etcd rw - ext4 /dev/sdc1 ro
          broken line
          26 22 - nothing
          """);

  @Test
  void aPathLiesOnItsDeepestMount() {
    assertEquals("8:1", MOUNTS.over(Path.of("/var/etcdata")).map(Mount::device).orElse(""));
    assertEquals("8:1", MOUNTS.over(Path.of("/var")).map(Mount::device).orElse(""));
    assertEquals("0:45", MOUNTS.over(Path.of("/mnt/a b\\c/x")).map(Mount::device).orElse(""));
  }

  @Test
  void aLaterMountCoversAnEarlierOne() {
    assertEquals("8:33", MOUNTS.over(Path.of("/var/etcd/data")).map(Mount::device).orElse(""));
    assertEquals("8:33", MOUNTS.at(Path.of("/var/etcd")).map(Mount::device).orElse(""));
    assertEquals(Optional.empty(), MOUNTS.at(Path.of("/var")));
  }

  @Test
  void readOnlyIsSaidByTheMountOrByTheFileSystem() {
    assertTrue(MOUNTS.over(Path.of("/mnt/a b\\c")).orElseThrow().readOnly());
    assertTrue(MOUNTS.over(Path.of("/var/etcd")).orElseThrow().readOnly());
    assertFalse(MOUNTS.over(Path.of("/")).orElseThrow().readOnly());
    assertTrue(
        Mounts.parse("22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw,emergency_ro")
            .all()
            .getFirst()
            .readOnly());
  }

  @Test
  void storageIsKnownByUuidElseBySourceElseByNumber(@TempDir Path directory) throws Exception {
    Path device = Files.createFile(directory.resolve("sdb1"));
    Path links = Files.createDirectory(directory.resolve("by-uuid"));
    Files.createSymbolicLink(links.resolve("dead-link"), directory.resolve("gone"));
    Mount disk = new Mount(Path.of("/x"), "8:17", "/", "ext4", device.toString(), false);
    assertEquals("device 8:17", Storage.of(disk, links).identity());
    Files.delete(links.resolve("dead-link"));
    Files.createSymbolicLink(links.resolve("1234-ab"), device);
    assertEquals("uuid 1234-ab", Storage.of(disk, links).identity());
    Mount nfs = new Mount(Path.of("/x"), "0:45", "/one", "nfs4", "nas:/etcd", false);
    assertEquals("nfs4 nas:/etcd /one", Storage.of(nfs, links).identity());
  }
}
