package io.hasupervisor.act.hostfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.Command;
import io.hasupervisor.observe.hostfiles.DataMark;
import io.hasupervisor.observe.hostfiles.FakeHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An empty directory must never be taken for a new member's where there was data. */
final class DataGuardTest {
  @TempDir Path directory;

  private FakeHost host() throws IOException {
    return new FakeHost(directory);
  }

  /** Where the disk with the data is mounted. */
  private Path disk() {
    return directory.resolve("root/var/etcd");
  }

  private static Outcome prepare(FakeHost host) {
    return new Preparation(host.state, host.paths()).prepare(host.master(), List.of(host.etcd()));
  }

  private static void accepts(FakeHost host) {
    assertEquals(new Outcome.Done(), prepare(host));
  }

  private static void refuses(String code, FakeHost host) {
    String why = assertInstanceOf(Outcome.Failed.class, prepare(host)).why();
    assertTrue(why.contains("(" + code + ";"), why);
  }

  private static void remove(Path path) throws Exception {
    Command.run(List.of("rm", "-r", path.toString()), Duration.ofSeconds(20), 100);
  }

  @Test
  void makesNothingWhileTheConfiguredMountIsMissing() throws Exception {
    Path disk = disk();
    FakeHost host = host().wantsMount(disk);
    refuses("DATA_NOT_MOUNTED", host);
    assertFalse(Files.exists(disk));
    Files.createDirectories(disk);
    refuses("DATA_NOT_MOUNTED", host);
    assertFalse(Files.exists(host.data()));
    accepts(host.mounted(disk, "8:17", "/dev/sdb1", "rw"));
    assertTrue(Files.isDirectory(host.data()));
  }

  @Test
  void refusesAReadOnlyFileSystem() throws Exception {
    FakeHost host = host().mounted(directory.resolve("root"), "8:17", "/dev/sdb1", "ro");
    refuses("DATA_READ_ONLY", host);
  }

  @Test
  void refusesAnEmptyDirectoryOnceDataWasSeen() throws Exception {
    FakeHost host = host();
    accepts(host);
    accepts(host);
    host.memberData();
    accepts(host);
    remove(host.data().resolve("member"));
    refuses("DATA_DIR_LOST", host);
    remove(host.data());
    refuses("DATA_DIR_LOST", host);
    assertFalse(Files.exists(host.data()));
    host.memberData();
    accepts(host);
  }

  @Test
  void remembersDataThatCameAfterPlacing() throws Exception {
    FakeHost host = host();
    accepts(host);
    Preparation preparation = new Preparation(host.state, host.paths());
    preparation.remember(host.master());
    assertFalse(Files.exists(DataMark.memory(host.state)));
    host.memberData();
    preparation.remember(host.master());
    remove(host.data().resolve("member"));
    preparation.remember(host.master());
    refuses("DATA_DIR_LOST", host);
  }

  @Test
  void eitherOfTheTwoMemoriesIsEnough() throws Exception {
    FakeHost host = host();
    host.memberData();
    accepts(host);
    remove(host.data().resolve("member"));
    Path guard = DataMark.guard(host.data(), false, "master-1");
    byte[] kept = Files.readAllBytes(guard);
    Files.delete(guard);
    refuses("DATA_DIR_LOST", host);
    Files.write(guard, kept);
    Files.delete(DataMark.memory(host.state));
    refuses("DATA_DIR_LOST", host);
  }

  @Test
  void refusesDataOnAnotherDevice() throws Exception {
    FakeHost host = host();
    host.memberData();
    accepts(host.mounted(disk(), "8:17", "/dev/sdb1", "rw"));
    refuses("DATA_DIR_LOST", host.mounted(disk(), "8:33", "/dev/sdc1", "rw"));
  }

  @Test
  void takesADeviceThatOnlyGotAnotherNumber() throws Exception {
    FakeHost host = host();
    host.memberData();
    Path was = host.file("/dev/sdb1", "");
    Path link = host.file("/dev/disk/by-uuid/x", "").resolveSibling("12ab-34");
    Files.createSymbolicLink(link, was);
    accepts(host.onlyMounted(disk(), "8:17", was.toString()));
    Path is = host.file("/dev/sdc1", "");
    Files.delete(link);
    Files.createSymbolicLink(link, is);
    accepts(host.onlyMounted(disk(), "8:33", is.toString()));
  }

  @Test
  void refusesAnotherDiskUnderTheSameNumberButNotALateUdev() throws Exception {
    FakeHost host = host();
    host.memberData();
    Path device = host.file("/dev/sdb1", "");
    Path links = Files.createDirectories(host.root.resolve("dev/disk/by-uuid"));
    Path link = Files.createSymbolicLink(links.resolve("12ab-34"), device);
    accepts(host.onlyMounted(disk(), "8:17", device.toString()));
    Files.delete(link);
    accepts(host);
    Files.createSymbolicLink(links.resolve("99ff-00"), device);
    refuses("DATA_DIR_LOST", host);
  }

  @Test
  void refusesAnotherDirectoryThanTheOneWithTheData() throws Exception {
    FakeHost host = host();
    host.memberData();
    accepts(host);
    refuses("DATA_DIR_LOST", host.data(directory.resolve("root/var/lib/etcd"), false));
    assertFalse(Files.exists(host.data()));
  }

  @Test
  void forgetsOnAnOperatorsOrderAlone() throws Exception {
    FakeHost host = host();
    host.memberData();
    accepts(host);
    remove(host.data().resolve("member"));
    refuses("DATA_DIR_LOST", host);
    Preparation preparation = new Preparation(host.state, host.paths());
    assertEquals(2, preparation.forget(host.master()).size());
    accepts(host);
    assertEquals(
        List.of(DataMark.guard(host.data(), false, "master-1")), preparation.forget(host.master()));
  }

  @Test
  void refusesToBeginAnewBesideDataOneLevelDeeper() throws Exception {
    FakeHost host = host();
    Files.createDirectories(host.data().resolve("data/member"));
    refuses("DATA_ONE_LEVEL_DEEPER", host);
  }

  @Test
  void sharedStorageHasADirectoryForEachNode() throws Exception {
    Path storage = directory.resolve("root/mnt/etcd");
    refuses("DATA_NOT_PER_NODE", host().data(storage, true));
    FakeHost one = host().data(storage.resolve("master-1"), true);
    one.memberData();
    accepts(one);
    FakeHost two =
        new FakeHost(directory.resolve("two"))
            .node("master-2")
            .data(storage.resolve("master-2"), true);
    accepts(two);
    accepts(one);
  }

  @Test
  void refusesAnotherNodesMember() throws Exception {
    Path storage = directory.resolve("root/mnt/etcd/data");
    FakeHost one = host().data(storage, false);
    one.memberData();
    accepts(one);
    FakeHost two = new FakeHost(directory.resolve("two")).node("master-2").data(storage, false);
    refuses("DATA_OF_ANOTHER_NODE", two);
    refuses("DATA_OF_ANOTHER_NODE", host().data(storage, false).node("renamed"));
  }

  @Test
  void aDamagedMemoryForbidsAnEmptyDirectoryAndIsMendedByData() throws Exception {
    FakeHost host = host();
    Files.writeString(DataMark.memory(host.state), "{\"schema\":1,");
    refuses("DATA_MEMORY_DAMAGED", host);
    host.memberData();
    accepts(host);
    assertTrue(DataMark.read(DataMark.memory(host.state)).orElseThrow().seen());
  }
}
