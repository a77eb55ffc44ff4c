package io.hasupervisor.assess.pod;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.observe.manifest.PodSeen;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the containers of one static pod, beyond what a placement waits for. */
public final class PodRules {
  private PodRules() {}

  /**
   * A pod that was looked at.
   *
   * @param name the manifest's
   * @param grace how long the kubelet lets its containers end
   */
  public record Look(String name, Duration grace, PodSeen seen) {}

  /** What is thought of it, and what is remembered for the next look. */
  public record Judgement(List<Finding> findings, PodHistory next) {
    public Judgement {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Judges one look.
   *
   * @param now monotonic
   * @param wall the time by which docker tells when containers were made and ended
   */
  public static Judgement judge(PodHistory history, Look look, Duration now, Instant wall) {
    List<ContainerLife> lives = ContainerLife.of(look.seen());
    // Where nobody answers, nothing is learnt and nothing is found.
    if (lives.isEmpty()) {
      return new Judgement(
          List.of(), look.seen().unknown().isPresent() ? history : PodHistory.NONE);
    }
    PodHistory next = history.then(lives, now);
    List<Finding> findings = new ArrayList<>();
    for (ContainerLife life : lives) {
      List<ContainerSeen> running =
          look.seen().containers().stream()
              .filter(it -> it.running() && it.container().equals(life.name()))
              .toList();
      findings.addAll(TwinRule.findings(look, life, running, wall));
      findings.addAll(RestartRule.findings(look, life, next.growth(life.name()), wall));
    }
    return new Judgement(findings, next);
  }
}
