package io.hasupervisor.loop;

import io.hasupervisor.decide.manifest.Course;
import io.hasupervisor.decide.manifest.RolloutFacts.Ours;
import io.hasupervisor.decide.manifest.RolloutPhase;
import io.hasupervisor.decide.manifest.RolloutState;
import io.hasupervisor.decide.manifest.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of the placement outlives this daemon. Revisions are named only: the store holds them.
 *
 * @param bootId the boot in which monotonic times are meant
 * @param at monotonic time of this memory
 * @param wall wall time of this memory
 * @param since wall time at which the phase's label last changed
 */
record RolloutMemory(
    String bootId,
    Duration at,
    Instant wall,
    Instant since,
    RolloutPhase phase,
    Optional<Integer> target,
    Optional<Integer> ordered,
    Map<String, Ours> ours,
    Set<String> ran)
    implements Remembered<RolloutMemory> {

  RolloutMemory {
    ours = Map.copyOf(ours);
    ran = Set.copyOf(ran);
  }

  static RolloutMemory none() {
    return new RolloutMemory(
        "",
        Duration.ZERO,
        Instant.EPOCH,
        Instant.EPOCH,
        new RolloutPhase.None(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Set.of());
  }

  static RolloutMemory of(
      RolloutState state, String bootId, Duration at, Instant wall, Instant since) {
    return new RolloutMemory(
        bootId,
        at,
        wall,
        since,
        kept(state.phase()),
        state.target().map(Target::revision),
        state.ordered().map(Target::revision),
        state.facts().ours(),
        state.facts().ran());
  }

  /** While the daemon is away nobody sees whether all stays well. */
  private static RolloutPhase kept(RolloutPhase phase) {
    return phase instanceof RolloutPhase.Settling
        ? new RolloutPhase.Settling(Optional.empty())
        : phase;
  }

  /** The phase in which it goes on: after a reboot limits begin anew. */
  RolloutPhase resumed(String boot, Duration now) {
    // A clock behind this boot's own memory is a host restored from a snapshot: another life.
    boolean sameBoot = bootId.equals(boot) && now.compareTo(at) >= 0;
    Optional<Course> course = phase.way();
    return sameBoot || course.isEmpty()
        ? phase
        : phase.with(new Course(course.get().prepared(), course.get().placed(), Optional.empty()));
  }

  @Override
  public boolean differsFrom(RolloutMemory before) {
    return !bootId.equals(before.bootId)
        || !phase.equals(before.phase)
        || !target.equals(before.target)
        || !ordered.equals(before.ordered)
        || !ours.equals(before.ours)
        || !ran.equals(before.ran);
  }
}
