package io.hasupervisor.decide.manifest;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.manifest.RolloutAction.AskConsent;
import io.hasupervisor.decide.manifest.RolloutAction.Occasion;
import io.hasupervisor.decide.manifest.RolloutAction.Place;
import io.hasupervisor.decide.manifest.RolloutAction.Quarantine;
import io.hasupervisor.decide.manifest.RolloutFacts.Standing;
import io.hasupervisor.observe.manifest.DirectorySeen.FileSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is done about files of ours that another hand removed or changed, and about duplicates. */
final class Repair {
  private Repair() {}

  /** The action, unless it failed a moment ago: then its reason stands until the next try. */
  static RolloutStep attempt(
      RolloutState s, RolloutAction action, RolloutBecause because, Duration now) {
    return s.blocked(action.subject(), now)
        .map(failure -> RolloutStep.rest(s, failure.because()))
        .orElseGet(() -> RolloutStep.act(s, action, because));
  }

  /** What is done about this manifest, whose file is not as it was placed. */
  static RolloutStep one(RolloutPolicy policy, RolloutState s, Manifest manifest, Duration now) {
    boolean missing = s.facts().standing(manifest) == Standing.MISSING;
    if (!missing && !enforced(policy, s, manifest, now)) {
      return RolloutStep.rest(s, RolloutBecause.FILE_CHANGED);
    }
    if (policy.observeOnly()) {
      return RolloutStep.rest(s, RolloutBecause.OBSERVE_ONLY);
    }
    if (Patience.delicate(manifest) && s.granted().filter(manifest.name()::equals).isEmpty()) {
      Occasion occasion = missing ? Occasion.MISSING : Occasion.CHANGED;
      return attempt(
          s,
          new AskConsent(manifest, occasion, s.facts().ranHere(manifest)),
          RolloutBecause.ASKING_CONSENT,
          now);
    }
    return attempt(
        s,
        new Place(manifest, s.target().orElseThrow().revision()),
        missing ? RolloutBecause.FILE_MISSING : RolloutBecause.WRITING,
        now);
  }

  /** The first action that is due for any file of the target. */
  static Optional<RolloutStep> any(RolloutPolicy policy, RolloutState s, Duration now) {
    return s.target().orElseThrow().manifests().stream()
        .filter(manifest -> s.facts().standing(manifest) != Standing.SAME)
        .map(manifest -> one(policy, s, manifest, now))
        .filter(step -> step.begin().isPresent())
        .findFirst();
  }

  /** Why a file that is not as it was placed is left so; empty where all are. */
  static Optional<RolloutBecause> whyNot(RolloutPolicy policy, RolloutState s, Duration now) {
    return s.target().orElseThrow().manifests().stream()
        .filter(manifest -> s.facts().standing(manifest) != Standing.SAME)
        .map(manifest -> one(policy, s, manifest, now).because())
        .findFirst();
  }

  private static boolean enforced(
      RolloutPolicy policy, RolloutState s, Manifest manifest, Duration now) {
    return policy.enforce()
        && s.facts().placedByUs(manifest)
        && s.facts()
            .file(manifest)
            .filter(file -> now.minus(file.changedAt()).compareTo(Patience.EDITED) >= 0)
            .isPresent();
  }

  /**
   * Moves one duplicate away, where that is wanted and ours stands in the directory as it should.
   */
  static Optional<RolloutStep> quarantine(RolloutPolicy policy, RolloutState s, Duration now) {
    if (!policy.quarantine() || policy.observeOnly()) {
      return Optional.empty();
    }
    List<FileSeen> files = s.facts().directory().orElseThrow().files();
    return s.target().orElseThrow().manifests().stream()
        .filter(manifest -> s.facts().standing(manifest) == Standing.SAME)
        .flatMap(manifest -> files.stream().filter(other -> duplicates(s, manifest, other)))
        .map(duplicate -> new Quarantine(duplicate.name()))
        .filter(action -> s.mayTry(action.subject(), now))
        .findFirst()
        .map(action -> RolloutStep.act(s, action, RolloutBecause.QUARANTINING));
  }

  private static boolean duplicates(RolloutState s, Manifest manifest, FileSeen other) {
    Optional<String> pod = s.facts().file(manifest).flatMap(FileSeen::pod);
    boolean ours =
        s.target().orElseThrow().manifests().stream()
            .anyMatch(own -> own.file().equals(other.name()));
    return !ours && pod.isPresent() && pod.equals(other.pod());
  }
}
