package io.hasupervisor.decide.disruption;

import io.hasupervisor.decide.disruption.RepairPhase.Acting;
import io.hasupervisor.decide.disruption.RepairPhase.Blocked;
import io.hasupervisor.decide.disruption.RepairPhase.Idle;
import io.hasupervisor.decide.disruption.RepairPhase.Releasing;
import io.hasupervisor.decide.disruption.RepairPhase.Settling;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockDocument.Result;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.util.Optional;

/** It was acted: wait until this master has been well for long enough, or say that it is not. */
final class After {
  /** The longest ladder of a stop and a start. */
  private static final Duration ACTING = Duration.ofMinutes(5);

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private After() {}

  static Settling settling(Turn turn, String action, String nonce, boolean well) {
    return new Settling(action, nonce, turn.now(), well, Optional.empty(), false);
  }

  static RepairStep served(Turn turn, boolean busy, boolean well) {
    return switch (turn.state().phase()) {
      case Acting acting when !busy ->
          turn.to(settling(turn, acting.wanted().words(), acting.nonce(), well));
      case Settling settling -> turn.to(told(settling, well && !busy));
      case Blocked blocked when well && !busy -> turn.to(new Idle());
      default -> turn.stay();
    };
  }

  private static Settling told(Settling settling, boolean well) {
    return new Settling(
        settling.action(),
        settling.nonce(),
        settling.began(),
        well,
        settling.wellSince().filter(since -> well),
        settling.unfinished());
  }

  static RepairStep next(Turn turn, Acting acting) {
    return turn.isPast(acting.grantedAt().plus(ACTING))
        ? turn.to(settling(turn, acting.wanted().words(), acting.nonce(), false))
        : turn.stay();
  }

  static RepairStep next(Turn turn, Settling settling) {
    if (isTaken(turn, settling.nonce())) {
      // Broken by an operator, or by another master that saw us well and idle.
      return turn.to(new Idle());
    }
    Optional<Duration> since =
        isWell(turn, settling)
            ? settling.wellSince().or(() -> Optional.of(turn.now()))
            : Optional.empty();
    if (since.isPresent() && isOver(turn, since.get(), turn.settings().steady())) {
      return steady(turn, settling);
    }
    boolean late = isOver(turn, settling.began(), turn.settings().unfinishedAfter());
    if (late && !settling.unfinished()) {
      RepairLog log = turn.state().log();
      return turn.stay(
          turn.state()
              .logged(new RepairLog(log.acted(), log.failures() + 1))
              .in(settling.nonce().isEmpty() ? new Idle() : with(settling, since, true)));
    }
    Settling next = with(settling, since, settling.unfinished());
    return next.equals(settling) ? note(turn, settling) : turn.to(next);
  }

  private static Settling with(Settling settling, Optional<Duration> since, boolean unfinished) {
    return new Settling(
        settling.action(),
        settling.nonce(),
        settling.began(),
        settling.subjectWell(),
        since,
        unfinished);
  }

  /** Whether the slot is understood, and not ours. */
  private static boolean isTaken(Turn turn, String nonce) {
    return !nonce.isEmpty()
        && turn.lock().seen().orElse(null) instanceof LockSeen.Readable
        && !turn.holdsWith(nonce);
  }

  private static boolean isWell(Turn turn, Settling settling) {
    boolean apiserver =
        turn.holdsWith(settling.nonce())
            && turn.lock().holder().filter(Holder::apiserver).isPresent();
    return settling.subjectWell()
        && Steady.isWell(turn.scene(), settling.began(), apiserver, turn.now());
  }

  private static boolean isOver(Turn turn, Duration since, Duration length) {
    return turn.now().minus(since).compareTo(length) >= 0;
  }

  private static RepairStep steady(Turn turn, Settling settling) {
    RepairLog log = turn.state().log();
    RepairState next =
        settling.unfinished() ? turn.state() : turn.state().logged(new RepairLog(log.acted(), 0));
    return turn.stay(
        next.in(
            turn.holdsWith(settling.nonce())
                ? new Releasing(settling.nonce(), Result.DONE, Duration.ZERO, new Idle())
                : new Idle()));
  }

  /** That it failed is told to the others once. */
  private static RepairStep note(Turn turn, Settling settling) {
    Optional<LockDocument> known = turn.lock().document();
    return settling.unfinished()
            && turn.holdsWith(settling.nonce())
            && !LockChange.isFailed(known.orElseThrow(), settling.nonce())
        ? turn.write(LockChange.failed(known.orElseThrow(), turn.moment().wall()))
            .map(write -> turn.again(write, PAUSE))
            .orElseGet(turn::stay)
        : turn.stay();
  }
}
