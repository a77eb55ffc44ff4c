package io.hasupervisor.decide.manifest;

import io.hasupervisor.decide.manifest.RolloutEvent.DirectoryLooked;
import io.hasupervisor.decide.manifest.RolloutEvent.EtcdJudged;
import io.hasupervisor.decide.manifest.RolloutEvent.Finished;
import io.hasupervisor.decide.manifest.RolloutEvent.Ordered;
import io.hasupervisor.decide.manifest.RolloutEvent.PodLooked;
import io.hasupervisor.decide.manifest.RolloutEvent.Ticked;
import java.time.Duration;
import java.util.Optional;

/**
 * The state machine of the manifests' placement: first the event becomes a fact, then the facts
 * decide.
 *
 * <p>Who decides what: {@link PlacingRule} while a revision is on its way, {@link Verification}
 * whether its pod runs, {@link RestRule} afterwards, {@link Repair} what is done about files that
 * somebody else touched. While an action is in flight only facts are taken in.
 */
public final class RolloutMachine {
  private RolloutMachine() {}

  /** The next state, at most one action, and why. {@code now} is monotonic and never goes back. */
  public static RolloutStep step(
      RolloutPolicy policy, RolloutState state, RolloutEvent event, Duration now) {
    RolloutState next = take(state, event, now);
    return next.inFlight().isPresent()
        ? RolloutStep.rest(next, next.because())
        : decide(policy, next, now);
  }

  private static RolloutState take(RolloutState s, RolloutEvent event, Duration now) {
    return switch (event) {
      case DirectoryLooked looked -> directory(s, looked);
      case PodLooked looked -> pod(s, looked);
      case Finished finished -> RolloutOutcomes.take(s, finished, now);
      case Ordered ordered -> s.ordered(Optional.of(ordered.target()));
      case EtcdJudged judged -> s.with(s.facts().with(judged.etcd()));
      case Ticked _ -> s;
    };
  }

  private static RolloutState directory(RolloutState s, DirectoryLooked looked) {
    Duration at = looked.seen().at();
    boolean older = s.facts().directory().filter(known -> known.at().compareTo(at) > 0).isPresent();
    return older || at.compareTo(s.facts().believeFrom()) < 0
        ? s
        : s.with(s.facts().with(looked.seen(), looked.owner()));
  }

  private static RolloutState pod(RolloutState s, PodLooked looked) {
    // One that began between a placement and its news took earlier containers for this manifest's.
    boolean wanted =
        s.target()
            .flatMap(target -> target.find(looked.manifest()))
            .filter(manifest -> manifest.sha256().equals(looked.sha256()))
            .filter(manifest -> s.facts().placedAt(manifest).equals(looked.placed()))
            .isPresent();
    if (!wanted || looked.at().compareTo(s.facts().believeFrom()) < 0) {
      return s;
    }
    Optional<PodFacts> known =
        Optional.ofNullable(s.facts().pods().get(looked.manifest()))
            .filter(pod -> pod.last().sha256().equals(looked.sha256()));
    if (known.filter(pod -> pod.last().at().compareTo(looked.at()) >= 0).isPresent()) {
      return s;
    }
    PodFacts pod = known.map(before -> before.then(looked)).orElse(PodFacts.first(looked));
    return s.with(s.facts().with(looked.manifest(), pod));
  }

  private static RolloutStep decide(RolloutPolicy policy, RolloutState state, Duration now) {
    if (state.facts().directory().isEmpty()) {
      // Right after an action its reason stands until there is evidence.
      return RolloutStep.rest(state, state.because());
    }
    RolloutState s = begun(owned(state), now);
    if (s.facts().directory().isEmpty()) {
      return RolloutStep.rest(s, RolloutBecause.AWAITING_LOOK);
    }
    return switch (s.phase()) {
      case RolloutPhase.None _ -> RolloutStep.rest(s, RolloutBecause.NOTHING_PLACED);
      case RolloutPhase.Observed _ -> RolloutStep.rest(s, RolloutBecause.OWNED_BY_OTHER);
      case RolloutPhase.Placing placing -> PlacingRule.decide(policy, s, placing.course(), now);
      case RolloutPhase.RollingBack back -> PlacingRule.decide(policy, s, back.course(), now);
      case RolloutPhase.Settling _,
          RolloutPhase.Placed _,
          RolloutPhase.RolledBack _,
          RolloutPhase.RollbackFailed _ ->
          RestRule.decide(policy, noted(s, now), now);
    };
  }

  /** Another tool's directory is left alone, whatever was on its way. */
  private static RolloutState owned(RolloutState s) {
    Optional<String> owner = s.facts().owner();
    if (owner.isPresent()) {
      return s.with(new RolloutPhase.Observed(owner.get())).ordered(Optional.empty());
    }
    return s.phase() instanceof RolloutPhase.Observed
        ? s.with(
            s.target().isPresent()
                ? new RolloutPhase.Settling(Optional.empty())
                : new RolloutPhase.None())
        : s;
  }

  /** A waiting order supersedes what was on its way; everything is looked at anew for it. */
  private static RolloutState begun(RolloutState s, Duration now) {
    return s.ordered()
        .map(
            target ->
                s.ordered(Optional.empty())
                    .with(new RolloutPhase.Placing(Course.fresh()))
                    .aimingAt(target)
                    .with(s.facts().stale(now)))
        .orElse(s);
  }

  /** Which pods have been seen running well on this host. */
  static RolloutState noted(RolloutState s, Duration now) {
    RolloutState next = s;
    for (var manifest : s.target().map(Target::manifests).orElseThrow()) {
      if (!next.facts().ranHere(manifest) && next.facts().verified(manifest, now)) {
        next = next.with(next.facts().running(manifest.name()));
      }
    }
    return next;
  }
}
