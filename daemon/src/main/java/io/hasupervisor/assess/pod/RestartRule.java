package io.hasupervisor.assess.pod;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Containers that end, and those that cannot begin. */
final class RestartRule {
  /** So many ends within {@link PodHistory#WINDOW} are a loop. */
  private static final int LOOP = 3;

  /** So many restarts of one pod are more than a maintenance makes. */
  private static final int OFTEN = 5;

  private static final Duration LATELY = Duration.ofHours(1);
  private static final Duration TODAY = Duration.ofHours(24);

  /** Characters of a program's last line in a sentence. */
  private static final int LINE = 160;

  private RestartRule() {}

  /**
   * Of one container of the pod.
   *
   * @param growth by which its restarts have grown within the window
   */
  static List<Finding> findings(PodRules.Look look, ContainerLife life, int growth, Instant wall) {
    List<Finding> findings = new ArrayList<>();
    int ends = Math.max(growth, ends(look, life, wall));
    // Once the kubelet waits for five minutes at a time, only two fit into the window.
    boolean waits =
        !life.running()
            && (ends == LOOP - 1 || life.waiting().filter(KubeletWords::backsOff).isPresent());
    boolean loops = ends >= LOOP || (life.restarts() >= LOOP && waits);
    if (loops) {
      findings.add(loop(look, life));
    } else {
      often(look, life, wall).ifPresent(findings::add);
    }
    if (life.waiting().filter(KubeletWords::lacksImage).isPresent()) {
      findings.add(noImage(look, life));
    }
    life.lastEnd()
        .filter(end -> end.outOfMemory() && within(end.at(), LATELY, wall))
        .map(end -> outOfMemory(look, life, end))
        .ifPresent(findings::add);
    return findings;
  }

  private static int ends(PodRules.Look look, ContainerLife life, Instant wall) {
    return (int)
        look.seen().containers().stream()
            .filter(it -> it.container().equals(life.name()))
            .filter(it -> it.ended().filter(at -> within(at, PodHistory.WINDOW, wall)).isPresent())
            .count();
  }

  private static Finding loop(PodRules.Look look, ContainerLife life) {
    Optional<ContainerLife.End> end = life.lastEnd();
    return Finding.of(
        "CRASH_LOOP",
        Severity.CRITICAL,
        look.name(),
        "Container "
            + life.name()
            + " ends again and again"
            + end.map(it -> ", last with " + it.words()).orElse("")
            + end.flatMap(ContainerLife.End::lastLine)
                .map(line -> "; its last line: " + cut(line))
                .orElse("")
            + ".",
        "Look at its log: "
            + logs(look, life)
            + "; the kubelet starts it again after a growing delay of up to 5 min, and nothing else"
            + " is done about it.");
  }

  private static Optional<Finding> often(PodRules.Look look, ContainerLife life, Instant wall) {
    // Each restart but the first begins where an end was.
    Optional<Instant> last =
        life.lastEnd()
            .map(ContainerLife.End::at)
            .or(life::started)
            .filter(_ -> life.restarts() > 0);
    if (life.restarts() < OFTEN || last.filter(at -> within(at, TODAY, wall)).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            "RESTARTED_OFTEN",
            within(last.get(), LATELY, wall) ? Severity.WARNING : Severity.ADVICE,
            look.name(),
            "Container "
                + life.name()
                + " was started anew "
                + life.restarts()
                + " times in this pod"
                + life.lastEnd().map(it -> ", last after " + it.words()).orElse("")
                + ".",
            "Look at the log of its last end: "
                + logs(look, life)
                + "; the kubelet restarts it by itself, and nothing else is done about it."));
  }

  private static Finding noImage(PodRules.Look look, ContainerLife life) {
    boolean docker = look.seen().unknown().isEmpty();
    return Finding.of(
        "IMAGE_MISSING",
        Severity.CRITICAL,
        look.name(),
        "Container " + life.name() + " cannot be made: " + KubeletWords.of(look.seen()) + ".",
        "Try it by hand: "
            + (docker ? "docker pull " : "crictl pull ")
            + life.image()
            + (docker ? " (or docker load -i FILE)" : "")
            + "; the kubelet tries again by itself, up to 5 min apart, and nothing else is done"
            + " about it.");
  }

  private static Finding outOfMemory(
      PodRules.Look look, ContainerLife life, ContainerLife.End end) {
    return Finding.of(
        "OOM_KILLED",
        Severity.WARNING,
        look.name(),
        "The kernel killed container "
            + life.name()
            + " at "
            + Instant.ofEpochSecond(end.at().getEpochSecond())
            + " for want of memory.",
        "See who has the memory (free -m, dmesg | grep -i oom) and raise resources.limits.memory of"
            + " "
            + look.name()
            + " or free some; the kubelet restarts it by itself, and nothing else is done about"
            + " it.");
  }

  /** Of the end, not of the container that was made after it. */
  private static String logs(PodRules.Look look, ContainerLife life) {
    Optional<String> ended =
        look.seen().containers().stream()
            .filter(it -> it.container().equals(life.name()) && it.ended().isPresent())
            .findFirst()
            .map(ContainerSeen::id);
    return look.seen().unknown().isEmpty()
        ? "docker logs --tail 50 "
            + ended.map(id -> id.substring(0, Math.min(12, id.length()))).orElse("ID")
        : "crictl ps -a --name " + life.name() + ", crictl logs --tail 50 ID";
  }

  private static boolean within(Instant at, Duration time, Instant wall) {
    return at.isAfter(wall.minus(time));
  }

  private static String cut(String line) {
    return line.length() <= LINE ? line : line.substring(0, LINE) + "...";
  }
}
