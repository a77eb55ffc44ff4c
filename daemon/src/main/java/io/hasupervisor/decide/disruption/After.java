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

  static Settling settling(Situation here, String action, String nonce, boolean well) {
    return new Settling(action, nonce, here.now(), well, Optional.empty(), false);
  }

  static RepairStep served(Situation here, RepairEvent.Served served) {
    boolean well = served.well() && !served.busy();
    return switch (here.state().phase()) {
      case Acting acting when !served.busy() || served.failed() ->
          here.to(
              told(
                  settling(here, acting.wanted().words(), acting.nonce(), well),
                  well,
                  served.failed()));
      case Settling settling -> here.to(told(settling, well, served.failed()));
      case Blocked blocked when well && !isPlanned(here, blocked.wanted()) -> here.to(new Idle());
      default -> here.stay();
    };
  }

  /** That its subject is well does not end the wish: why it waits stays to be seen. */
  private static boolean isPlanned(Situation here, Disruption wanted) {
    return switch (wanted.origin()) {
      case ROLLING ->
          here.lock()
              .document()
              .flatMap(lock -> RollingTurn.of(lock, here.state().self().node()))
              .filter(wanted::equals)
              .isPresent();
      case DAEMON -> wanted.kind() == Disruption.Kind.PLACE;
      case INIT, OPERATOR -> false;
    };
  }

  /** What has failed is known to be unfinished at once, where there is a lock to note it in. */
  private static Settling told(Settling settling, boolean well, boolean failed) {
    return new Settling(
        settling.action(),
        settling.nonce(),
        settling.began(),
        well,
        settling.wellSince().filter(since -> well),
        settling.unfinished() || (failed && !settling.nonce().isEmpty()));
  }

  static RepairStep next(Situation here, Acting acting) {
    return here.isPast(acting.grantedAt().plus(ACTING))
        ? here.to(settling(here, acting.wanted().words(), acting.nonce(), false))
        : here.stay();
  }

  static RepairStep next(Situation here, Settling settling) {
    if (isTaken(here, settling.nonce())) {
      // Broken by an operator, or by another master that saw us well and idle.
      return here.to(new Idle());
    }
    Optional<Duration> since =
        isWell(here, settling)
            ? settling.wellSince().or(() -> Optional.of(here.now()))
            : Optional.empty();
    if (since.isPresent() && isOver(here, since.get(), here.settings().steady())) {
      return steady(here, settling);
    }
    boolean late = isOver(here, settling.began(), here.settings().unfinishedAfter());
    if (late && !settling.unfinished()) {
      RepairLog log = here.state().log();
      return here.stay(
          here.state()
              .logged(new RepairLog(log.acted(), log.failures() + 1))
              .in(settling.nonce().isEmpty() ? new Idle() : with(settling, since, true)));
    }
    Settling next = with(settling, since, settling.unfinished());
    return next.equals(settling) ? note(here, settling) : here.to(next);
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
  private static boolean isTaken(Situation here, String nonce) {
    return !nonce.isEmpty()
        && here.lock().seen().orElse(null) instanceof LockSeen.Readable
        && !here.holdsWith(nonce);
  }

  private static boolean isWell(Situation here, Settling settling) {
    boolean apiserver =
        here.holdsWith(settling.nonce())
            && here.lock().holder().filter(Holder::apiserver).isPresent();
    return settling.subjectWell()
        && Steady.isWell(here.scene(), settling.began(), apiserver, here.now());
  }

  private static boolean isOver(Situation here, Duration since, Duration length) {
    return here.now().minus(since).compareTo(length) >= 0;
  }

  private static RepairStep steady(Situation here, Settling settling) {
    RepairLog log = here.state().log();
    RepairState next =
        settling.unfinished() ? here.state() : here.state().logged(new RepairLog(log.acted(), 0));
    return here.stay(
        next.in(
            here.holdsWith(settling.nonce())
                ? new Releasing(settling.nonce(), Result.DONE, Duration.ZERO, new Idle())
                : new Idle()));
  }

  /** That it failed is told to the others once. */
  private static RepairStep note(Situation here, Settling settling) {
    Optional<LockDocument> known = here.lock().document();
    return settling.unfinished()
            && here.holdsWith(settling.nonce())
            && !LockChange.isFailed(known.orElseThrow(), settling.nonce())
        ? here.write(LockChange.failed(known.orElseThrow(), here.moment().wall()))
            .map(write -> here.again(write, PAUSE))
            .orElseGet(here::stay)
        : here.stay();
  }
}
