package io.hasupervisor.decide.disruption;

import io.hasupervisor.decide.disruption.RepairPhase.Releasing;
import io.hasupervisor.decide.disruption.RepairPhase.Settling;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockDocument.Result;
import java.time.Duration;
import java.util.Optional;

/** What the lock tells a host that wants nothing: that it is its own, or its holder is gone. */
final class Watch {
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private Watch() {}

  static RepairStep next(Turn turn) {
    Optional<Holder> holder = turn.lock().holder();
    if (holder.filter(turn::isOurs).isPresent()) {
      String nonce = holder.get().nonce();
      return turn.to(
          turn.state().unused().contains(nonce)
              ? new Releasing(nonce, Result.NOT_NEEDED, Duration.ZERO, turn.state().phase())
              : resumed(turn, holder.get()));
    }
    return BreakRule.permits(turn.settings(), turn.scene(), turn.lock(), turn.now())
        ? turn.write(
                LockChange.ended(
                    turn.lock().document().orElse(LockDocument.EMPTY),
                    Result.BROKEN,
                    turn.moment().wall()))
            .map(write -> turn.again(write, PAUSE))
            .orElseGet(turn::stay)
        : turn.stay();
  }

  /** An earlier life of this daemon took it, and may have acted: never again, only wait. */
  static Settling resumed(Turn turn, Holder holder) {
    boolean failed =
        turn.lock()
            .document()
            .filter(known -> LockChange.isFailed(known, holder.nonce()))
            .isPresent();
    return new Settling(
        holder.action(), holder.nonce(), turn.now(), false, Optional.empty(), failed);
  }
}
