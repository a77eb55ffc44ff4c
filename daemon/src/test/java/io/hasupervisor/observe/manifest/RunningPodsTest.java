package io.hasupervisor.observe.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.manifest.FakeDocker.Box;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunningPodsTest {
  private static final String NEVER = "0001-01-01T00:00:00Z";
  private static final String IMAGE_ID = "sha256:" + "a".repeat(64);

  @TempDir Path directory;

  private Path socket() {
    return directory.resolve("docker.sock");
  }

  private PodSeen look(String pod) {
    return new RunningPods(socket()).look(pod);
  }

  private static Map<String, String> labels(String container, String pod, String namespace) {
    return Map.of(
        "io.kubernetes.container.name",
        container,
        "io.kubernetes.pod.name",
        pod,
        "io.kubernetes.pod.namespace",
        namespace,
        "io.kubernetes.pod.uid",
        "uid1",
        "annotation.io.kubernetes.container.restartCount",
        "3");
  }

  private static Box box(String id, String name, Map<String, String> labels, String created) {
    return new Box(
        id,
        name,
        labels,
        "etcd:3.4",
        IMAGE_ID,
        List.of("etcd", "--name=a"),
        created,
        "running",
        NEVER,
        0,
        "");
  }

  private static Box etcd(String id, String created) {
    return box(
        id,
        "k8s_etcd_etcd-master-1_kube-system_uid1_3",
        labels("etcd", "etcd-master-1", "kube-system"),
        created);
  }

  private static Box ended(String id, String created, int exit, String error) {
    Box it = etcd(id, created);
    return new Box(
        id,
        it.name(),
        it.labels(),
        it.image(),
        it.imageId(),
        it.argv(),
        created,
        "exited",
        "2026-11-25T00:00:09.5Z",
        exit,
        error);
  }

  @Test
  void tellsAllOfAContainer() throws IOException {
    try (FakeDocker docker = new FakeDocker(socket())) {
      docker.add(etcd("c1", "2026-11-25T00:00:00.25Z"));
      ContainerSeen expected =
          new ContainerSeen(
              "c1",
              "uid1",
              "etcd",
              3,
              List.of("etcd:3.4"),
              List.of("etcd", "--name=a"),
              Instant.parse("2026-11-25T00:00:00.25Z"),
              true,
              Optional.empty(),
              0,
              "");
      assertEquals(
          new PodSeen("etcd-master-1", Optional.empty(), List.of(expected)), look("etcd-master-1"));
    }
  }

  @Test
  void tellsEndedOnesToo() throws IOException {
    try (FakeDocker docker = new FakeDocker(socket())) {
      docker.add(ended("old", "2026-11-25T00:00:00Z", 1, ""));
      docker.add(ended("failed", "2026-11-25T00:00:02Z", 127, "exec: \"etcd\": not found\n"));
      docker.add(etcd("new", "2026-11-25T00:00:10Z"));
      List<ContainerSeen> seen = look("etcd-master-1").containers();
      assertEquals(List.of("new", "failed", "old"), seen.stream().map(ContainerSeen::id).toList());
      assertEquals(127, seen.get(1).exit());
      assertEquals("exec: \"etcd\": not found", seen.get(1).detail());
      assertEquals(Optional.of(Instant.parse("2026-11-25T00:00:09.5Z")), seen.get(2).ended());
    }
  }

  @Test
  void oneThatCouldNotBeStartedEndedWhenItWasMade() throws IOException {
    String words =
        "failed to create shim task: OCI runtime create failed: runc create failed: unable to start"
            + " container process: exec: \"/no/such\": stat /no/such: no such file or directory";
    try (FakeDocker docker = new FakeDocker(socket())) {
      Box it = etcd("c1", "2026-11-25T00:00:00Z");
      docker.add(
          new Box(
              "c1",
              it.name(),
              it.labels(),
              it.image(),
              it.imageId(),
              it.argv(),
              it.created(),
              "created",
              NEVER,
              127,
              words));
      ContainerSeen seen = look("etcd-master-1").containers().getFirst();
      assertEquals(Optional.of(seen.created()), seen.ended());
      assertEquals(
          "runc create failed: unable to start container process: exec: \"/no/such\": stat"
              + " /no/such: no such file or directory",
          seen.detail());
    }
  }

  @Test
  void leavesOutTheSandboxOtherPodsAndPodsOfTheSameNameInOtherNamespaces() throws IOException {
    try (FakeDocker docker = new FakeDocker(socket())) {
      docker.add(
          box(
              "sandbox",
              "k8s_POD_etcd-master-1_kube-system_uid1_0",
              labels("POD", "etcd-master-1", "kube-system"),
              "2026-11-25T00:00:00Z"));
      docker.add(
          box(
              "longer",
              "k8s_etcd_my-etcd-master-1_kube-system_uid2_0",
              labels("etcd", "my-etcd-master-1", "kube-system"),
              "2026-11-25T00:00:00Z"));
      docker.add(
          box(
              "theirs",
              "k8s_etcd_etcd-master-1_theirs_uid3_0",
              labels("etcd", "etcd-master-1", "theirs"),
              "2026-11-25T00:00:00Z"));
      docker.add(box("plain", "etcd-master-1", Map.of(), "2026-11-25T00:00:00Z"));
      assertEquals(List.of(), look("etcd-master-1").containers());
      assertEquals(Optional.empty(), look("etcd-master-1").unknown());
      assertEquals("theirs", look("theirs/etcd-master-1").containers().getFirst().id());
    }
  }

  @Test
  void knowsTheContainersOfKubeletsWithoutTodaysLabels() throws IOException {
    try (FakeDocker docker = new FakeDocker(socket())) {
      String hashed = "k8s_etcd-container.8e2b4a5c_etcd-server-master-1_default_0123abcd_0a1b2c3d";
      docker.add(box("named", hashed, Map.of(), "2026-11-25T00:00:00Z"));
      docker.add(
          box(
              "slash",
              hashed,
              Map.of("io.kubernetes.pod.name", "default/etcd-server-master-1"),
              "2026-11-25T00:00:01Z"));
      docker.add(
          box(
              "labelled",
              "odd",
              Map.of(
                  "io.kubernetes.pod.name",
                  "etcd-server-master-1",
                  "io.kubernetes.container.name",
                  "etcd-container"),
              "2026-11-25T00:00:02Z"));
      List<ContainerSeen> seen = look("default/etcd-server-master-1").containers();
      assertEquals(
          List.of("labelled", "slash", "named"), seen.stream().map(ContainerSeen::id).toList());
      assertTrue(seen.stream().allMatch(it -> it.container().equals("etcd-container")));
      assertEquals("0123abcd", seen.getLast().podUid());
      assertEquals(0, seen.getLast().attempt());
    }
  }

  @Test
  void namesAnImageThatTheKubeletAskedForByItsId() throws IOException {
    try (FakeDocker docker = new FakeDocker(socket())) {
      Box it = etcd("c1", "2026-11-25T00:00:00Z");
      docker.add(
          new Box(
              "c1",
              it.name(),
              it.labels(),
              IMAGE_ID,
              IMAGE_ID,
              it.argv(),
              it.created(),
              "running",
              NEVER,
              0,
              ""));
      assertEquals(List.of(IMAGE_ID), look("etcd-master-1").containers().getFirst().images());
      docker.image(IMAGE_ID, "etcd:3.4", "mirror:5000/etcd:3.4");
      assertEquals(
          List.of(IMAGE_ID, "etcd:3.4", "mirror:5000/etcd:3.4"),
          look("etcd-master-1").containers().getFirst().images());
    }
  }

  @Test
  void bearsAContainerThatGoesWhileItIsAskedAbout() throws IOException {
    try (FakeDocker docker = new FakeDocker(socket())) {
      docker.add(etcd("c1", "2026-11-25T00:00:00Z"));
      docker.addVanishing(etcd("c2", "2026-11-25T00:00:01Z"));
      assertEquals(1, look("etcd-master-1").containers().size());
    }
  }

  @Test
  void tellsTwentyAndTheRunningOnesAmongThem() throws IOException {
    try (FakeDocker docker = new FakeDocker(socket())) {
      docker.add(etcd("running", "2026-11-24T00:00:00Z"));
      for (int i = 10; i < 40; i++) {
        docker.add(ended("c" + i, "2026-11-25T00:00:" + i + "Z", 1, ""));
      }
      List<ContainerSeen> seen = look("etcd-master-1").containers();
      assertEquals(20, seen.size());
      assertEquals("c39", seen.getFirst().id());
      assertEquals("running", seen.getLast().id());
      assertEquals(2 + 20, docker.requests.size());
    }
  }

  @Test
  void aDockerThatIsNotThereIsAnAnswer() throws IOException {
    assertEquals(Optional.of(socket() + " does not exist"), look("etcd-master-1").unknown());
    new FakeDocker(socket()).close();
    assertEquals(Optional.of("nobody listens at " + socket()), look("etcd-master-1").unknown());
  }

  @Test
  void aHungDockerIsAnAnswerOnceTheDeadlineIsOver() throws IOException {
    try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      mute.bind(UnixDomainSocketAddress.of(socket()));
      PodSeen seen = new RunningPods(socket(), Duration.ofMillis(700)).look("etcd-master-1");
      assertEquals(
          Optional.of(
              "no answer within 700 ms: still asking docker at "
                  + socket()
                  + " for the containers of etcd-master-1"),
          seen.unknown());
    }
  }

  @Test
  void anInterruptEndsTheLookAndIsKept() throws IOException {
    try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      mute.bind(UnixDomainSocketAddress.of(socket()));
      Thread.currentThread().interrupt();
      PodSeen seen = look("etcd-master-1");
      assertTrue(Thread.interrupted());
      assertTrue(seen.unknown().orElse("").contains("broken off"), seen.toString());
    }
  }
}
