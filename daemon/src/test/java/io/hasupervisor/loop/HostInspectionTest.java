package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.host.KernelLog.Entry;
import io.hasupervisor.observe.hostfiles.DataMark;
import io.hasupervisor.observe.hostfiles.FakeHost;
import io.hasupervisor.observe.hostfiles.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostInspectionTest {
  @TempDir Path directory;

  /** A host on which nothing is wrong. */
  private FakeHost sound() throws IOException {
    FakeHost host = new FakeHost(directory);
    Files.setPosixFilePermissions(
        host.file("/usr/bin/kubelet", ""), PosixFilePermissions.fromString("rwxr-xr-x"));
    host.file("/etc/default/kubelet", "DAEMON_ARGS=--config=" + host.manifests());
    Files.createDirectories(host.manifests());
    Files.setPosixFilePermissions(host.manifests(), PosixFilePermissions.fromString("rwx------"));
    host.memberData();
    return host;
  }

  private static HostInspection inspection(FakeHost host) {
    return inspection(host, List.of(), Optional.empty());
  }

  private static HostInspection inspection(
      FakeHost host, List<Entry> diskErrors, Optional<Boolean> synchronised) {
    Kernel kernel = new Kernel(() -> diskErrors, () -> Duration.ofHours(30), () -> synchronised);
    return new HostInspection(host.master(), host.state, host.paths(), kernel);
  }

  private static Finding only(String code, List<Finding> findings) {
    assertEquals(List.of(code), findings.stream().map(Finding::code).toList(), findings.toString());
    return findings.getFirst();
  }

  @Test
  void findsNothingOnASoundHostAndRemembersItsData() throws Exception {
    FakeHost host = sound();
    assertEquals(List.of(), inspection(host).findings(List.of(host.etcd())));
    assertTrue(Files.notExists(DataMark.memory(host.state)));
    assertEquals(List.of(), inspection(host).findings());
    assertTrue(DataMark.read(DataMark.memory(host.state)).orElseThrow().seen());
  }

  @Test
  void looksAtTheLogsOfManifestsThatHaveBeenPlaced() throws Exception {
    FakeHost host = sound();
    Path log = Files.createDirectories(host.root.resolve("var/log/etcd.log"));
    Files.writeString(host.manifests().resolve("etcd.yaml"), FakeHost.manifest(log, "").text());
    assertEquals(
        Severity.CRITICAL, only("LOG_IS_DIRECTORY", inspection(host).findings()).severity());
  }

  @Test
  void saysTheExactCommandForModeAndOwnerOfTheData() throws Exception {
    FakeHost host = sound();
    Files.setPosixFilePermissions(host.data(), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertEquals(
        "chmod 0700 " + host.data(), only("DATA_MODE", inspection(host).findings()).cure());
  }

  @Test
  void tellsWhatTheKernelSaidOfTheDiskOfTheData() throws Exception {
    FakeHost host = sound();
    String text = "Buffer I/O error on dev sda1, logical block 3";
    Entry ours = new Entry(3, Duration.ofHours(29), text);
    Entry another = new Entry(3, Duration.ofHours(29), text.replace("sda1", "sda10"));
    Finding finding =
        only("DISK_ERRORS", inspection(host, List.of(ours, another), Optional.empty()).findings());
    assertEquals(Severity.CRITICAL, finding.severity());
    assertTrue(finding.text().endsWith("24 h, 60 min ago: \"" + text + "\""), finding.text());
    assertTrue(finding.text().contains("reported an error"), finding.text());
    Entry old = new Entry(3, Duration.ofHours(5), text);
    assertEquals(List.of(), inspection(host, List.of(old), Optional.empty()).findings());
  }

  @Test
  void tellsThatNobodyKeepsTheClockOnlyWhereThatIsKnown() throws Exception {
    FakeHost host = sound();
    assertEquals(List.of(), inspection(host, List.of(), Optional.of(true)).findings());
    only("CLOCK_NOT_SYNCED", inspection(host, List.of(), Optional.of(false)).findings());
  }

  @Test
  void findsMonitAndSaysWhetherItRuns() throws Exception {
    FakeHost host = sound();
    Path file =
        host.file("/etc/monit/conf.d/monit-kubelet", "  check process kubelet with pidfile x\n");
    host.file("/etc/monit/conf.d/other", "check process nginx\n");
    assertEquals(Severity.ADVICE, only("RIVAL_MONIT", inspection(host).findings()).severity());
    host.file("/proc/42/comm", "monit\n");
    Finding running = only("RIVAL_MONIT", inspection(host).findings());
    assertEquals(Severity.WARNING, running.severity());
    assertEquals("mv " + file + " /root/monit-kubelet.monit && monit reload", running.cure());
  }

  @Test
  void findsAManifestDirectoryThatIsNotRootsAlone() throws Exception {
    FakeHost host = sound();
    Files.setPosixFilePermissions(host.manifests(), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertEquals(
        Severity.WARNING,
        only("MANIFEST_DIRECTORY_MODE", inspection(host).findings(List.of())).severity());
    Files.setPosixFilePermissions(host.manifests(), PosixFilePermissions.fromString("rwxrwx---"));
    assertEquals(
        Severity.CRITICAL,
        only("MANIFEST_DIRECTORY_MODE", inspection(host).findings(List.of())).severity());
    Files.delete(host.manifests());
    only("MANIFEST_DIRECTORY_MISSING", inspection(host).findings(List.of()));
    Files.createSymbolicLink(host.manifests(), directory);
    only("MANIFEST_DIRECTORY_NO_DIRECTORY", inspection(host).findings(List.of()));
  }
}
