package io.hasupervisor.decide.disruption;

import io.hasupervisor.decide.disruption.RepairPhase.Releasing;
import io.hasupervisor.observe.disruption.LockDocument;
import java.time.Duration;
import java.util.Optional;

/** The lock is given back, by its holder only, however often that has to be tried. */
final class Release {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private Release() {}

  static RepairStep next(Situation here, Releasing releasing) {
    if (here.lock().at().compareTo(releasing.since()) < 0 || here.lock().seen().isEmpty()) {
      return here.again(new RepairAction.ReadLock(), PAUSE);
    }
    Optional<LockDocument> known = here.lock().document();
    return here.holdsWith(releasing.nonce())
        ? here.write(
                LockChange.ended(known.orElseThrow(), releasing.result(), here.moment().wall()))
            .map(here::act)
            .orElseGet(here::stay)
        : here.to(releasing.then());
  }
}
