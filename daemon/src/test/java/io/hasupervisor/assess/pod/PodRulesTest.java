package io.hasupervisor.assess.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.observe.manifest.KubeletSeen;
import io.hasupervisor.observe.manifest.KubeletSeen.Container;
import io.hasupervisor.observe.manifest.KubeletSeen.End;
import io.hasupervisor.observe.manifest.KubeletSeen.Waiting;
import io.hasupervisor.observe.manifest.PodSeen;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import io.hasupervisor.observe.manifest.PodSeen.LastLines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PodRulesTest {
  private static final Instant WALL = Instant.parse("2026-11-24T21:00:00Z");
  private static final Duration NOW = Duration.ofHours(5);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final String POD = "kube-system/etcd-m1";

  private static ContainerSeen running(String id, String uid, int attempt, long secondsAgo) {
    return new ContainerSeen(
        id,
        uid,
        "etcd",
        attempt,
        List.of("etcd:3.4"),
        List.of("etcd"),
        WALL.minusSeconds(secondsAgo),
        true,
        Optional.empty(),
        0,
        "");
  }

  private static ContainerSeen ended(
      String id, String uid, int attempt, long secondsAgo, int exit, String detail) {
    return new ContainerSeen(
        id,
        uid,
        "etcd",
        attempt,
        List.of("etcd:3.4"),
        List.of("etcd"),
        WALL.minusSeconds(secondsAgo + 1),
        false,
        Optional.of(WALL.minusSeconds(secondsAgo)),
        exit,
        detail);
  }

  private static PodSeen seen(ContainerSeen... containers) {
    return new PodSeen(POD, Optional.empty(), List.of(containers));
  }

  private static PodSeen said(PodSeen seen, Container told) {
    return seen.with(new KubeletSeen(Optional.empty(), Map.of(POD, List.of(told))));
  }

  private static Container waiting(String reason, String message, int restarts) {
    return new Container(
        "etcd",
        "etcd:3.5",
        restarts,
        false,
        Optional.empty(),
        Optional.of(new Waiting(reason, message)),
        Optional.empty());
  }

  private static List<Finding> findings(String name, PodSeen seen) {
    return PodRules.judge(PodHistory.NONE, new PodRules.Look(name, GRACE, seen), NOW, WALL)
        .findings();
  }

  private static List<String> codes(PodSeen seen) {
    return findings("etcd", seen).stream().map(Finding::code).toList();
  }

  private static Finding only(PodSeen seen) {
    List<Finding> found = findings("etcd", seen);
    assertEquals(1, found.size(), found::toString);
    return found.getFirst();
  }

  @Test
  void aPodThatRunsIsNoFinding() {
    assertEquals(List.of(), codes(seen(running("a", "u", 0, 4000))));
    assertEquals(
        List.of(), codes(seen(running("a", "u", 1, 4000), ended("b", "u", 0, 4001, 1, ""))));
    assertEquals(List.of(), codes(seen()));
    assertEquals(List.of(), codes(new PodSeen(POD, Optional.of("silent"), List.of())));
  }

  @Test
  void twoOfOnePodAtOnceAreNamedBoth() {
    Finding found = only(seen(running("newer12345678", "u", 1, 5), running("older", "u", 0, 900)));
    assertEquals("DOUBLE_CONTAINER", found.code());
    assertEquals(Severity.CRITICAL, found.severity());
    assertTrue(
        found.text().contains("newer1234567 ") && found.text().contains("older "), found::text);
    assertTrue(found.cure().contains("docker stop -t 30 older"), found::cure);
    assertTrue(found.cure().contains("no etcd is ever stopped by itself"), found::cure);
    assertEquals(
        Severity.WARNING,
        findings("web", seen(running("a", "u", 1, 5), running("b", "u", 0, 9)))
            .getFirst()
            .severity());
  }

  @Test
  void anOldPodMayEndItsGraceBesideTheNewOne() {
    ContainerSeen old = running("old", "u1", 0, 5000);
    assertEquals(List.of(), codes(seen(running("new", "u2", 0, 29), old)));
    assertEquals(List.of("DOUBLE_CONTAINER"), codes(seen(running("new", "u2", 0, 30), old)));
  }

  @Test
  void anOldContainerThatKeepsTheNewOneFromRunningIsStale() {
    ContainerSeen old = running("old", "u1", 0, 5000);
    assertEquals(List.of(), codes(seen(ended("new", "u2", 0, 58, 1, ""), old)));
    Finding found = only(seen(ended("new", "u2", 0, 59, 1, ""), old));
    assertEquals("STALE_CONTAINER", found.code());
    assertTrue(found.text().startsWith("Container old (pod u1, made "), found::text);
  }

  @Test
  void threeEndsInTenMinutesAreALoopWithItsLastLine() {
    PodSeen looping =
        seen(
            ended("c", "u", 2, 10, 2, ""),
            ended("b", "u", 1, 60, 2, ""),
            ended("a", "u", 0, 599, 2, ""));
    PodSeen withLines =
        new PodSeen(
            POD,
            Optional.empty(),
            looping.containers(),
            Map.of("c", new LastLines(List.of("x", "bind: address in use", " "), Optional.empty())),
            List.of());
    Finding found = only(withLines);
    assertEquals("CRASH_LOOP", found.code());
    assertTrue(
        found.text().contains("last with exit code 2; its last line: bind: address"), found::text);
    assertTrue(found.cure().contains("docker logs --tail 50 c"), found::cure);
    assertEquals(
        List.of(),
        codes(
            seen(
                ended("c", "u", 2, 10, 2, ""),
                ended("b", "u", 1, 60, 2, ""),
                ended("a", "u", 0, 600, 2, ""))));
  }

  /** The kubelet keeps but the last ended one. */
  @Test
  void attemptsThatGrowByThreeInTenMinutesAreALoop() {
    int[] attempts = {7, 8, 9, 10};
    PodHistory history = PodHistory.NONE;
    Duration now = NOW;
    for (int attempt : attempts) {
      PodSeen seen = seen(running("c" + attempt, "u", attempt, 5));
      PodRules.Judgement judged =
          PodRules.judge(history, new PodRules.Look("etcd", GRACE, seen), now, WALL);
      assertEquals(
          attempt == 10,
          judged.findings().stream().anyMatch(it -> it.code().equals("CRASH_LOOP")),
          "attempt " + attempt);
      history = judged.next();
      now = now.plusMinutes(3);
    }
    PodSeen still = seen(running("c10", "u", 10, 700));
    List<Finding> later =
        PodRules.judge(history, new PodRules.Look("etcd", GRACE, still), now.plusMinutes(8), WALL)
            .findings();
    assertEquals(List.of("RESTARTED_OFTEN"), later.stream().map(Finding::code).toList());
  }

  @Test
  void slowGrowthIsNoLoopAndANewPodBeginsAnew() {
    PodHistory history = PodHistory.NONE;
    Duration now = NOW;
    for (int i = 0; i < 4; i++) {
      PodSeen seen = seen(running("c" + i, "u", i, 5));
      PodRules.Judgement judged =
          PodRules.judge(history, new PodRules.Look("etcd", GRACE, seen), now, WALL);
      assertEquals(List.of(), judged.findings());
      history = judged.next();
      now = now.plusMinutes(6);
    }
    PodSeen other = seen(running("x", "v", 7, 90_000));
    assertEquals(
        List.of(),
        PodRules.judge(history, new PodRules.Look("etcd", GRACE, other), now, WALL).findings());
  }

  @Test
  void theHistoryIsBounded() {
    PodHistory history = PodHistory.NONE;
    for (int i = 0; i < 1000; i++) {
      PodSeen seen = seen(running("c", "u", i, 5));
      history =
          PodRules.judge(history, new PodRules.Look("etcd", GRACE, seen), NOW.plusMillis(i), WALL)
              .next();
    }
    assertTrue(history.counts().getOrDefault("etcd", List.of()).size() <= 50);
  }

  @Test
  void whereDockerIsSilentTheHistoryStays() {
    PodSeen seen = seen(running("c", "u", 4, 5));
    PodHistory history =
        PodRules.judge(PodHistory.NONE, new PodRules.Look("etcd", GRACE, seen), NOW, WALL).next();
    PodSeen silent = new PodSeen(POD, Optional.of("silent"), List.of());
    assertEquals(
        history,
        PodRules.judge(history, new PodRules.Look("etcd", GRACE, silent), NOW, WALL).next());
  }

  /** At five minutes between two starts only two ends fit into the window. */
  @Test
  void aLoopStaysOneOnceTheKubeletWaitsForFiveMinutes() {
    assertEquals(
        List.of("CRASH_LOOP"),
        codes(seen(ended("h", "u", 7, 100, 1, ""), ended("g", "u", 6, 400, 1, ""))));
    assertEquals(
        List.of("CRASH_LOOP"),
        codes(
            said(
                seen(ended("h", "u", 7, 100, 1, "")), waiting("CrashLoopBackOff", "back-off", 7))));
    assertEquals(
        List.of(),
        codes(
            said(seen(ended("b", "u", 1, 10, 1, "")), waiting("CrashLoopBackOff", "back-off", 1))));
  }

  @Test
  void manyRestartsAreToldWhileTheyAreNews() {
    Finding lately = only(seen(running("f", "u", 5, 3000), ended("e", "u", 4, 3001, 137, "")));
    assertEquals("RESTARTED_OFTEN", lately.code());
    assertEquals(Severity.WARNING, lately.severity());
    assertTrue(
        lately.text().contains("5 times in this pod, last after exit code 137"), lately::text);
    assertEquals(Severity.ADVICE, only(seen(running("f", "u", 5, 80_000))).severity());
    assertEquals(List.of(), codes(seen(running("f", "u", 5, 90_000))));
    assertEquals(List.of(), codes(seen(running("f", "u", 4, 10))));
  }

  @Test
  void anImageThatCannotBePulledIsNamed() {
    Finding found = only(said(seen(), waiting("ImagePullBackOff", "Back-off pulling image", 0)));
    assertEquals("IMAGE_MISSING", found.code());
    assertTrue(
        found.text().contains("image etcd:3.5 cannot be pulled: ImagePullBackOff, Back-off"),
        found::text);
    assertTrue(found.cure().contains("docker pull etcd:3.5"), found::cure);
  }

  @Test
  void aContainerThatDockerShowsRunningIsNotWaitedFor() {
    assertEquals(
        List.of(),
        codes(said(seen(running("a", "u", 0, 5)), waiting("ImagePullBackOff", "old news", 0))));
  }

  @Test
  void wantOfMemoryIsToldByDockerOrByTheKubelet() {
    assertEquals(
        List.of("OOM_KILLED"),
        codes(
            seen(
                running("b", "u", 1, 50),
                ended("a", "u", 0, 60, 137, "killed for want of memory"))));
    PodSeen plain = seen(running("b", "u", 1, 50), ended("a", "u", 0, 60, 137, ""));
    for (int apart : new int[] {0, 5}) {
      Container told =
          new Container(
              "etcd",
              "etcd:3.4",
              1,
              true,
              Optional.empty(),
              Optional.empty(),
              Optional.of(new End("OOMKilled", 137, WALL.minusSeconds(60 + apart))));
      // Of another end the kubelet's word says nothing.
      assertEquals(apart == 0 ? List.of("OOM_KILLED") : List.of(), codes(said(plain, told)));
    }
    assertEquals(
        List.of(),
        codes(
            seen(
                running("b", "u", 1, 4000),
                ended("a", "u", 0, 4000, 137, "killed for want of memory"))));
  }

  @Test
  void withoutDockerTheKubeletAloneIsBelieved() {
    PodSeen silent = new PodSeen(POD, Optional.of("no docker here"), List.of());
    Container loop =
        new Container(
            "etcd",
            "etcd:3.5",
            6,
            false,
            Optional.empty(),
            Optional.of(new Waiting("CrashLoopBackOff", "back-off 5m0s")),
            Optional.of(new End("Error", 1, WALL.minusSeconds(20))));
    Finding found = only(said(silent, loop));
    assertEquals("CRASH_LOOP", found.code());
    assertTrue(found.cure().contains("crictl logs"), found::cure);
    assertFalse(found.cure().contains("docker"), found::cure);
  }

  @Test
  void everyFindingIsOneSentenceWithACure() {
    for (PodSeen seen :
        List.of(
            seen(running("a", "", 1, 5), running("b", "", 0, 9)),
            seen(ended("new", "u2", 0, 59, 1, ""), running("old", "u1", 0, 5000)),
            said(seen(), waiting("ErrImagePull", "", 0)),
            seen(running("f", "u", 5, 3000)))) {
      Finding found = only(seen);
      assertTrue(found.text().endsWith(".") && !found.text().contains("null"), found::text);
      assertTrue(found.cure().endsWith("."), found::cure);
      assertEquals("etcd", found.subject());
    }
  }
}
