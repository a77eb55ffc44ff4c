package io.hasupervisor.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hasupervisor.act.backup.BackupResult;
import io.hasupervisor.act.backup.Bed;
import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.host.Command;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class BackupCommandsTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Bed bed;
  private Path file;

  @BeforeEach
  void oneBackup() throws Exception {
    bed = new Bed(directory);
    file =
        switch (bed.run()) {
          case BackupResult.Made made -> made.backup().file();
          case BackupResult.Failed failed -> throw new AssertionError(failed.why().text());
        };
  }

  private <T extends MasterCommand> T told(T command) {
    new CommandLine(command).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command;
  }

  private int list() throws IOException {
    return told(new BackupListCommand()).list(bed.master);
  }

  private void flip() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[12345] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void theListMarksTheNewestVerifiedOne() throws Exception {
    Files.createFile(file.resolveSibling("foreign\033[2J"));
    assertEquals(0, list());
    assertTrue(
        out.toString().contains("verified   " + file.getFileName() + "  (newest)"), out::toString);
    assertTrue(out.toString().contains("not ours, left alone: foreign [2J"), out::toString);
  }

  @Test
  void theListForProgramsSaysWhatIsKnown() throws Exception {
    BackupListCommand command = told(new BackupListCommand());
    command.json = true;
    assertEquals(0, command.list(bed.master));
    JsonNode json = new JsonMapper().readTree(out.toString());
    assertEquals(file.toString(), json.path("newestVerified").asText());
    assertEquals(64, json.path("backups").path(0).path("sha256").asText().length());
  }

  @Test
  void anEmptyDirectoryIsToldWithWhatToDo() throws Exception {
    Files.delete(file);
    assertEquals(1, list());
    assertTrue(out.toString().contains("ha-supervisor backup now"), out::toString);
  }

  @Test
  void verifyFindsADamagedOneAndTheListKnowsItAfterwards() throws Exception {
    assertEquals(0, told(new BackupVerifyCommand()).verify(bed.master));
    assertTrue(out.toString().contains(file + ": whole"), out::toString);
    flip();
    BackupVerifyCommand all = told(new BackupVerifyCommand());
    all.all = true;
    assertEquals(1, all.verify(bed.master));
    assertTrue(out.toString().contains(file + ": DAMAGED: "), out::toString);
    assertEquals(1, list());
    assertTrue(out.toString().contains("broken"), out::toString);
  }

  @Test
  void verifyTakesAFileFromElsewhere() throws Exception {
    BackupVerifyCommand command = told(new BackupVerifyCommand());
    Path copy = Files.copy(file, directory.resolve("copy.db"));
    command.file = Optional.of(copy);
    assertEquals(0, command.verify(bed.master));
    command.file = Optional.of(directory.resolve("none.db"));
    assertEquals(1, command.verify(bed.master));
    assertTrue(out.toString().contains("there is no such file"), out::toString);
  }

  @Test
  void noPlanIsMadeFromADamagedOne() throws Exception {
    RestorePlanCommand command = told(new RestorePlanCommand());
    flip();
    assertEquals(1, command.print(bed.master, directory));
    assertTrue(err.toString().contains("must not be restored from"), err::toString);
    assertEquals("", out.toString());
  }

  private RestorePlan plan(Profile profile, boolean shared, String version) {
    Master it = bed.master;
    Map<String, String> masters = new LinkedHashMap<>();
    masters.put("m2", "10.0.0.2");
    masters.put("m1", "10.0.0.1");
    masters.put("m3", "fd00::3");
    Master three =
        Master.watched(
            profile,
            it.node(),
            new Cluster(
                "prod",
                masters,
                Optional.empty(),
                "10.96.0.0/16",
                "10.244.0.0/16",
                "cluster.local",
                new Cluster.Etcd(
                    Path.of("/var/etcd/m1"),
                    Optional.empty(),
                    shared,
                    "t",
                    Optional.empty(),
                    false)),
            it.manifests(),
            it.credentials(),
            it.kubelet());
    return new RestorePlan(
        three,
        Path.of("/var/lib/ha-supervisor"),
        Path.of("/b/etcd-prod-20260131T141500Z-r7.db"),
        "ab".repeat(32),
        version,
        "20260201T000000Z");
  }

  @Test
  void thePlanNamesEveryMasterItsAddressesAndTheSameFile() throws Exception {
    String text = plan(Profile.SEED, false, "3.4.23").text();
    String all = "m1=http://10.0.0.1:2380,m2=http://10.0.0.2:2380,m3=http://[fd00::3]:2380";
    assertEquals(
        3, text.split("--initial-cluster " + java.util.regex.Pattern.quote(all), -1).length - 1);
    for (String line :
        List.of(
            "scp -p /b/etcd-prod-20260131T141500Z-r7.db root@10.0.0.2:/root/",
            "echo '" + "ab".repeat(32) + "  /root/etcd-prod-20260131T141500Z-r7.db' | sha256sum -c",
            "  --name m3 \\",
            "  --initial-cluster-token prod-restored-20260201T000000Z \\",
            "  --initial-advertise-peer-urls http://[fd00::3]:2380 \\",
            "  --data-dir /var/etcd/m1.restored",
            "ha-supervisor etcd accept-restore --yes")) {
      assertTrue(text.lines().anyMatch(line::equals), line + " in\n" + text);
    }
    assertTrue(text.contains("ETCDCTL_API=3 etcdctl snapshot restore"));
    assertFalse(text.contains("--bump-revision"));
    assertTrue(text.contains("systemctl restart kubelet"));
  }

  @Test
  void thePlanUsesTheToolAndTheFlagsOfTheVersion() throws Exception {
    String modern = plan(Profile.MODERN, false, "3.6.4").text();
    assertTrue(modern.contains("\netcdutl snapshot restore"));
    assertTrue(modern.contains("  --bump-revision 1000000000 --mark-compacted\n"));
    assertTrue(modern.contains("--initial-advertise-peer-urls https://10.0.0.2:2380"));
    assertTrue(modern.contains("sport = :6443"));
    String older = plan(Profile.MODERN, false, "3.5.12").text();
    assertTrue(older.contains("\netcdutl snapshot restore") && !older.contains("--bump"));
    String unknown = plan(Profile.MODERN, false, "").text();
    assertTrue(unknown.contains("version of the etcd that was backed up is not known"));
  }

  @Test
  void onSharedStorageEachMasterHasItsOwnDirectory() {
    String text = plan(Profile.SEED, true, "3.4.23").text();
    for (String name : List.of("m1", "m2", "m3")) {
      assertTrue(text.contains("--data-dir /var/etcd/" + name + ".restored"), text);
    }
  }

  @Test
  void aShellReadsThePlan() throws Exception {
    for (String version : List.of("", "3.4.23", "3.6.0")) {
      Path script =
          Files.writeString(
              directory.resolve("plan.sh"), plan(Profile.MODERN, false, version).text());
      Command.Result read =
          Command.run(List.of("sh", "-n", script.toString()), Duration.ofSeconds(10), 1000);
      assertEquals("0 ", read.exit() + " " + read.output());
    }
  }
}
