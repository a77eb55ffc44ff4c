package io.hasupervisor.assess.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.observe.manifest.PodSeen;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ContainerWordsTest {
  private static final Instant THEN = Instant.parse("2026-11-24T20:00:00Z");

  private static ContainerSeen container(
      String name, int attempt, boolean running, Optional<Instant> ended, int exit) {
    return new ContainerSeen(
        "id", "uid", name, attempt, List.of(), List.of(), THEN, running, ended, exit, "");
  }

  private static String words(ContainerSeen... containers) {
    return ContainerWords.of(Optional.of(new PodSeen("p", Optional.empty(), List.of(containers))));
  }

  private static ContainerSeen ended(int attempt, int exit) {
    return container("kube-apiserver", attempt, false, Optional.of(THEN), exit);
  }

  private static ContainerSeen runs(int attempt) {
    return container("kube-apiserver", attempt, true, Optional.empty(), 0);
  }

  @Test
  void endsAreCountedAsTheKubeletCountsThem() {
    assertEquals(
        "its container ended 3 times, last with exit code 1", words(ended(2, 1), ended(1, 255)));
    assertEquals("its container ended once with exit code 137", words(ended(0, 137)));
    assertEquals(
        "its container ended 7 times, last with exit code 2, and runs",
        words(runs(7), ended(6, 2)));
    assertEquals("its container runs and has never ended", words(runs(0)));
  }

  @Test
  void othersInThePodDoNotCount() {
    assertEquals(
        "its container runs and has never ended",
        words(container("proxy", 4, false, Optional.of(THEN), 1), runs(0)));
    assertEquals(
        "docker has no container of it", words(container("proxy", 4, false, Optional.of(THEN), 1)));
  }

  @Test
  void whatIsNotKnownIsSaid() {
    assertEquals("", ContainerWords.of(Optional.empty()));
    assertEquals(
        "of its container nothing is known: docker does not answer",
        ContainerWords.of(
            Optional.of(new PodSeen("p", Optional.of("docker does not answer"), List.of()))));
    assertEquals(
        "its container was never started",
        words(container("kube-apiserver", 0, false, Optional.empty(), 0)));
  }
}
