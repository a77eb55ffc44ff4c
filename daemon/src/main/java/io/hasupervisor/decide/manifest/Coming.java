package io.hasupervisor.decide.manifest;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.manifest.RolloutFacts.Standing;
import java.time.Duration;
import java.util.Optional;

/**
 * How it goes with one manifest whose change others wait for.
 *
 * @param busy whether something is being done about it, or its pod is awaited
 * @param well whether its pod runs as it was placed; where another manifest is to come in its place
 *     there is no such pod, and nothing is held against it
 * @param failed whether it did not run, so that the last known good is on the way back
 */
public record Coming(boolean busy, boolean well, boolean failed) {

  /** Of the manifest of this name. */
  public static Coming of(RolloutState s, String name, Duration now) {
    Optional<Manifest> wanted = s.target().flatMap(target -> target.find(name));
    return new Coming(
        busy(s, name, wanted, now),
        wanted.isEmpty() || well(s, wanted.get(), now),
        failed(s, name));
  }

  private static boolean busy(
      RolloutState s, String name, Optional<Manifest> wanted, Duration now) {
    boolean inHand = s.inFlight().filter(it -> it.action().subject().equals(name)).isPresent();
    boolean awaited =
        s.phase()
            .way()
            .filter(course -> course.placed().contains(name))
            .flatMap(_ -> wanted)
            .filter(manifest -> !s.facts().verified(manifest, now))
            .isPresent();
    return inHand || awaited;
  }

  private static boolean well(RolloutState s, Manifest manifest, Duration now) {
    return s.facts().directory().isPresent()
        && (s.facts().standing(manifest) != Standing.SAME || s.facts().verified(manifest, now));
  }

  private static boolean failed(RolloutState s, String name) {
    return switch (s.phase()) {
      case RolloutPhase.RollingBack back -> back.from().manifest().equals(name);
      case RolloutPhase.RollbackFailed failed ->
          failed.from().manifest().equals(name) || failed.manifest().equals(name);
      case RolloutPhase.None _,
          RolloutPhase.Observed _,
          RolloutPhase.Placing _,
          RolloutPhase.Settling _,
          RolloutPhase.Placed _,
          RolloutPhase.RolledBack _ ->
          false;
    };
  }
}
