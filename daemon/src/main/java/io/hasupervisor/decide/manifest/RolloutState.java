package io.hasupervisor.decide.manifest;

import io.hasupervisor.decide.manifest.RolloutFacts.Ours;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything remembered about the placement of the manifests.
 *
 * @param because the reason for the present phase, and for not doing more
 * @param target what the directory is to hold
 * @param good the last known good
 * @param ordered what is to be placed once the action in flight has ended
 * @param failures by subject, what is not tried again for a while
 * @param granted the manifest for which consent was given just now
 * @param lastNumber of the newest action; begins with the time, so that no two lives share one
 */
public record RolloutState(
    RolloutPhase phase,
    RolloutBecause because,
    Optional<Target> target,
    Optional<Target> good,
    Optional<Target> ordered,
    RolloutFacts facts,
    Map<String, Failure> failures,
    Optional<String> granted,
    long lastNumber,
    Optional<InFlight> inFlight) {

  /**
   * Something that did not work.
   *
   * @param why in the words of whoever tried
   */
  public record Failure(RolloutBecause because, String why, Duration retryAt) {}

  public RolloutState {
    failures = Map.copyOf(failures);
  }

  /**
   * A state without evidence, from what is remembered.
   *
   * @param ran manifests that were ever verified on this host
   * @param current the revision that the store is marked with
   */
  public static RolloutState remembered(
      RolloutPhase phase,
      Optional<Target> target,
      Optional<Target> good,
      Optional<Target> ordered,
      Map<String, Ours> ours,
      Set<String> ran,
      Optional<Integer> current,
      Duration now) {
    return new RolloutState(
        phase,
        target.isEmpty() ? RolloutBecause.NOTHING_PLACED : RolloutBecause.NO_EVIDENCE,
        target,
        good,
        ordered,
        RolloutFacts.remembered(ours, ran, current, now),
        Map.of(),
        Optional.empty(),
        now.toNanos(),
        Optional.empty());
  }

  /** A host on which nothing was ever placed. */
  public static RolloutState initial(Duration now) {
    return remembered(
        new RolloutPhase.None(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Set.of(),
        Optional.empty(),
        now);
  }

  /** Whether each second may bring a step. */
  public boolean onItsWay() {
    return phase.way().isPresent() || inFlight.isPresent() || ordered.isPresent();
  }

  /** Whether something is on its way or not seen well yet, so that looks are to be frequent. */
  public boolean inHaste(Duration now) {
    return switch (phase) {
      case RolloutPhase.Placing _, RolloutPhase.RollingBack _ -> true;
      case RolloutPhase.None _, RolloutPhase.Observed _ -> false;
      case RolloutPhase.Settling _, RolloutPhase.Placed _ ->
          facts.directory().isPresent() && allRunButUncounted(now);
      case RolloutPhase.RolledBack _, RolloutPhase.RollbackFailed _ -> false;
    };
  }

  /** Something is not known, or not seen well often enough. */
  private boolean allRunButUncounted(Duration now) {
    return target.stream()
        .flatMap(set -> set.manifests().stream())
        .anyMatch(
            manifest ->
                !facts.verified(manifest, now)
                    && facts.pod(manifest).filter(pod -> !pod.running()).isEmpty());
  }

  /** Whether an operator's order is not carried out yet, or its way back is not at its end. */
  public boolean pending() {
    return phase.way().isPresent() || ordered.isPresent();
  }

  /** Names of the manifests by whose change an order to place this would disturb others. */
  public List<String> disturbing(Target wanted) {
    return PlacingRule.disturbing(this, wanted);
  }

  boolean mayTry(String subject, Duration now) {
    return blocked(subject, now).isEmpty();
  }

  Optional<Failure> blocked(String subject, Duration now) {
    return Optional.ofNullable(failures.get(subject))
        .filter(failure -> failure.retryAt().compareTo(now) > 0);
  }

  boolean allVerified(Duration now) {
    return target.stream()
        .flatMap(set -> set.manifests().stream())
        .allMatch(manifest -> facts.verified(manifest, now));
  }

  RolloutState with(RolloutPhase next) {
    return copy(next, because, target, ordered, facts, failures, granted);
  }

  RolloutState with(RolloutFacts next) {
    return copy(phase, because, target, ordered, next, failures, granted);
  }

  RolloutState because(RolloutBecause why) {
    return copy(phase, why, target, ordered, facts, failures, granted);
  }

  RolloutState ordered(Optional<Target> next) {
    return copy(phase, because, target, next, facts, failures, granted);
  }

  RolloutState aimingAt(Target next) {
    return copy(phase, because, Optional.of(next), ordered, facts, Map.of(), Optional.empty());
  }

  RolloutState granted(Optional<String> manifest) {
    return copy(phase, because, target, ordered, facts, failures, manifest);
  }

  RolloutState failed(String subject, Optional<Failure> failure) {
    Map<String, Failure> next = new HashMap<>(failures);
    next.remove(subject);
    failure.ifPresent(known -> next.put(subject, known));
    return copy(phase, because, target, ordered, facts, next, granted);
  }

  /** The target is known to be good. */
  RolloutState settled() {
    return new RolloutState(
        phase, because, target, target, ordered, facts, failures, granted, lastNumber, inFlight);
  }

  RolloutState beginning(RolloutAction action) {
    return new RolloutState(
        phase,
        because,
        target,
        good,
        ordered,
        facts,
        failures,
        Optional.empty(),
        lastNumber + 1,
        Optional.of(new InFlight(lastNumber + 1, action)));
  }

  RolloutState atRest() {
    return new RolloutState(
        phase,
        because,
        target,
        good,
        ordered,
        facts,
        failures,
        granted,
        lastNumber,
        Optional.empty());
  }

  private RolloutState copy(
      RolloutPhase newPhase,
      RolloutBecause why,
      Optional<Target> newTarget,
      Optional<Target> newOrder,
      RolloutFacts newFacts,
      Map<String, Failure> newFailures,
      Optional<String> newGrant) {
    return new RolloutState(
        newPhase,
        why,
        newTarget,
        good,
        newOrder,
        newFacts,
        newFailures,
        newGrant,
        lastNumber,
        inFlight);
  }
}
