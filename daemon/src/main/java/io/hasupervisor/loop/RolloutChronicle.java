package io.hasupervisor.loop;

import io.hasupervisor.decide.manifest.RolloutAction;
import io.hasupervisor.decide.manifest.RolloutBecause;
import io.hasupervisor.decide.manifest.RolloutPhase;
import io.hasupervisor.decide.manifest.RolloutState;
import io.hasupervisor.host.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * Remembers what happened to the manifests: events, journal, state on disk. In the loop's thread.
 */
final class RolloutChronicle {
  /** The name under which the placement appears among the services' events. */
  static final String NAME = "manifests";

  /** Steps too short to be worth an entry of their own. */
  private static final Set<RolloutBecause> PASSING =
      EnumSet.of(
          RolloutBecause.MARKING, RolloutBecause.ASKING_CONSENT, RolloutBecause.AWAITING_LOOK);

  private final Clock clock;
  private final String bootId;
  private final Announcer announcer;
  private final StateWriter<RolloutMemory> disk;
  private RolloutBecause told = RolloutBecause.NO_EVIDENCE;

  RolloutChronicle(
      Clock clock, String bootId, Announcer announcer, StateWriter<RolloutMemory> disk) {
    this.clock = clock;
    this.bootId = bootId;
    this.announcer = announcer;
    this.disk = disk;
  }

  Instant wall() {
    return clock.wall();
  }

  /** Writes down what one step changed. */
  void stepped(
      RolloutState before, RolloutState after, Instant since, String reason, Duration now) {
    String from = before.phase().label();
    String to = after.phase().label();
    boolean passing = PASSING.contains(after.because()) || again(after);
    if (!from.equals(to) || (!passing && after.because() != told)) {
      told = after.because();
      announcer.announce(NAME, from, to, after.because().name(), reason, !alarming(after));
    }
    disk.submit(RolloutMemory.of(after, bootId, now, clock.wall(), since));
  }

  /** What is tried again after it failed is told once. */
  private static boolean again(RolloutState state) {
    return state
        .inFlight()
        .map(begun -> begun.action())
        .map(RolloutAction::subject)
        .filter(state.failures()::containsKey)
        .isPresent();
  }

  private static boolean alarming(RolloutState state) {
    return switch (state.phase()) {
      case RolloutPhase.RollingBack _, RolloutPhase.RolledBack _, RolloutPhase.RollbackFailed _ ->
          true;
      case RolloutPhase.None _,
          RolloutPhase.Observed _,
          RolloutPhase.Placing _,
          RolloutPhase.Settling _,
          RolloutPhase.Placed _ ->
          !state.failures().isEmpty()
              || state.because() == RolloutBecause.AWAITING_ETCD
              || state.because() == RolloutBecause.POD_UNWELL
              || state.because() == RolloutBecause.FILE_CHANGED
              || state.because() == RolloutBecause.FILE_MISSING;
    };
  }
}
