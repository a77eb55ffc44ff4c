package io.hasupervisor.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hasupervisor.observe.manifest.KubeletSeen;
import io.hasupervisor.observe.manifest.KubeletSeen.Container;
import io.hasupervisor.observe.manifest.KubeletSeen.Waiting;
import io.hasupervisor.observe.manifest.PodSeen;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import io.hasupervisor.observe.manifest.PodSeen.LastLines;
import io.hasupervisor.publish.ControlPlane.ManifestStatus;
import io.hasupervisor.publish.ControlPlane.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the status tells of what really runs. */
final class PodStatusTest {
  private static final Instant AT = Docker.BOOT.plus(Docker.NOW);
  private static final String POD = "kube-system/kube-apiserver-m1";

  private static final ContainerSeen RUNS =
      new ContainerSeen(
          "new",
          "u",
          "kube-apiserver",
          4,
          List.of("sha256:" + "a".repeat(64), "apiserver:1.28"),
          List.of("kube-apiserver", "--token=S3CRET", "--secure-port=6443"),
          AT.minusSeconds(120),
          true,
          Optional.empty(),
          0,
          "");

  private static ContainerSeen died(long secondsAgo) {
    return new ContainerSeen(
        "old",
        "u",
        "kube-apiserver",
        3,
        List.of("apiserver:1.28"),
        List.of("kube-apiserver"),
        AT.minusSeconds(secondsAgo + 5),
        false,
        Optional.of(AT.minusSeconds(secondsAgo)),
        2,
        "killed for want of memory");
  }

  private static PodSeen seen(LastLines lines, ContainerSeen... containers) {
    return new PodSeen(POD, Optional.empty(), List.of(containers), Map.of("old", lines), List.of());
  }

  private static final LastLines LINES =
      new LastLines(List.of("one", "two", "three", "", "F: cannot bind"), Optional.empty());

  static ManifestStatus manifest(String running, PodSeen seen) {
    return PodStatusView.with(
        new ManifestStatus("kube-apiserver", false, running, "", Optional.empty()),
        Optional.of(seen));
  }

  private static Status status(ManifestStatus manifest) {
    return Masters.status(
        ControlPlane.ofPods(Masters.WELL.rollout(), List.of(manifest), List.of()));
  }

  private static String text(ManifestStatus manifest) {
    String text = StatusText.of(status(manifest), Rendering.TEXT);
    return text.substring(text.indexOf("MANIFESTS"), text.indexOf("PLACED"));
  }

  @Test
  void whatRunsIsPublishedWithoutSecrets() {
    PodStatus pod = manifest("matches", seen(LINES, RUNS, died(125))).pod().orElseThrow();
    assertEquals("apiserver:1.28", pod.image());
    assertEquals(List.of("kube-apiserver", "--token=***", "--secure-port=6443"), pod.arguments());
    assertEquals(4, pod.restarts());
    assertEquals(2, pod.lastEnd().orElseThrow().exit());
    assertEquals(5, pod.lastEnd().orElseThrow().lines().size());
  }

  @Test
  void aLateEndIsShownWithItsLastLines() {
    assertEquals(
        """
        MANIFESTS       RUNNING   FILE
        kube-apiserver  matches   as placed
          kube-apiserver: restarted 4 times, made 2m ago, last end 2m 5s ago with exit
          code 2 (killed for want of memory)
          | two
          | three
          | F: cannot bind
        """,
        text(manifest("matches", seen(LINES, RUNS, died(125)))));
  }

  @Test
  void whatRunsAndHasRunForLongIsNotTalkedOf() {
    assertEquals(
        """
        MANIFESTS       RUNNING   FILE
        kube-apiserver  matches   as placed
        """,
        text(manifest("matches", seen(LINES, RUNS, died(3600)))));
    assertTrue(text(manifest("starting", seen(LINES, died(3600)))).contains("last end 1h"));
  }

  @Test
  void outputThatCannotBeReadIsSaid() {
    LastLines unread = new LastLines(List.of(), Optional.of("docker's log driver keeps none"));
    String reason =
        manifest("crashing", seen(unread, died(5)))
            .pod()
            .orElseThrow()
            .lastEnd()
            .orElseThrow()
            .reason();
    assertEquals(
        "killed for want of memory; its output cannot be read: docker's log driver keeps none",
        reason);
  }

  @Test
  void outputCannotForgeLines() {
    LastLines forged = new LastLines(List.of("\033[2J\ndocker OK"), Optional.empty());
    String text = text(manifest("crashing", seen(forged, died(5))));
    assertFalse(text.contains("\033"), text);
    assertTrue(text.lines().noneMatch(line -> line.startsWith("docker OK")), text);
  }

  private static PodSeen byTheKubelet(boolean running, Optional<Waiting> waiting) {
    Container told =
        new Container(
            "kube-apiserver", "a:2", 6, running, Optional.empty(), waiting, Optional.empty());
    return new PodSeen(POD, Optional.of("nobody listens at /d"), List.of())
        .with(new KubeletSeen(Optional.empty(), Map.of(POD, List.of(told))));
  }

  @Test
  void withoutDockerTheKubeletsWordIsTold() {
    ManifestStatus runs = manifest("unknown", byTheKubelet(true, Optional.empty()));
    assertEquals("running", runs.running());
    assertEquals(6, runs.pod().orElseThrow().restarts());
    assertEquals(List.of(), runs.pod().orElseThrow().arguments());
    assertTrue(
        status(runs).summary().contains("kube-apiserver runs, by the kubelet's word"),
        status(runs).summary());
    ManifestStatus loops =
        manifest("unknown", byTheKubelet(false, Optional.of(new Waiting("CrashLoopBackOff", "x"))));
    assertEquals("crashing", loops.running());
    assertEquals(
        "the kubelet waits before it starts kube-apiserver again: CrashLoopBackOff",
        loops.detail());
    ManifestStatus lacks =
        manifest("unknown", byTheKubelet(false, Optional.of(new Waiting("ErrImagePull", "no"))));
    assertEquals("starting", lacks.running());
    assertEquals("image a:2 cannot be pulled: ErrImagePull, no", lacks.detail());
  }

  @Test
  void dockersVerdictStandsWhereDockerAnswers() {
    assertEquals("unknown", manifest("unknown", seen(LINES, RUNS)).running());
    assertEquals(
        Optional.empty(),
        manifest("unknown", new PodSeen(POD, Optional.of("silent"), List.of())).pod());
  }

  @Test
  void theJsonHasThePod() throws Exception {
    JsonNode json =
        new ObjectMapper()
            .readTree(StatusJson.of(status(manifest("matches", seen(LINES, RUNS, died(125))))));
    JsonNode pod = json.at("/controlPlane/manifests/0/pod");
    assertEquals("kube-apiserver", pod.get("container").asText());
    assertEquals("F: cannot bind", pod.at("/lastEnd/lines/4").asText());
    assertFalse(json.toString().contains("S3CRET"), json::toString);
  }

  /** For the comparison with the schema. */
  static Status withEnd() {
    return status(manifest("matches", seen(LINES, RUNS, died(125))));
  }
}
