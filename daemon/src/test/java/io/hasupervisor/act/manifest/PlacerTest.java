package io.hasupervisor.act.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.ProcessLock;
import io.hasupervisor.host.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlacerTest {
  private static final Manifest OLD = Sets.manifest("etcd", 1);
  private static final Manifest NEW = Sets.manifest("etcd", 2);

  @TempDir Path root;
  private Path directory = Path.of("");

  @BeforeEach
  void directory() throws IOException {
    directory = Files.createDirectory(root.resolve("manifests"));
    mode("rwx------");
  }

  private void mode(String mode) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
  }

  private Placer placer() {
    return placer(directory);
  }

  private Placer placer(Path into) {
    return placer(into, new Relabel(root.resolve("enforce"), List.of("false")));
  }

  private Placer placer(Path into, Relabel relabel) {
    return new Placer(
        into, root.resolve("lock"), Duration.ofSeconds(5), SystemClock.verified(), relabel);
  }

  private void refused(Placer placer, String words) {
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, placer.place(NEW));
    assertTrue(failed.why().contains(words), failed.why());
  }

  private List<String> names(Path in) throws IOException {
    try (Stream<Path> entries = Files.list(in)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }

  @Test
  void placesAndReplacesForTheOwnerOnlyAndLeavesNothingElse() throws IOException {
    for (Manifest manifest : List.of(OLD, NEW)) {
      assertEquals(new Outcome.Done(), placer().place(manifest));
      Path file = directory.resolve("etcd.yaml");
      assertEquals(manifest.text(), Files.readString(file));
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      assertEquals(List.of("etcd.yaml"), names(directory));
    }
    assertEquals(List.of(), names(root.resolve(".ha-supervisor-staging")));
    placer().clean();
    assertEquals(List.of("lock", "manifests"), names(root));
  }

  @Test
  void doesNotTouchAFileWithTheSameBytes() throws IOException {
    Path file = Files.writeString(directory.resolve("etcd.yaml"), NEW.text());
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    Object inode = Files.getAttribute(file, "unix:ino");
    assertEquals(new Outcome.Done(), placer().place(NEW));
    assertEquals(FileTime.from(Instant.EPOCH), Files.getLastModifiedTime(file));
    assertEquals(inode, Files.getAttribute(file, "unix:ino"));
    assertEquals(List.of("lock", "manifests"), names(root));
  }

  @Test
  void refusesADirectoryThatIsMissingOrNone() throws IOException {
    refused(placer(root.resolve("none")), "does not exist: make it with");
    refused(placer(Files.writeString(root.resolve("file"), "")), "is not a directory");
  }

  @Test
  void refusesADirectoryThatIsALink() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("link"), directory);
    refused(placer(link), "is a symbolic link");
    assertEquals(List.of(), names(directory));
  }

  @Test
  void refusesADirectoryThatOthersCanWrite() throws IOException {
    mode("rwxrwx---");
    refused(placer(), "is writable by its group or others (mode 0770)");
    mode("rwx---rwx");
    refused(placer(), "is writable by its group or others (mode 0707)");
    mode("rwxr-xr-x");
    assertEquals(new Outcome.Done(), placer().place(NEW));
  }

  @Test
  void refusesATargetThatIsNoFile() throws IOException {
    Path target = directory.resolve("etcd.yaml");
    Path elsewhere = Files.writeString(root.resolve("elsewhere"), "precious");
    Files.createSymbolicLink(target, elsewhere);
    refused(placer(), "is a symbolic link");
    assertEquals("precious", Files.readString(elsewhere));
    Files.delete(target);
    Files.createDirectory(target);
    refused(placer(), "is a directory");
    assertEquals(List.of("etcd.yaml"), names(directory));
  }

  @Test
  void refusesAPipeWithoutWaitingForIt() throws Exception {
    Path target = directory.resolve("etcd.yaml");
    assertEquals(0, new ProcessBuilder("mkfifo", target.toString()).start().waitFor());
    refused(placer(), "is a pipe, socket or device");
  }

  @Test
  void refusesADirectoryOfKubeadmAndNotOneWithOurOwnFiles() throws IOException {
    String annotated =
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: kube-apiserver
          namespace: kube-system
          annotations:
            kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint: 10.0.0.1:6443
        """;
    Path file = directory.resolve("kube-apiserver.yaml");
    Files.writeString(file, annotated);
    refused(placer(), "belongs to kubeadm (kube-apiserver.yaml has");
    Files.writeString(file, "# Made by ha-supervisor\n" + annotated);
    assertEquals(new Outcome.Done(), placer().place(NEW));
  }

  @Test
  void refusesNamesThatLeaveTheDirectory() {
    for (String name : List.of("../x", "/etc/x", ".x", "")) {
      assertInstanceOf(
          Outcome.Failed.class, placer().place(new Manifest(name, "", "kind: Pod\n")), name);
    }
  }

  @Test
  void refusesAStagingDirectoryThatIsNotOurs() throws IOException {
    Path staging = root.resolve(".ha-supervisor-staging");
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    Files.createSymbolicLink(staging, elsewhere);
    refused(placer(), "not a directory of ours with mode 0700");
    placer().clean();
    assertTrue(Files.isSymbolicLink(staging));
    Files.delete(staging);
    Files.createDirectory(staging);
    Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString("rwxrwxrwx"));
    refused(placer(), "not a directory of ours with mode 0700");
    assertEquals(List.of(), names(directory));
  }

  @Test
  void cleansWhatACrashLeftAndNothingElse() throws IOException {
    Path staging = Files.createDirectory(root.resolve(".ha-supervisor-staging"));
    Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(staging.resolve("etcd.yaml"), "half");
    Files.writeString(directory.resolve(".ha-supervisor-etcd.yaml.new"), "half");
    Files.writeString(directory.resolve(".notes.new"), "somebody's");
    Files.writeString(directory.resolve("etcd.yaml"), OLD.text());
    assertEquals(new Outcome.Done(), placer().place(NEW));
    placer().clean();
    assertEquals(List.of(".notes.new", "etcd.yaml"), names(directory));
    assertTrue(Files.notExists(staging, LinkOption.NOFOLLOW_LINKS));
    Files.createDirectory(staging);
    Files.createDirectory(staging.resolve("somebody's"));
    placer().clean();
    assertTrue(Files.exists(staging.resolve("somebody's")));
  }

  @Test
  void saysWhoElsePlaces() throws IOException {
    Placer impatient =
        new Placer(
            directory,
            root.resolve("lock"),
            Duration.ZERO,
            SystemClock.verified(),
            new Relabel(root.resolve("enforce"), List.of("false")));
    try (ProcessLock _ = ProcessLock.take(root.resolve("lock"), Duration.ZERO)) {
      refused(impatient, "pid " + ProcessHandle.current().pid());
      impatient.clean();
    }
    assertEquals(List.of(), names(directory));
  }

  @Test
  void twoPlacersAtOnceLeaveOneWholeFile() throws IOException {
    List<CompletableFuture<Outcome>> placers =
        IntStream.rangeClosed(1, 6)
            .mapToObj(
                version ->
                    CompletableFuture.supplyAsync(
                        () -> placer().place(Sets.manifest("etcd", version))))
            .toList();
    assertTrue(placers.stream().allMatch(it -> it.join().equals(new Outcome.Done())));
    String left = Files.readString(directory.resolve("etcd.yaml"));
    assertTrue(
        IntStream.rangeClosed(1, 6).anyMatch(it -> left.equals(Sets.manifest("etcd", it).text())));
    assertEquals(List.of("etcd.yaml"), names(directory));
  }

  @Test
  void saysWhenAnotherProgramWritesTheFileToo() throws IOException {
    Path enforce = Files.writeString(root.resolve("enforce"), "1");
    Placer placer = placer(directory, new Relabel(enforce, List.of("sed", "-i", "s/etcd/x/")));
    refused(placer, "was placed and then changed at once");
  }

  @Test
  void labelsTheFileWhereSelinuxIsOnAndPlacesItThoughThatFails() throws IOException {
    Path enforce = Files.writeString(root.resolve("enforce"), "1");
    Path labelled = root.resolve("labelled");
    Relabel relabel = new Relabel(enforce, List.of("cp", "-t", root.toString(), "--"));
    assertEquals(new Outcome.Done(), placer(directory, relabel).place(NEW));
    assertEquals(NEW.text(), Files.readString(root.resolve("etcd.yaml")));
    assertEquals(
        new Outcome.Done(),
        placer(directory, new Relabel(enforce, List.of(labelled.toString()))).place(OLD));
    assertEquals(
        new Outcome.Done(), placer(directory, new Relabel(enforce, List.of("false"))).place(NEW));
  }
}
