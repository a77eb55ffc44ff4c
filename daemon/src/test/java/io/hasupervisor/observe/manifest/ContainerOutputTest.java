package io.hasupervisor.observe.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import io.hasupervisor.observe.manifest.PodSeen.LastLines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The last words of containers, as docker keeps them. */
@Timeout(30)
final class ContainerOutputTest {
  @TempDir Path directory;

  private Path socket() {
    return directory.resolve("docker.sock");
  }

  private LastLines read(String id) {
    return new ContainerOutput(socket()).of(id).orElseThrow();
  }

  private static ContainerSeen ended(String id, String container) {
    return new ContainerSeen(
        id,
        "uid",
        container,
        1,
        List.of(),
        List.of(),
        Instant.EPOCH,
        false,
        Optional.of(Instant.EPOCH),
        1,
        "");
  }

  private static ContainerSeen running(String id) {
    return new ContainerSeen(
        id, "uid", "etcd", 1, List.of(), List.of(), Instant.EPOCH, true, Optional.empty(), 0, "");
  }

  @Test
  void givesBothStreamsAsTheyCame() throws IOException {
    try (FakeDocker docker = new FakeDocker(socket())) {
      docker.logs("c1", 1, "starting\n", 2, "panic: no ", 2, "space\n\n", 1, "bye");
      assertEquals(
          new LastLines(List.of("starting", "panic: no space", "", "bye"), Optional.empty()),
          read("c1"));
      assertTrue(docker.requests.getFirst().contains("tail=20"), docker.requests::toString);
    }
  }

  @Test
  void givesTheEndOfMuch() throws IOException {
    try (FakeDocker docker = new FakeDocker(socket())) {
      Object[] frames =
          IntStream.range(0, 30)
              .boxed()
              .flatMap(i -> List.<Object>of(1, "line " + i + "\n").stream())
              .toArray();
      docker.logs("many", frames);
      docker.logs("long", 1, "x".repeat(50_000) + "\nlast words\n");
      docker.logs("one", 2, "y".repeat(50_000));
      assertEquals(20, read("many").lines().size());
      assertEquals("line 29", read("many").lines().getLast());
      assertEquals(List.of("last words"), read("long").lines());
      assertEquals("y".repeat(1000) + "...", read("one").lines().getFirst());
    }
  }

  @Test
  void aTerminalsOutputHasNoFrames() throws IOException {
    try (FakeDocker docker = new FakeDocker(socket())) {
      docker.raw("tty", "plain words of a terminal\r\nmore of them\r\n");
      assertEquals(List.of("plain words of a terminal", "more of them"), read("tty").lines());
    }
  }

  @Test
  void noSecretAndNoControlCharacterIsKept() throws IOException {
    try (FakeDocker docker = new FakeDocker(socket())) {
      docker.logs("c1", 2, "\033[31mE0101\033[0m bad token=S3CRETS3CRET\n\033]0;title\007\n");
      List<String> lines = read("c1").lines();
      assertEquals("E0101 bad token=***", lines.getFirst());
      assertTrue(lines.stream().noneMatch(line -> line.contains("\033")), lines::toString);
    }
  }

  @Test
  void aDriverThatKeepsNothingIsSaid() throws IOException {
    try (FakeDocker docker = new FakeDocker(socket())) {
      assertEquals(
          Optional.of("docker's log driver keeps none that can be read"), read("none").unread());
      assertEquals(1, docker.requests.size());
    }
  }

  @Test
  void aHungDockerIsHungUpOnAndNotAskedAgain() throws Exception {
    try (FakeDocker docker = new FakeDocker(socket())) {
      ContainerOutput output = new ContainerOutput(socket(), Duration.ofMillis(500));
      LastLines read = output.of("mute").orElseThrow();
      assertTrue(read.unread().orElse("").contains("within"), read::toString);
      assertTrue(docker.hungUp.get(20, TimeUnit.SECONDS));
      output.of("mute");
      assertEquals(1, docker.requests.size());
    }
  }

  @Test
  void onlyTheNewestEndOfEachContainerIsAskedForAndOnce() throws IOException {
    try (FakeDocker docker = new FakeDocker(socket())) {
      docker.logs("new", 1, "new\n");
      docker.logs("side", 1, "side\n");
      PodSeen seen =
          new PodSeen(
              "p",
              Optional.empty(),
              List.of(
                  running("r"), ended("new", "etcd"), ended("old", "etcd"), ended("side", "s")));
      RunningPods pods = new RunningPods(socket());
      Map<String, LastLines> read = pods.withOutput(seen).output();
      assertEquals(
          Map.of(
              "new", new LastLines(List.of("new"), Optional.empty()),
              "side", new LastLines(List.of("side"), Optional.empty())),
          read);
      assertEquals(read, pods.withOutput(seen).output());
      assertEquals(2, docker.requests.size());
    }
  }

  @Test
  void nothingIsAskedWhileAllRuns() throws IOException {
    try (FakeDocker docker = new FakeDocker(socket())) {
      PodSeen seen = new PodSeen("p", Optional.empty(), List.of(running("r")));
      assertEquals(seen, new RunningPods(socket()).withOutput(seen));
      assertEquals(0, docker.requests.size());
    }
  }

  @Test
  void anInterruptIsKeptAndLearnsNothing() throws IOException {
    try (FakeDocker docker = new FakeDocker(socket())) {
      docker.logs("c1", 1, "words\n");
      ContainerOutput output = new ContainerOutput(socket());
      Thread.currentThread().interrupt();
      assertEquals(Optional.empty(), output.of("c1"));
      assertTrue(Thread.interrupted());
      assertEquals(List.of("words"), output.of("c1").orElseThrow().lines());
    }
  }
}
