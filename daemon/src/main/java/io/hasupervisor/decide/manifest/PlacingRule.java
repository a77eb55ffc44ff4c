package io.hasupervisor.decide.manifest;

import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.manifest.RolloutAction.AskConsent;
import io.hasupervisor.decide.manifest.RolloutAction.MarkCurrent;
import io.hasupervisor.decide.manifest.RolloutAction.Occasion;
import io.hasupervisor.decide.manifest.RolloutAction.Place;
import io.hasupervisor.decide.manifest.RolloutAction.Prepare;
import io.hasupervisor.decide.manifest.RolloutAction.StopOldContainer;
import io.hasupervisor.decide.manifest.RolloutFacts.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A revision on its way, forward or back: one manifest after the other, each once the one before it
 * runs.
 */
final class PlacingRule {
  private PlacingRule() {}

  static RolloutStep decide(RolloutPolicy policy, RolloutState before, Course begun, Duration now) {
    RolloutState s = RolloutMachine.noted(before, now);
    Target target = s.target().orElseThrow();
    if (s.facts().directory().orElseThrow().problem().isPresent()) {
      return begun.prepared() || goingBack(s)
          ? RolloutStep.rest(s, RolloutBecause.DIRECTORY_UNREADABLE)
          : Repair.attempt(s, new Prepare(target.manifests()), RolloutBecause.PREPARING, now);
    }
    Optional<RolloutStep> stray = Repair.quarantine(policy, s, now);
    if (stray.isPresent()) {
      return stray.get();
    }
    Course course = begun.withPlaced(standing(s, target));
    s = s.with(s.phase().with(course));
    for (Manifest manifest : target.manifests()) {
      boolean stood = course.placed().contains(manifest.name());
      if (s.facts().standing(manifest) != Standing.SAME) {
        return stood
            ? Repair.one(policy, s, manifest, now)
            : write(s, target, course, manifest, now);
      }
      if (!s.facts().verified(manifest, now)) {
        return await(policy, s, course, manifest, now);
      }
    }
    return arrived(policy, s, now);
  }

  /** Also those whose turn has not come: a change of theirs from now on is another hand's. */
  private static List<String> standing(RolloutState s, Target target) {
    return target.manifests().stream()
        .filter(manifest -> s.facts().standing(manifest) == Standing.SAME)
        .map(Manifest::name)
        .toList();
  }

  private static boolean goingBack(RolloutState s) {
    return s.phase() instanceof RolloutPhase.RollingBack;
  }

  /** The host and the store first: what cannot be remembered is not begun. */
  private static RolloutStep write(
      RolloutState s, Target target, Course course, Manifest manifest, Duration now) {
    Place place = new Place(manifest, target.revision());
    if (goingBack(s)) {
      boolean asks = Patience.delicate(manifest) && !granted(s, manifest);
      return asks
          ? ask(s, manifest, Occasion.ROLL_BACK, now)
          : Repair.attempt(s, place, RolloutBecause.WRITING, now);
    }
    if (!course.prepared()) {
      return Repair.attempt(s, new Prepare(target.manifests()), RolloutBecause.PREPARING, now);
    }
    if (s.facts().current().filter(r -> r == target.revision()).isEmpty()) {
      return Repair.attempt(s, new MarkCurrent(target.revision()), RolloutBecause.MARKING, now);
    }
    // Last, as consent is for at once.
    return disturbs(s, manifest) && !granted(s, manifest)
        ? ask(s, manifest, Occasion.ORDERED, now)
        : Repair.attempt(s, place, RolloutBecause.WRITING, now);
  }

  /**
   * Names of the manifests by whose change this order would disturb others, by what is seen now;
   * before the directory was seen, all that may.
   */
  static List<String> disturbing(RolloutState s, Target target) {
    return target.manifests().stream()
        .filter(Patience::delicate)
        .filter(
            manifest ->
                s.facts().directory().isEmpty()
                    || (s.facts().standing(manifest) != Standing.SAME && disturbs(s, manifest)))
        .map(Manifest::name)
        .toList();
  }

  /** Whether others may depend on a pod of it: where there never was one, nobody does. */
  private static boolean disturbs(RolloutState s, Manifest manifest) {
    return Patience.delicate(manifest)
        && (s.facts().standing(manifest) != Standing.MISSING || s.facts().ranHere(manifest));
  }

  private static RolloutStep ask(
      RolloutState s, Manifest manifest, Occasion occasion, Duration now) {
    AskConsent ask = new AskConsent(manifest, occasion, s.facts().ranHere(manifest));
    return Repair.attempt(s, ask, RolloutBecause.ASKING_CONSENT, now);
  }

  private static boolean granted(RolloutState s, Manifest manifest) {
    return s.granted().filter(manifest.name()::equals).isPresent();
  }

  private static RolloutStep await(
      RolloutPolicy policy, RolloutState before, Course course, Manifest manifest, Duration now) {
    Course.Wait wait = Verification.waiting(before, course, manifest, now);
    RolloutState s = before.with(before.phase().with(course.waiting(Optional.of(wait))));
    return switch (Verification.ask(s, manifest, wait, now)) {
      case Verification.Answer.Wait waits -> RolloutStep.rest(s, waits.because());
      case Verification.Answer.StopOld old ->
          Repair.attempt(
              s,
              new StopOldContainer(manifest.name(), old.id()),
              RolloutBecause.STOPPING_OLD_CONTAINER,
              now);
      case Verification.Answer.Fails fails -> failed(policy, s, manifest, fails, now);
    };
  }

  private static RolloutStep failed(
      RolloutPolicy policy,
      RolloutState s,
      Manifest manifest,
      Verification.Answer.Fails fails,
      Duration now) {
    Target target = s.target().orElseThrow();
    // An etcd that runs but does not answer lacks its peers, which no file can cure.
    boolean alone =
        Patience.isEtcd(manifest)
            && s.facts()
                .pod(manifest)
                .filter(pod -> pod.last().verdict() instanceof PodVerdict.Matches)
                .isPresent();
    RolloutBecause why = alone ? RolloutBecause.AWAITING_PEERS : fails.because();
    if (s.phase() instanceof RolloutPhase.RollingBack back) {
      RolloutPhase.RollbackFailed failed =
          new RolloutPhase.RollbackFailed(back.from(), manifest.name(), fails.detail());
      return alone ? RolloutStep.rest(s, why) : RestRule.decide(policy, s.with(failed), now);
    }
    Optional<Target> good =
        s.good()
            .filter(known -> known.revision() != target.revision())
            .filter(known -> target.differsUpTo(manifest, known));
    if (good.isEmpty()) {
      return RolloutStep.rest(s, why);
    }
    Fallback from =
        new Fallback(target.revision(), manifest.name(), fails.because(), fails.detail());
    RolloutState back =
        s.with(new RolloutPhase.RollingBack(Course.fresh(), from)).aimingAt(good.get());
    return decide(policy, back, Course.fresh(), now);
  }

  private static RolloutStep arrived(RolloutPolicy policy, RolloutState s, Duration now) {
    RolloutPhase next =
        s.phase() instanceof RolloutPhase.RollingBack back
            ? new RolloutPhase.RolledBack(back.from())
            : new RolloutPhase.Settling(Optional.of(now));
    return RestRule.decide(policy, s.with(next), now);
  }
}
