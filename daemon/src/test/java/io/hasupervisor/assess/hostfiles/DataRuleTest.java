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

final class DataRuleTest {
  @TempDir Path directory;

  private List<Finding> findings(long owner, int mode) throws Exception {
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
  void aDirectoryOfRootsAloneIsFine() throws Exception {
    assertEquals(List.of(), findings(0, 0700));
  }

  @Test
  void theCureCanBeCopiedIntoAShell() throws Exception {
    Finding mode = only("DATA_MODE", findings(0, 0750));
    assertEquals("chmod 0700 '/var/lib/et cd'", mode.cure());
    assertTrue(mode.text().contains("mode 0750"), mode.text());
    Finding owner = only("DATA_OWNER", findings(112, 0700));
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
