package io.hasupervisor.assess.hostfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.observe.hostfiles.DataSeen;
import io.hasupervisor.observe.hostfiles.EntrySeen;
import io.hasupervisor.observe.hostfiles.EntrySeen.Kind;
import io.hasupervisor.observe.hostfiles.FakeHost;
import io.hasupervisor.observe.hostfiles.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DataRuleTest {
  private static final long GIB = 1L << 30;

  @TempDir Path directory;

  private List<Finding> findings(long owner, int mode, long usable, long total) throws Exception {
    FakeHost host = new FakeHost(directory).data(Path.of("/var/lib/et cd"), false);
    DataSeen seen =
        new DataSeen(
            new EntrySeen(host.data(), Kind.DIRECTORY, owner, mode, ""),
            true,
            false,
            true,
            Optional.of(new Storage("uuid 1", "8:1", "/dev/sda1")),
            false,
            "2",
            usable,
            total,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return DataRule.findings(host.master(), seen, 0);
  }

  private static Finding only(String code, List<Finding> findings) {
    assertEquals(List.of(code), findings.stream().map(Finding::code).toList());
    assertEquals(Finding.Severity.WARNING, findings.getFirst().severity());
    return findings.getFirst();
  }

  @Test
  void aDirectoryOfRootsAloneWithRoomIsFine() throws Exception {
    assertEquals(List.of(), findings(0, 0700, 50 * GIB, 100 * GIB));
    assertEquals(List.of(), findings(0, 0700, -1, -1));
  }

  @ParameterizedTest
  @CsvSource({"19,100,false", "15,100,true", "1,4,false", "1,6,true", "17,1000,false"})
  void littleRoomIsAFifthAndLessThanTwoLargestDatabases(long usable, long total, boolean little)
      throws Exception {
    assertEquals(little, !findings(0, 0700, usable * GIB, total * GIB).isEmpty());
  }

  @Test
  void theCureCanBeCopiedIntoAShell() throws Exception {
    Finding mode = only("DATA_MODE", findings(0, 0750, GIB, GIB));
    assertEquals("chmod 0700 '/var/lib/et cd'", mode.cure());
    assertTrue(mode.text().contains("mode 0750"), mode.text());
    Finding owner = only("DATA_OWNER", findings(112, 0700, GIB, GIB));
    assertTrue(owner.cure().endsWith("chown root:root '/var/lib/et cd'"), owner.cure());
  }

  @Test
  void aSharedDirectoryOfAnotherMasterIsReplacedByOursInTheCure() throws Exception {
    FakeHost host = new FakeHost(directory).data(Path.of("/mnt/etcd"), true);
    DataSeen seen = DataSeen.look(host.master(), host.state, host.paths());
    List<Finding> found = DataRule.findings(host.master(), seen, 0);
    assertEquals("set cluster.etcd.data-directory to /mnt/etcd/master-1", found.getFirst().cure());
  }
}
