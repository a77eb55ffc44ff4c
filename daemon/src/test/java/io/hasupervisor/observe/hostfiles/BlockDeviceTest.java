package io.hasupervisor.observe.hostfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlockDeviceTest {
  @TempDir Path root;

  @BeforeEach
  void disks() throws IOException {
    device("pci0/sda");
    Files.createFile(device("pci0/sda/sda3").resolve("partition"));
    device("pci1/sdb");
    device("pci1/sdc");
  }

  private Path device(String path) throws IOException {
    Path real = Files.createDirectories(root.resolve("sys/devices/" + path));
    Path all = Files.createDirectories(root.resolve("sys/class/block"));
    Files.createSymbolicLink(all.resolve(real.getFileName()), real);
    return real;
  }

  private void mapped(String name, String uuid, String... below) throws IOException {
    Path device = device("virtual/" + name);
    Files.createDirectories(device.resolve("dm"));
    Files.writeString(device.resolve("dm/uuid"), uuid);
    for (String slave : below) {
      Files.createDirectories(device.resolve("slaves").resolve(slave));
    }
  }

  private Set<String> names(String source) {
    return BlockDevice.names(source, new HostPaths(root, 0));
  }

  @Test
  void aPartitionIsAlsoItsDisk() {
    assertEquals(Set.of("sda", "sda3"), names("/dev/sda3"));
    assertEquals(Set.of("sdb"), names("/dev/sdb"));
  }

  @Test
  void aLogicalVolumeIsAlsoWhatItLiesOn() throws Exception {
    mapped("dm-0", "LVM-abc", "sda3", "sdb");
    mapped("dm-1", "CRYPT-LUKS2-x", "dm-0");
    assertEquals(Set.of("dm-1", "dm-0", "sda3", "sda", "sdb"), names("/dev/dm-1"));
  }

  @Test
  void ofSeveralPathsOneMayFail() throws Exception {
    mapped("dm-0", "mpath-3600", "sdb", "sdc");
    assertEquals(Set.of("dm-0"), names("/dev/dm-0"));
  }

  @Test
  void whatIsNotKnownIsNamedAsItIsMounted() {
    assertEquals(Set.of("nvme9n1p1"), names("/dev/nvme9n1p1"));
    assertEquals(Set.of(), names("nas:/export"));
    assertEquals(Set.of(), names("overlay"));
  }

  @Test
  void aRingOfVolumesEnds() throws Exception {
    mapped("dm-0", "LVM-a", "dm-1");
    mapped("dm-1", "LVM-b", "dm-0");
    assertEquals(Set.of("dm-0", "dm-1"), names("/dev/dm-0"));
  }
}
