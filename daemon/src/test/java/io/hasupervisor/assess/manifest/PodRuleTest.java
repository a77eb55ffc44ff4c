package io.hasupervisor.assess.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.manifest.PodSeen;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import io.hasupervisor.observe.manifest.StaticPod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodRuleTest {
  private static final String MANIFEST =
      """
      # made by hand
      apiVersion: v1
      kind: Pod
      metadata: {name: etcd, namespace: kube-system}
      spec:
        containers:
          - name: etcd
            image: registry.k8s.io/etcd:3.5.1
            command: [etcd, --name=$(NODE), "--token=secret", --initial-cluster-state=new]
      """;
  private static final List<String> ARGUMENTS =
      List.of("etcd", "--name=master-1", "--token=secret", "--initial-cluster-state=new");
  private static final Instant PLACED = Instant.parse("2026-11-25T00:00:00Z");

  /** A container of etcd, made so many seconds after the placement. */
  private static ContainerSeen made(int seconds, String uid) {
    return new ContainerSeen(
        "id" + seconds,
        uid,
        "etcd",
        0,
        List.of("registry.k8s.io/etcd:3.5.1"),
        ARGUMENTS,
        PLACED.plusSeconds(seconds),
        true,
        Optional.empty(),
        0,
        "");
  }

  private static ContainerSeen ended(int seconds, int attempt, int exit, String detail) {
    ContainerSeen it = made(seconds, "new");
    return new ContainerSeen(
        it.id(),
        "new",
        "etcd",
        attempt,
        it.images(),
        ARGUMENTS,
        it.created(),
        false,
        Optional.of(it.created().plusSeconds(1)),
        exit,
        detail);
  }

  private static ContainerSeen with(String image, List<String> arguments) {
    ContainerSeen it = made(1, "new");
    return new ContainerSeen(
        it.id(),
        "new",
        "etcd",
        0,
        List.of(image),
        arguments,
        it.created(),
        true,
        Optional.empty(),
        0,
        "");
  }

  private static PodVerdict verdict(String manifest, ContainerSeen... containers) {
    return verdict(manifest, PLACED, 60, containers);
  }

  private static PodVerdict verdict(
      String manifest, Instant placed, int nowSeconds, ContainerSeen... containers) {
    PodSeen seen = new PodSeen("etcd-master-1", Optional.empty(), List.of(containers));
    return PodRule.verdict(manifest, seen, placed, PLACED.plusSeconds(nowSeconds));
  }

  private static String of(String container, String image, String more) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: etcd}
    spec:
      containers:
        - name: %s
          image: %s
    """
            .formatted(container, image)
        + more.indent(6);
  }

  @Test
  void matchesWhatWasMadeAfterThePlacementAsTheManifestSays() {
    assertEquals(new PodVerdict.Matches(), verdict(MANIFEST, made(2, "new")));
    assertEquals(
        new PodVerdict.Matches(),
        verdict(MANIFEST, made(2, "new"), ended(-50, 0, 0, "")),
        "an ended one of the earlier manifest is no harm");
  }

  @Test
  void startsWhileThereIsNoneOrNoneRuns() {
    assertEquals(new PodVerdict.Starting("there is no container etcd yet"), verdict(MANIFEST));
    assertEquals(
        new PodVerdict.Starting("etcd does not run: last with exit code 1 (no such file)"),
        verdict(MANIFEST, ended(2, 0, 1, "no such file")));
  }

  @Test
  void anEarlierContainerIsOutdatedUnlessTheFileWasNotChanged() {
    PodVerdict.Outdated outdated =
        assertInstanceOf(PodVerdict.Outdated.class, verdict(MANIFEST, made(-1, "old")));
    assertEquals("id-1", outdated.id());
    assertEquals(new PodVerdict.Matches(), verdict(MANIFEST, Instant.EPOCH, 60, made(-1, "old")));
  }

  @Test
  void anOldPodBesideTheNewOneIsOutdated() {
    assertEquals(
        new PodVerdict.Outdated("id-9", "etcd of the earlier manifest still runs"),
        verdict(MANIFEST, made(2, "new"), made(-9, "old")));
    assertEquals(
        new PodVerdict.Outdated("id2", "etcd runs twice"),
        verdict(MANIFEST, made(3, "new"), made(2, "other")));
    assertEquals(
        new PodVerdict.Outdated("id2", "container etcd runs and is not in the manifest"),
        verdict(of("etcd3", "a:1", ""), made(2, "old")));
  }

  @Test
  void anotherArgumentIsNamedWithoutItsValue() {
    PodVerdict verdict =
        verdict(
            MANIFEST,
            with(
                "registry.k8s.io/etcd:3.5.1",
                List.of("etcd", "--name=a", "--token=other", "--initial-cluster-state=new")));
    assertEquals("etcd runs with another argument: --token", verdict.detail());
    assertEquals(
        "etcd runs with another number of arguments",
        verdict(MANIFEST, with("registry.k8s.io/etcd:3.5.1", List.of("etcd"))).detail());
  }

  @Test
  void argumentsAloneFollowTheImagesOwnEntryPoint() {
    String manifest = of("etcd", "etcd:3", "args: [--a=1, -b]");
    assertEquals(
        "matches",
        verdict(manifest, with("etcd:3", List.of("/entry", "etcd", "--a=1", "-b"))).label());
    assertEquals(
        "outdated", verdict(manifest, with("etcd:3", List.of("/entry", "--a=2", "-b"))).label());
    assertEquals(
        "matches", verdict(of("etcd", "etcd:3", ""), with("etcd:3", List.of("/entry"))).label());
  }

  @ParameterizedTest
  @CsvSource({
    "busybox, docker.io/library/busybox:latest, matches",
    "me/etcd:3, docker.io/me/etcd:3, matches",
    "localhost:5000/etcd, localhost:5000/etcd:latest, matches",
    "etcd:3@sha256:1234, etcd@sha256:1234, matches",
    "etcd:3, etcd:3.1, outdated",
    "etcd:3, mirror.local/etcd:3, outdated",
    "etcd@sha256:1234, etcd@sha256:4321, outdated",
    "etcd:3, sha256:0123456789abcdef, matches",
    "etcd:3, 0123456789ab, matches"
  })
  void imagesAreComparedByTheirFullNames(String wanted, String seen, String label) {
    assertEquals(label, verdict(of("etcd", wanted, ""), with(seen, List.of("etcd"))).label(), seen);
  }

  @Test
  void threeEndsInTwoMinutesAreACrashLoop() {
    ContainerSeen[] ends = {ended(32, 2, 2, "bad flag"), ended(11, 1, 2, ""), ended(1, 0, 2, "")};
    assertEquals(
        new PodVerdict.Crashing(3, "etcd ended 3 times, last with exit code 2 (bad flag)"),
        verdict(MANIFEST, ends));
    assertEquals("starting", verdict(MANIFEST, PLACED, 600, ends).label());
    assertEquals("starting", verdict(MANIFEST, ends[1], ends[2]).label());
  }

  @Test
  void endsBeforeThePlacementAreNotHeldAgainstTheManifest() {
    assertEquals(
        "matches",
        verdict(
                MANIFEST,
                made(5, "new"),
                ended(-3, 2, 2, ""),
                ended(-12, 1, 2, ""),
                ended(-30, 0, 2, ""))
            .label());
  }

  @Test
  void endsWhoseContainersTheKubeletHasRemovedAreCountedByItsAttempts() {
    assertEquals("crashing", verdict(MANIFEST, ended(71, 3, 1, "")).label());
    assertEquals(
        "starting",
        verdict(MANIFEST, ended(3, 58, 1, ""), ended(-5, 57, 0, "")).label(),
        "a pod that kept its uid had its attempts before");
    assertEquals("starting", verdict(MANIFEST, PLACED, 300, ended(290, 9, 1, "")).label());
  }

  @Test
  void dockersSilenceIsUnknownAndSoIsAManifestThatCannotBeRead() {
    PodSeen silent = new PodSeen("etcd", Optional.of("no answer within 10 s"), List.of());
    assertEquals(
        new PodVerdict.Unknown("no answer within 10 s"),
        PodRule.verdict(MANIFEST, silent, PLACED, PLACED));
    assertEquals("unknown", verdict("kind: [", made(1, "new")).label());
    assertEquals("unknown", verdict("kind: Pod", made(1, "new")).label());
  }

  @Test
  void commentsAndLayoutMakeNoOtherPod() {
    assertTrue(StaticPod.same(MANIFEST, MANIFEST.replace("# made by hand", "#\n\n")));
    assertTrue(StaticPod.same("a: {b: 1, c: [x]}", "a:\n  c:\n  - x\n  b: 1\n"));
    assertFalse(StaticPod.same(MANIFEST, MANIFEST.replace("3.5.1", "3.5.2")));
    assertFalse(StaticPod.same("a: [", "a: ["));
  }

  @Test
  void theKubeletsNameOfAPodEndsWithItsNodeInLowerCase() {
    assertEquals(
        Optional.of("kube-system/etcd-master-1"),
        StaticPod.read(MANIFEST).map(pod -> pod.on("Master-1")));
  }
}
