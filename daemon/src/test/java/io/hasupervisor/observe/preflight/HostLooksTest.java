package io.hasupervisor.observe.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.observe.hostfiles.FakeHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HostLooksTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Path FILE = Path.of("/f");

  @TempDir Path directory;
  private FakeHost host;

  @BeforeEach
  void prepare() throws Exception {
    host = new FakeHost(directory);
  }

  private void program(String path, String text) throws Exception {
    Files.setPosixFilePermissions(
        host.file(path, text), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void readsTheKernelsSettings() throws Exception {
    host.file("/proc/sys/kernel/hostname", "a\n");
    host.file("/proc/sys/net/ipv4/ip_forward", "0\n");
    host.file("/proc/swaps", "Filename\tType\tSize\n/dev/sda2  partition\t1\t0\n");
    host.file("/proc/meminfo", "MemTotal:        2048 kB\nMemFree: 1 kB\n");
    host.file("/proc/cpuinfo", "processor\t: 0\nmodel: x\nprocessor\t: 1\n");
    assertEquals(
        new KernelSeen("a", List.of("/dev/sda2"), Map.of(KernelSeen.FORWARD, "0"), 2048 << 10, 2),
        KernelSeen.look(host.paths()));
  }

  @Test
  void aHostWhoseKernelTellsNothingIsNoException() {
    assertEquals(new KernelSeen("", List.of(), Map.of(), 0, 0), KernelSeen.look(host.paths()));
  }

  @Test
  void asksTheKubeletForItsVersionAsAnArgument() throws Exception {
    program("/usr/bin/kubelet", "#!/bin/sh\necho \"Kubernetes v1.31.0 $*\"\n");
    KubeletSeen seen = KubeletSeen.look(host.paths(), FILE, LONG);
    assertEquals(Optional.of("Kubernetes v1.31.0 --version"), seen.version());
  }

  @Test
  void aKubeletThatFailsOrHangsSaysNoVersionAndWhy() throws Exception {
    program("/usr/bin/kubelet", "#!/bin/sh\necho broken\nexit 3\n");
    KubeletSeen failing = KubeletSeen.look(host.paths(), FILE, LONG);
    assertEquals(Optional.empty(), failing.version());
    assertEquals("exit code 3, broken", failing.problem());
    program("/usr/bin/kubelet", "#!/bin/sh\nexec sleep 60\n");
    KubeletSeen hanging = KubeletSeen.look(host.paths(), FILE, Duration.ofMillis(200));
    assertEquals("no answer within 200 ms", hanging.problem());
  }

  @Test
  void readsWhatTheKubeletsFilesSay() {
    KubeletSeen.Options options =
        KubeletSeen.parsed(FILE, "#cgroupDriver: no\ncgroupDriver: systemd\nfailSwapOn: false\n");
    assertEquals(Optional.of("systemd"), options.cgroupDriver());
    assertTrue(options.swap());
    KubeletSeen.Options flags =
        KubeletSeen.parsed(
            FILE, "A=\"--hostname-override=n1 --cgroup-driver=cgroupfs --fail-swap-on=true\"");
    assertEquals(Optional.of("cgroupfs"), flags.cgroupDriver());
    assertEquals(Optional.of("n1"), flags.hostName());
    assertFalse(flags.swap());
  }

  private static ServiceSeen shown(String text) {
    return ServiceSeen.parsed("kubelet", "kubelet.service", text);
  }

  @Test
  void readsWhatSystemctlShows() {
    ServiceSeen seen = shown("LoadState=loaded\nUnitFileState=disabled\nActiveState=active\n");
    assertTrue(seen.installed() && seen.runs());
    assertEquals(Optional.of(false), seen.boot());
    assertFalse(shown("LoadState=not-found\nUnitFileState=\nActiveState=inactive\n").installed());
  }

  /** Seen with a load of 38: the output came too late, and docker was called not installed. */
  @Test
  void doesNotCallAServiceMissingWhenSystemctlSaysNothing() {
    assertEquals(Optional.of("systemctl said nothing"), shown("").problem());
  }

  @Test
  void knowsAnInitScriptByItsLinkAndItsPidfile() throws Exception {
    UnitSpec script =
        new UnitSpec.Script(
            List.of("/etc/init.d/kubelet", "start"),
            List.of("/etc/init.d/kubelet", "stop"),
            Path.of("/var/run/kubelet.pid"),
            Duration.ofSeconds(30));
    assertFalse(ServiceSeen.look("kubelet", script, host.paths(), LONG).installed());
    program("/etc/init.d/kubelet", "#!/bin/sh\n");
    ServiceSeen bare = ServiceSeen.look("kubelet", script, host.paths(), LONG);
    assertTrue(bare.installed() && !bare.runs());
    assertEquals(Optional.of(false), bare.boot());
    host.file("/etc/rc3.d/S02kubelet", "");
    host.file("/var/run/kubelet.pid", ProcessHandle.current().pid() + "\n");
    ServiceSeen whole = ServiceSeen.look("kubelet", script, host.paths(), LONG);
    assertTrue(whole.runs());
    assertEquals(Optional.of(true), whole.boot());
  }
}
