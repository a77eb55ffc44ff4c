package io.hasupervisor.observe.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.observe.hostfiles.HostPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UpgradesSeenTest {
  private static final String DUMP =
      """
      APT "";
      APT::Periodic "";
      APT::Periodic::Update-Package-Lists "1";
      APT::Periodic::Unattended-Upgrade "1";
      Unattended-Upgrade::Origins-Pattern "";
      Unattended-Upgrade::Origins-Pattern:: "origin=Debian,label=Debian-Security";
      Unattended-Upgrade::Package-Blacklist "";
      Unattended-Upgrade::Package-Blacklist:: "linux-";
      """;
  private static final String STATUS =
      """
      Package: docker.io
      Status: install ok installed
      Version: 20.10.24

      Package: docker-ce
      Status: hold ok installed

      Package: moby-engine
      Status: deinstall ok config-files
      """;

  @TempDir Path directory;

  private HostPaths paths() {
    return new HostPaths(directory, 0);
  }

  private Path file(String path, String text) throws IOException {
    Path file = directory.resolve(path.substring(1));
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, text);
  }

  private void program(String path) throws IOException {
    Files.setPosixFilePermissions(file(path, ""), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private UpgradesSeen look(String dump) throws InterruptedException {
    return UpgradesSeen.look(paths(), () -> dump);
  }

  private void debian() throws IOException {
    program("/usr/bin/unattended-upgrade");
    file("/var/lib/dpkg/status", STATUS);
  }

  @Test
  void readsWhatAptSaysAndLeavesHeldPackagesOut() throws Exception {
    debian();
    assertEquals(
        new UpgradesSeen.Apt(
            List.of("origin=Debian,label=Debian-Security"),
            List.of("linux-"),
            List.of("docker.io")),
        look(DUMP));
  }

  @Test
  void whatIsTurnedOffUpgradesNothing() throws Exception {
    debian();
    assertEquals(new UpgradesSeen.None(), look(DUMP.replace("Upgrade \"1\"", "Upgrade \"0\"")));
    assertEquals(new UpgradesSeen.None(), look(DUMP + "APT::Periodic::Enable \"0\";\n"));
    assertEquals(new UpgradesSeen.None(), look(""));
    Path timer = directory.resolve("etc/systemd/system/apt-daily-upgrade.timer");
    Files.createDirectories(timer.resolveSibling("."));
    Files.createSymbolicLink(timer, Path.of("/dev/null"));
    assertEquals(new UpgradesSeen.None(), look(DUMP));
  }

  @Test
  void anAptThatCannotBeAskedSaysNothing() throws Exception {
    debian();
    assertEquals(
        new UpgradesSeen.None(),
        UpgradesSeen.look(
            paths(),
            () -> {
              throw new IOException("no such program");
            }));
  }

  private void dnf(String timer) throws IOException {
    program("/usr/bin/dockerd");
    file("/etc/systemd/system/timers.target.wants/" + timer, "");
  }

  @Test
  void dnfAutomaticUpgradesWhereItAppliesWhatItFetches() throws Exception {
    dnf("dnf-automatic.timer");
    assertEquals(new UpgradesSeen.None(), look(""));
    file("/etc/dnf/automatic.conf", "[commands]\n# apply_updates = no\napply_updates = yes\n");
    file("/etc/dnf/dnf.conf", "[main]\nexclude=kernel* docker-ce,moby*\n");
    assertEquals(new UpgradesSeen.Dnf(List.of("kernel*", "docker-ce", "moby*")), look(""));
  }

  @Test
  void itsInstallTimerUpgradesWhateverTheFileSays() throws Exception {
    dnf("dnf-automatic-install.timer");
    file("/etc/dnf/automatic.conf", "[commands]\napply_updates = no\n");
    assertEquals(new UpgradesSeen.Dnf(List.of()), look(""));
  }

  @Test
  void aHostOfNeitherKindUpgradesNothing() throws Exception {
    assertEquals(new UpgradesSeen.None(), look(DUMP));
  }
}
