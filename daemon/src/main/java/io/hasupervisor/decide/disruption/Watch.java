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

  static RepairStep next(Situation here) {
    Optional<Holder> holder = here.lock().holder();
    if (holder.filter(here::isOurs).isPresent()) {
      String nonce = holder.get().nonce();
      return here.to(
          here.state().unused().contains(nonce)
              ? new Releasing(nonce, Result.NOT_NEEDED, Duration.ZERO, here.state().phase())
              : resumed(here, holder.get()));
    }
    return BreakRule.permits(here.settings(), here.scene(), here.lock(), here.now())
        ? here.write(
                LockChange.ended(
                    here.lock().document().orElse(LockDocument.EMPTY),
                    Result.BROKEN,
                    here.moment().wall()))
            .map(write -> here.again(write, PAUSE))
            .orElseGet(here::stay)
        : here.stay();
  }

  /** An earlier life of this daemon took it, and may have acted: never again, only wait. */
  static Settling resumed(Situation here, Holder holder) {
    boolean failed =
        here.lock()
            .document()
            .filter(known -> LockChange.isFailed(known, holder.nonce()))
            .isPresent();
    return new Settling(
        holder.action(), holder.nonce(), here.now(), false, Optional.empty(), failed);
  }
}
