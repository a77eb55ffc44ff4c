package io.hasupervisor.observe.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.Identity;
import io.hasupervisor.observe.manifest.DirectorySeen.FileSeen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestDirectoryTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: etcd, namespace: kube-system}
      """;

  @TempDir Path directory;

  /** A clock that stands at 1000 s since boot, {@code ahead} of the real wall clock. */
  private record Still(Instant wall) implements Clock {
    static Still ahead(Duration ahead) {
      return new Still(Instant.now().plus(ahead));
    }

    @Override
    public Duration now() {
      return Duration.ofSeconds(1000);
    }
  }

  private DirectorySeen look() {
    return ManifestDirectory.look(directory, Still.ahead(Duration.ZERO));
  }

  private FileSeen only() {
    List<FileSeen> files = look().files();
    assertEquals(1, files.size(), files.toString());
    return files.getFirst();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private FileSeen seen(byte[] content) throws IOException {
    Files.write(directory.resolve("it"), content);
    return only();
  }

  @Test
  void seesEveryNameTheKubeletTakesInItsOrder() throws IOException {
    for (String name : List.of("b.yaml", "a.yaml~", "B", ".hidden.yaml", "a.yaml")) {
      write(name, POD);
    }
    DirectorySeen seen = look();
    assertEquals(
        List.of("B", "a.yaml", "a.yaml~", "b.yaml"),
        seen.files().stream().map(FileSeen::name).toList());
    assertEquals(Optional.empty(), seen.problem());
    FileSeen file = seen.files().get(1);
    assertEquals(Optional.of("kube-system/etcd"), file.pod());
    assertEquals(Optional.of(Manifest.sha256(POD.getBytes(StandardCharsets.UTF_8))), file.sha256());
    assertEquals(Optional.empty(), file.problem());
  }

  @Test
  void saysWhyTheDirectoryCannotBeRead() throws IOException {
    DirectorySeen none =
        ManifestDirectory.look(directory.resolve("none"), Still.ahead(Duration.ZERO));
    assertEquals(Optional.of("no such file or directory"), none.problem());
    DirectorySeen file = ManifestDirectory.look(write("file", ""), Still.ahead(Duration.ZERO));
    assertEquals(Optional.of("not a directory"), file.problem());
  }

  @Test
  void isBoundedInNumberAndSize() throws IOException {
    FileSeen big = seen(new byte[(10 << 20) + 1]);
    assertEquals(Optional.empty(), big.sha256());
    assertTrue(big.problem().orElseThrow().contains("larger than"));
    FileSeen large =
        seen(("# " + "x".repeat(2 << 20) + "\n" + POD).getBytes(StandardCharsets.UTF_8));
    assertTrue(large.sha256().isPresent());
    assertTrue(large.problem().orElseThrow().contains("not looked into"));
    for (int i = 0; i < 200; i++) {
      write("f" + i, "");
    }
    assertEquals(Optional.of("holds more than 200 entries"), look().problem());
  }

  @Test
  void readsWhatALinkPointsToAndSaysItIsOne() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve(".elsewhere"));
    Path target = Files.writeString(elsewhere.resolve("t"), POD);
    Path link = Files.createSymbolicLink(directory.resolve("link"), target);
    assertTrue(only().link());
    assertEquals(Optional.of("kube-system/etcd"), only().pod());
    Files.delete(target);
    assertEquals(Optional.of("is a link to nothing"), only().problem());
    Files.delete(link);
    Files.createSymbolicLink(link, link);
    assertEquals(Optional.of("is a link to nothing"), only().problem());
  }

  @Test
  void waitsForNoPipeAndReportsWhatIsNoFile() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertTrue(only().problem().orElseThrow().startsWith("is a pipe, socket or device"));
    Files.delete(pipe);
    Files.createSymbolicLink(pipe, Path.of("/dev/zero"));
    assertTrue(only().problem().orElseThrow().startsWith("is a pipe, socket or device"));
    Files.delete(pipe);
    Files.createDirectory(pipe);
    assertTrue(only().problem().orElseThrow().startsWith("is a directory"));
  }

  @Test
  void tellsModeAndOwner() throws IOException {
    Files.setPosixFilePermissions(write("it", POD), PosixFilePermissions.fromString("rw-r-----"));
    assertEquals(Optional.of(new Access(Identity.user(), 0640)), only().access());
    assertEquals(Identity.user(), look().access().orElseThrow().owner());
  }

  @Test
  void tellsTheLastChangeInMonotonicTimeAlsoOfAFileMovedHere() throws IOException {
    Path file = write("it", POD);
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    FileSeen seen =
        ManifestDirectory.look(directory, Still.ahead(Duration.ofSeconds(90))).files().getFirst();
    // The kernel's time of the change of its inode; the test itself takes a moment.
    Duration age = Duration.ofSeconds(1000).minus(seen.changedAt());
    assertTrue(age.compareTo(Duration.ofSeconds(89)) > 0, age.toString());
    assertTrue(age.compareTo(Duration.ofMinutes(2)) < 0, age.toString());
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(3600)));
    assertEquals(Duration.ofSeconds(1000), only().changedAt());
  }

  @Test
  void saysWhatIsNoPod() throws IOException {
    assertEquals("is no pod: it has no kind", problem(""));
    assertEquals("is no pod: its kind is Service", problem("kind: Service\n"));
    assertEquals("its pod has no name", problem("kind: Pod\n"));
    assertTrue(problem("kind: Pod\nmetadata:\n  name: x\n name: y\n").contains("is not YAML"));
    assertTrue(problem("kind: Pod\n\tname: x\n").contains("is not YAML"));
    assertTrue(problem("- a\n").contains("must be a map"));
    FileSeen latin = seen(new byte[] {'#', (byte) 0xe4, '\n'});
    assertEquals(Optional.of("is not UTF-8"), latin.problem());
  }

  private String problem(String text) throws IOException {
    FileSeen seen = seen(text.getBytes(StandardCharsets.UTF_8));
    assertEquals(Optional.empty(), seen.pod());
    return seen.problem().orElse("");
  }

  @Test
  void knowsTheDirectoriesOfOtherTools() throws IOException {
    Path root = Files.createDirectory(directory.resolve("root"));
    for (String path : List.of("etc/kubernetes/manifests", "var/lib/rancher/rke2/agent/pods")) {
      Files.createDirectories(root.resolve(path));
    }
    assertEquals(Optional.empty(), tool(root, "etc/kubernetes/manifests"));
    assertEquals(Optional.of("RKE2"), tool(root, "var/lib/rancher/rke2/agent/pods"));
    assertEquals(Optional.of("k3s"), tool(root, "var/lib/rancher/k3s/agent/pod-manifests"));
    Files.writeString(root.resolve("etc/os-release"), "NAME=Talos\nID=talos\n");
    assertEquals(Optional.of("Talos"), tool(root, "etc/kubernetes/manifests"));
    Files.writeString(root.resolve("etc/os-release"), "ID=debian\n");
    assertEquals(Optional.empty(), tool(root, "etc/kubernetes/manifests"));
    Files.createDirectory(root.resolve("etc/kubernetes/static-pod-resources"));
    assertEquals(Optional.of("OpenShift"), tool(root, "etc/kubernetes/manifests"));
  }

  private static Optional<String> tool(Path root, String path) {
    return ManifestDirectory.look(root.resolve(path), Still.ahead(Duration.ZERO), root)
        .owner()
        .map(DirectoryOwner::tool);
  }
}
