package io.hasupervisor.decide.manifest;

import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.manifest.RolloutAction.MarkCurrent;
import io.hasupervisor.decide.manifest.RolloutAction.MarkLastKnownGood;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A revision that stands: watched, kept in place, and known to be good after a while. */
final class RestRule {
  private RestRule() {}

  static RolloutStep decide(RolloutPolicy policy, RolloutState s, Duration now) {
    Target target = s.target().orElseThrow();
    if (s.facts().directory().orElseThrow().problem().isPresent()) {
      return RolloutStep.rest(s, RolloutBecause.DIRECTORY_UNREADABLE);
    }
    Optional<RolloutStep> due =
        Repair.quarantine(policy, s, now).or(() -> Repair.any(policy, s, now));
    if (due.isPresent()) {
      return due.get();
    }
    boolean unmarked = s.facts().current().filter(r -> r == target.revision()).isEmpty();
    MarkCurrent mark = new MarkCurrent(target.revision());
    if (unmarked && s.mayTry(mark.subject(), now)) {
      return RolloutStep.act(s, mark, RolloutBecause.MARKING);
    }
    return switch (s.phase()) {
      case RolloutPhase.Settling settling -> settling(policy, s, settling, target, now);
      case RolloutPhase.RolledBack back -> RolloutStep.rest(s, back.from().reason());
      case RolloutPhase.RollbackFailed failed ->
          s.allVerified(now)
              ? RolloutStep.rest(
                  s.with(new RolloutPhase.RolledBack(failed.from())), failed.from().reason())
              : RolloutStep.rest(s, failed.from().reason());
      default -> RolloutStep.rest(s, standing(policy, s, target, now));
    };
  }

  private static RolloutStep settling(
      RolloutPolicy policy,
      RolloutState s,
      RolloutPhase.Settling settling,
      Target target,
      Duration now) {
    if (sick(s, target).isPresent() && !policy.observeOnly()) {
      Course course = Course.over(target);
      return PlacingRule.decide(policy, s.with(new RolloutPhase.Placing(course)), course, now);
    }
    if (!s.allVerified(now)) {
      RolloutState again = s.with(new RolloutPhase.Settling(Optional.empty()));
      return RolloutStep.rest(again, standing(policy, s, target, now));
    }
    if (s.good().filter(good -> good.revision() == target.revision()).isPresent()) {
      return RolloutStep.rest(s.with(new RolloutPhase.Placed()), RolloutBecause.VERIFIED);
    }
    Duration since = settling.wellSince().orElse(now);
    RolloutState well = s.with(new RolloutPhase.Settling(Optional.of(since)));
    return now.minus(since).compareTo(Patience.SETTLED) >= 0
        ? Repair.attempt(
            well, new MarkLastKnownGood(target.revision()), RolloutBecause.MARKING, now)
        : RolloutStep.rest(well, RolloutBecause.SETTLING);
  }

  private static Optional<Manifest> sick(RolloutState s, Target target) {
    return target.manifests().stream()
        .filter(manifest -> s.facts().pod(manifest).filter(PodFacts::sick).isPresent())
        .findFirst();
  }

  /** Why it stands as it does, the worst first. */
  private static RolloutBecause standing(
      RolloutPolicy policy, RolloutState s, Target target, Duration now) {
    if (sick(s, target).isPresent()) {
      return RolloutBecause.POD_UNWELL;
    }
    List<PodVerdict> verdicts =
        target.manifests().stream()
            .flatMap(manifest -> s.facts().pod(manifest).stream())
            .map(pod -> pod.last().verdict())
            .toList();
    return Repair.whyNot(policy, s, now)
        .orElseGet(
            () ->
                verdicts.stream().anyMatch(PodVerdict.Unknown.class::isInstance)
                    ? RolloutBecause.RUNTIME_UNKNOWN
                    : s.allVerified(now) ? RolloutBecause.VERIFIED : RolloutBecause.AWAITING_LOOK);
  }
}
