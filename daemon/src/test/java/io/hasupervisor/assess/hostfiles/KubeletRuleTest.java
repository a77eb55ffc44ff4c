package io.hasupervisor.assess.hostfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.observe.hostfiles.FakeHost;
import io.hasupervisor.observe.hostfiles.HostSeen;
import io.hasupervisor.observe.hostfiles.ShellFile;
import io.hasupervisor.yaml.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KubeletRuleTest {
  @TempDir Path directory;
  private Path manifests = Path.of("");

  @BeforeEach
  void manifests() throws IOException {
    manifests = new FakeHost(directory).manifests();
  }

  private FakeHost seed(String file) throws IOException {
    FakeHost host = new FakeHost(directory);
    kubelet(host);
    host.file("/etc/default/kubelet", file.replace("DIR", manifests.toString()));
    return host;
  }

  private FakeHost modern(String file) throws IOException {
    FakeHost host = new FakeHost(directory).modern();
    kubelet(host);
    host.file("/var/lib/kubelet/config.yaml", file.replace("DIR", manifests.toString()));
    return host;
  }

  private static void kubelet(FakeHost host) throws IOException {
    Files.setPosixFilePermissions(
        host.file("/usr/local/bin/kubelet", ""), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static List<Finding> findings(FakeHost host) {
    return KubeletRule.findings(
        host.master(), HostSeen.look(host.master(), List.of(), host.state, host.paths()));
  }

  private static Set<String> codes(FakeHost host) {
    return findings(host).stream().map(Finding::code).collect(Collectors.toSet());
  }

  private static Finding only(String code, FakeHost host) {
    List<Finding> all = findings(host);
    assertEquals(List.of(code), all.stream().map(Finding::code).toList(), all.toString());
    return all.getFirst();
  }

  private static int line(Finding finding) {
    return finding.place().map(Place::line).orElse(0);
  }

  @Test
  void aSoundFileOfEachEraIsFine() throws Exception {
    assertEquals(
        List.of(),
        findings(
            seed(
                """
                MASTER_IP=10.0.0.100
                DAEMON_ARGS="$DAEMON_ARGS --api-servers=https://${MASTER_IP} --allow-privileged=true --v 2 \\
                  --pod-manifest-path=DIR"
                """)));
    assertEquals(List.of(), findings(modern("kind: KubeletConfiguration\nstaticPodPath: DIR\n")));
  }

  @Test
  void namesEveryDefectOfTheFirstFile() throws Exception {
    FakeHost host =
        seed(
            """
            # comment
            MASTER_IP=<insert-ip-here>
            DNS_IP=<insert-dns-ip-here>

            DAEMON_ARGS="$DAEMON_ARGS --api-servers=https://${MASTER_IP} --cloud-provider=
            gce --pod-manifest-path=DIR --allow-privileged=False --cluster-domain=c
            luster.local   --configure-cbr0=true "
            """);
    List<Finding> all = findings(host);
    assertEquals(
        List.of(
            "KUBELET_PLACEHOLDER:2",
            "KUBELET_PLACEHOLDER:3",
            "KUBELET_BROKEN_LINE:5",
            "KUBELET_ALLOW_PRIVILEGED:6",
            "KUBELET_BROKEN_LINE:6"),
        all.stream().map(finding -> finding.code() + ":" + line(finding)).toList());
    assertEquals("join lines 5 and 6 to --cloud-provider=gce", all.get(2).cure());
    assertEquals("join lines 6 and 7 to --cluster-domain=cluster.local", all.get(4).cure());
    assertTrue(all.getFirst().cure().endsWith("MASTER_IP=10.0.0.100"), all.getFirst().cure());
  }

  @Test
  void saysWhatToInstallInEachEra() throws Exception {
    FakeHost host = seed("DAEMON_ARGS=--config=DIR");
    Files.delete(host.root.resolve("usr/local/bin/kubelet"));
    assertTrue(only("KUBELET_MISSING", host).cure().contains("/usr/local/bin/kubelet"));
    FakeHost modern = modern("staticPodPath: DIR");
    Files.delete(modern.root.resolve("usr/local/bin/kubelet"));
    assertTrue(only("KUBELET_MISSING", modern).cure().contains("apt-get install kubelet"));
  }

  @Test
  void aKubeletThatMayNotBeRunIsFound() throws Exception {
    FakeHost host = seed("DAEMON_ARGS=--config=DIR");
    Path program = host.root.resolve("usr/local/bin/kubelet");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals("chmod 0755 " + program, only("KUBELET_NOT_EXECUTABLE", host).cure());
  }

  @Test
  void anotherDirectoryIsNamedWithFileAndLine() throws Exception {
    Finding flag =
        only("KUBELET_POINTS_ELSEWHERE", seed("A=1\nDAEMON_ARGS=\"--config=/old --x\"\n"));
    assertEquals(2, line(flag));
    assertTrue(flag.cure().contains("write --config=" + manifests), flag.cure());
    Files.delete(new FakeHost(directory).kubeletFile());
    Finding setting = only("KUBELET_POINTS_ELSEWHERE", modern("kind: K\nstaticPodPath: /old\n"));
    assertEquals(2, line(setting));
    assertTrue(setting.cure().contains("write staticPodPath: " + manifests), setting.cure());
  }

  @Test
  void aKubeletThatIsToldNothingIsFound() throws Exception {
    only("KUBELET_NOT_POINTED", seed("DAEMON_ARGS=\"--v=2\"\n"));
    only("KUBELET_NOT_POINTED", modern("kind: K\n"));
    only("KUBELET_NOT_POINTED", modern("staticPodPath: \"\"\n"));
    FakeHost host = seed("");
    Files.delete(host.kubeletFile());
    only("KUBELET_FILE_MISSING", host);
  }

  @Test
  void aFileThatCannotBeReadIsNamedWithItsLine() throws Exception {
    assertEquals(2, line(only("KUBELET_FILE_UNUSABLE", modern("a: 1\n\tb: 2\n"))));
    FakeHost host = seed("");
    Files.delete(host.kubeletFile());
    Files.createSymbolicLink(host.kubeletFile(), directory.resolve("elsewhere"));
    only("KUBELET_FILE_UNUSABLE", host);
    FakeHost broken = new FakeHost(directory.resolve("b"));
    kubelet(broken);
    broken.file(
        "/etc/default/kubelet", "DAEMON_ARGS=--config=" + broken.manifests() + "\nif true\n");
    assertEquals(2, line(only("KUBELET_FILE_SYNTAX", broken)));
  }

  @Test
  void aFlagInADropInWinsOverTheSetting() throws Exception {
    FakeHost host = modern("staticPodPath: DIR\n");
    host.file(
        "/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf",
        "[Service]\n# --config=/c\nEnvironment=\"A=--config=%s\"\n".formatted(host.kubeletFile()));
    assertEquals(List.of(), findings(host));
    Path file =
        host.file(
            "/etc/systemd/system/kubelet.service.d/20-own.conf",
            "[Service]\nEnvironment=\"X=--pod-manifest-path=/old\"\n");
    Finding found = only("KUBELET_POINTS_ELSEWHERE", host);
    assertEquals(new Place(file, 2, 1), found.place().orElseThrow());
    host.file("/etc/systemd/system/kubelet.service.d/10-kubeadm.conf", "[Service]\n");
    host.file(
        "/usr/lib/systemd/system/kubelet.service.d/20-own.conf", "--pod-manifest-path=/hidden\n");
    only("KUBELET_POINTS_ELSEWHERE", host);
  }

  @Test
  void aFlagOfKubeadmsWinsToo() throws Exception {
    FakeHost host = modern("staticPodPath: DIR\n");
    host.file(
        "/var/lib/kubelet/kubeadm-flags.env", "KUBELET_KUBEADM_ARGS=\"--pod-manifest-path=/old\"");
    only("KUBELET_POINTS_ELSEWHERE", host);
  }

  @Test
  void aKubeletThatReadsAnotherFileIsFound() throws Exception {
    FakeHost host = modern("staticPodPath: DIR\n");
    host.file("/etc/systemd/system/kubelet.service", "ExecStart=/k --config=/etc/k.yaml\n");
    only("KUBELET_OTHER_CONFIG", host);
  }

  @Test
  void flagsOfAnotherTimeOrPlaceAreFound() throws Exception {
    assertEquals(
        Set.of("KUBELET_CLOUD_PROVIDER", "KUBELET_STRAY_WORD", "KUBELET_OTHER_MASTER_IP"),
        codes(
            seed(
                """
                MASTER_IP=10.0.0.9
                DAEMON_ARGS="--config=DIR --cloud-provider=gce --v=2 stray"
                """)));
  }

  @Test
  void aFlagThatTheKubeletDroppedIsCriticalInTheModernEra() throws Exception {
    FakeHost host = new FakeHost(directory).modern();
    List<Finding> found =
        FlagRule.findings(
            host.master(),
            host.kubeletFile(),
            ShellFile.parse("KUBELET_EXTRA_ARGS=--allow-privileged=true"));
    assertEquals(Finding.Severity.CRITICAL, found.getFirst().severity());
    assertEquals("KUBELET_ALLOW_PRIVILEGED", found.getFirst().code());
  }
}
