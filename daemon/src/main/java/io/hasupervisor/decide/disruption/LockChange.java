package io.hasupervisor.decide.disruption;

import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Freeze;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockDocument.Past;
import io.hasupervisor.observe.disruption.LockDocument.Result;
import io.hasupervisor.observe.disruption.LockDocument.Rolling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that is ever done to the lock's document; each to be written by compare-and-set. */
public final class LockChange {
  /** Two failures within this time freeze the cluster (control-plane 3.2.5). */
  private static final Duration FAILURES = Duration.ofHours(1);

  /** How the words of a changed manifest begin. */
  private static final String PLACE = "place ";

  private LockChange() {}

  /** The slot is this holder's from now on. */
  public static LockDocument taken(LockDocument lock, Holder holder) {
    return new LockDocument(Optional.of(holder), lock.freeze(), lock.history(), lock.rolling());
  }

  /**
   * The slot is free, and how it ended is noted; as it was where nobody holds it.
   *
   * @param ended wall time
   */
  public static LockDocument ended(LockDocument lock, Result result, Instant ended) {
    if (lock.holder().isEmpty()) {
      return lock;
    }
    Holder holder = lock.holder().get();
    return new LockDocument(
        Optional.empty(),
        lock.freeze(),
        noted(lock.history(), past(holder, result, ended)),
        lock.rolling().map(rolling -> after(rolling, holder, result)));
  }

  /** Work in turns goes on only from a master that is well again. */
  private static Rolling after(Rolling rolling, Holder holder, Result result) {
    return switch (result) {
      case DONE -> withDone(rolling, holder);
      case NOT_NEEDED -> rolling;
      case FAILED, BROKEN ->
          isTurn(rolling, holder)
              ? stopped(rolling, "the lock was taken from " + holder.node() + " in its turn")
              : rolling;
    };
  }

  /**
   * The holder's master did not become steady: noted once, the slot is kept, work in turns stops,
   * and nobody else begins after a second failure within an hour, or after the first where a
   * manifest was changed, which the others would be given too (control-plane 3.3.5).
   */
  public static LockDocument failed(LockDocument lock, Instant ended) {
    if (lock.holder().isEmpty() || isFailed(lock, lock.holder().get().nonce())) {
      return lock;
    }
    Holder holder = lock.holder().get();
    Optional<Past> before =
        lock.history().reversed().stream()
            .filter(past -> past.result() == Result.FAILED)
            .filter(past -> Duration.between(past.ended(), ended).abs().compareTo(FAILURES) <= 0)
            .findFirst();
    String why = holder.action() + " on " + holder.node() + " did not end well";
    boolean changed = holder.action().startsWith(PLACE);
    return new LockDocument(
        lock.holder(),
        lock.freeze()
            .or(
                () ->
                    before
                        .map(past -> why + ", after " + past.action() + " on " + past.node())
                        .or(() -> Optional.of(why).filter(_ -> changed))
                        .map(text -> new Freeze(daemon(holder.node()), text, ended))),
        noted(lock.history(), past(holder, Result.FAILED, ended)),
        lock.rolling().map(rolling -> isTurn(rolling, holder) ? stopped(rolling, why) : rolling));
  }

  /** Who freezes where no operator does. */
  static String daemon(String node) {
    return "ha-supervisor on " + node;
  }

  /** Whether it is noted that what this taking of the lock was for has failed. */
  static boolean isFailed(LockDocument lock, String nonce) {
    return lock.history().stream()
        .anyMatch(past -> past.result() == Result.FAILED && past.nonce().equals(nonce));
  }

  /** Nobody may take the slot; an earlier order stays. */
  public static LockDocument frozen(LockDocument lock, Freeze freeze) {
    return new LockDocument(
        lock.holder(), lock.freeze().or(() -> Optional.of(freeze)), lock.history(), lock.rolling());
  }

  public static LockDocument unfrozen(LockDocument lock) {
    return new LockDocument(lock.holder(), Optional.empty(), lock.history(), lock.rolling());
  }

  /** Work that each master is to do in its turn; empty: none any more. */
  public static LockDocument rolling(LockDocument lock, Optional<Rolling> rolling) {
    return new LockDocument(lock.holder(), lock.freeze(), lock.history(), rolling);
  }

  /** The reason of a holder whose turn it is. */
  static String turn(Rolling rolling) {
    return "its turn in " + rolling.id();
  }

  /** Whether it was this holder's turn in it. */
  static boolean isTurn(Rolling rolling, Holder holder) {
    return holder.reason().equals(turn(rolling));
  }

  private static Rolling withDone(Rolling rolling, Holder holder) {
    if (!isTurn(rolling, holder) || rolling.done().contains(holder.node())) {
      return rolling;
    }
    List<String> done = new ArrayList<>(rolling.done());
    done.add(holder.node());
    return with(rolling, done, rolling.stopped());
  }

  /** It goes no further, for the first reason that there was. */
  static Rolling stopped(Rolling rolling, String why) {
    return with(rolling, rolling.done(), rolling.stopped().or(() -> Optional.of(why)));
  }

  private static Rolling with(Rolling rolling, List<String> done, Optional<String> stopped) {
    return new Rolling(
        rolling.id(),
        rolling.action(),
        rolling.by(),
        rolling.why(),
        rolling.since(),
        rolling.masters(),
        done,
        stopped);
  }

  private static Past past(Holder holder, Result result, Instant ended) {
    return new Past(holder.nonce(), holder.node(), holder.action(), result, holder.since(), ended);
  }

  private static List<Past> noted(List<Past> history, Past newest) {
    List<Past> next = new ArrayList<>(history);
    // Whoever tries in vain again and again must not push out what was done.
    if (!next.isEmpty() && isSameVain(next.getLast(), newest)) {
      next.removeLast();
    }
    next.add(newest);
    return next.subList(Math.max(0, next.size() - LockDocument.KEPT), next.size());
  }

  private static boolean isSameVain(Past last, Past newest) {
    return newest.result() == Result.NOT_NEEDED
        && last.result() == Result.NOT_NEEDED
        && last.node().equals(newest.node())
        && last.action().equals(newest.action());
  }
}
