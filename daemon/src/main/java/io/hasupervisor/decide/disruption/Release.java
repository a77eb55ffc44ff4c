package io.hasupervisor.decide.disruption;

import io.hasupervisor.decide.disruption.RepairPhase.Releasing;
import io.hasupervisor.observe.disruption.LockDocument;
import java.time.Duration;
import java.util.Optional;

/** The lock is given back, by its holder only, however often that has to be tried. */
final class Release {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private Release() {}

  static RepairStep next(Turn turn, Releasing releasing) {
    if (turn.lock().at().compareTo(releasing.since()) < 0 || turn.lock().seen().isEmpty()) {
      return turn.again(new RepairAction.ReadLock(), PAUSE);
    }
    Optional<LockDocument> known = turn.lock().document();
    return turn.holdsWith(releasing.nonce())
        ? turn.write(
                LockChange.ended(known.orElseThrow(), releasing.result(), turn.moment().wall()))
            .map(turn::act)
            .orElseGet(turn::stay)
        : turn.to(releasing.then());
  }
}
