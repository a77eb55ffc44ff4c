package io.hasupervisor.decide.disruption;

import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Freeze;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockDocument.Result;
import io.hasupervisor.observe.disruption.LockDocument.Rolling;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an operator's order makes of the lock, as it was just read; pure. */
public final class LockOrders {
  private static final String SHOW = "; see: ha-supervisor lock show";

  private LockOrders() {}

  /** What comes of an order. */
  public sealed interface Answer {

    /**
     * To be written where nobody else wrote first.
     *
     * @param code stable name of what was done
     * @param told one sentence or more for whoever ordered it
     */
    record Change(LockDocument next, String code, String told) implements Answer {}

    /** Nothing is to be done, and why. */
    record Refused(String why) implements Answer {}
  }

  /**
   * Who orders it, and when.
   *
   * @param by user and host
   * @param id another one for each order
   * @param at wall time
   */
  public record Giver(String by, String id, Instant at) {}

  /** The answer to {@code order}, given what lies there. */
  public static Answer of(LockSeen seen, LockOrder order, Giver giver) {
    return switch (seen) {
      case LockSeen.Readable readable -> of(readable.document(), order, giver);
      case LockSeen.Unreadable garbage ->
          order instanceof LockOrder.Break ? replaced(garbage) : unreadable(garbage);
    };
  }

  private static Answer of(LockDocument lock, LockOrder order, Giver giver) {
    return switch (order) {
      case LockOrder.Break _ -> broken(lock, giver);
      case LockOrder.Freeze(String why) -> frozen(lock, new Freeze(giver.by(), why, giver.at()));
      case LockOrder.Unfreeze _ -> unfrozen(lock);
      case LockOrder.Roll roll -> rolling(lock, roll, giver);
      case LockOrder.StopRolling _ -> stopped(lock, giver);
    };
  }

  private static Answer broken(LockDocument lock, Giver giver) {
    if (lock.holder().isEmpty()) {
      return refused("nobody holds the lock: there is nothing to break");
    }
    Holder holder = lock.holder().get();
    return new Answer.Change(
        LockChange.ended(lock, Result.BROKEN, giver.at()),
        "LOCK_BROKEN",
        "the lock was taken from "
            + holder.node()
            + ", which held it to "
            + holder.action()
            + ", and other masters may be disturbed now. This stops nothing on "
            + holder.node()
            + ": make sure there that nothing goes on (ha-supervisor status).");
  }

  private static Answer replaced(LockSeen.Unreadable garbage) {
    return new Answer.Change(
        LockDocument.EMPTY,
        "LOCK_REPLACED",
        "what stood in place of the lock ("
            + garbage.why()
            + ") was replaced by a free lock, not frozen, without a history."
            + (garbage.newer()
                ? " Masters of the newer version may have relied on it: ha-supervisor cluster."
                : ""));
  }

  private static Answer unreadable(LockSeen.Unreadable garbage) {
    return refused(
        "what stands in place of the lock is not understood ("
            + garbage.why()
            + "), so that nothing is written over it; to replace it: ha-supervisor lock break");
  }

  private static Answer frozen(LockDocument lock, Freeze freeze) {
    return lock.freeze()
        .<Answer>map(
            it ->
                refused(
                    "it is frozen already, since "
                        + it.since()
                        + " by "
                        + it.by()
                        + ": "
                        + it.why()
                        + "; to end that: ha-supervisor lock unfreeze"))
        .orElseGet(
            () ->
                new Answer.Change(
                    LockChange.frozen(lock, freeze),
                    "LOCK_FROZEN",
                    "no master is disturbed from now on"
                        + lock.holder()
                            .map(
                                it ->
                                    ", but "
                                        + it.node()
                                        + ", which holds the lock, goes on to "
                                        + it.action())
                            .orElse("")
                        + ". What is dead is still started where that costs nothing. To end it:"
                        + " ha-supervisor lock unfreeze."));
  }

  private static Answer unfrozen(LockDocument lock) {
    return lock.freeze()
        .<Answer>map(
            it ->
                new Answer.Change(
                    LockChange.unfrozen(lock),
                    "LOCK_UNFROZEN",
                    "masters may be disturbed again, one at a time; it was frozen by "
                        + it.by()
                        + ": "
                        + it.why()))
        .orElseGet(() -> refused("it is not frozen" + SHOW));
  }

  private static Answer rolling(LockDocument lock, LockOrder.Roll roll, Giver giver) {
    Optional<Rolling> before = lock.rolling().filter(Rolling::goesOn);
    if (before.isPresent()) {
      return refused(
          "every master is to "
              + before.get().action()
              + " in its turn already, by order of "
              + before.get().by()
              + ", and one such work goes on at a time; see: ha-supervisor rolling status, or"
              + " first: ha-supervisor rolling stop");
    }
    if (lock.freeze().isPresent()) {
      return refused(
          "no master is to be disturbed, by order of "
              + lock.freeze().get().by()
              + ": "
              + lock.freeze().get().why()
              + "; first: ha-supervisor lock unfreeze");
    }
    Rolling rolling =
        new Rolling(
            giver.id(),
            roll.action(),
            giver.by(),
            roll.why(),
            giver.at(),
            roll.masters(),
            List.of(),
            Optional.empty());
    return new Answer.Change(
        LockChange.rolling(lock, Optional.of(rolling)),
        "ROLLING_ORDERED",
        "every master will "
            + roll.action()
            + " in its turn, each once the one before it has been well for a while: "
            + String.join(", ", roll.masters())
            + "; see: ha-supervisor rolling status");
  }

  private static Answer stopped(LockDocument lock, Giver giver) {
    return lock.rolling()
        .filter(Rolling::goesOn)
        .<Answer>map(
            rolling ->
                new Answer.Change(
                    LockChange.rolling(
                        lock, Optional.of(LockChange.stopped(rolling, "stopped by " + giver.by()))),
                    "ROLLING_STOPPED",
                    "no further master will "
                        + rolling.action()
                        + lock.holder()
                            .filter(it -> LockChange.isTurn(rolling, it))
                            .map(it -> "; " + it.node() + " has begun, and ends what it does")
                            .orElse("")))
        .orElseGet(() -> refused("nothing is done in turns: there is nothing to stop"));
  }

  private static Answer refused(String why) {
    return new Answer.Refused(why);
  }
}
