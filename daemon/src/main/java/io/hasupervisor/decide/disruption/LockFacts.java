package io.hasupervisor.decide.disruption;

import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Past;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of the lock; all times are this host's monotonic ones.
 *
 * @param seen the newest reading, which began {@code at} that time
 * @param holderSince since when the same nonce has been seen holding it, without another between
 * @param pastSince since when the newest entry of the history is known that was acted on, which is
 *     any but NOT_NEEDED; before it was read, by its writer's clock, where it was seen at once
 * @param failure why the last reading or writing failed; empty where it did not
 */
public record LockFacts(
    Optional<LockSeen> seen,
    Duration at,
    Optional<Duration> holderSince,
    Optional<Duration> pastSince,
    Optional<GateReason> failure) {
  public static LockFacts unread() {
    return new LockFacts(
        Optional.empty(), Duration.ZERO, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** What it says; empty where it was not read, or not understood. */
  public Optional<LockDocument> document() {
    return seen.flatMap(
        lock ->
            switch (lock) {
              case LockSeen.Readable readable -> Optional.of(readable.document());
              case LockSeen.Unreadable unreadable -> Optional.empty();
            });
  }

  /** Who holds it, as far as that is understood. */
  public Optional<LockDocument.Holder> holder() {
    return document().flatMap(LockDocument::holder);
  }

  boolean heldWith(String nonce) {
    return holder().filter(holder -> holder.nonce().equals(nonce)).isPresent();
  }

  /**
   * Another reading, unless it began before the one that is known: answers may overtake each other.
   */
  LockFacts read(LockSeen lock, Duration asked, Duration spacing, Moment moment) {
    if (asked.compareTo(moment.now()) > 0 || (seen.isPresent() && asked.compareTo(at) < 0)) {
      return this;
    }
    LockFacts next =
        new LockFacts(
            Optional.of(lock), asked, Optional.empty(), Optional.empty(), Optional.empty());
    return new LockFacts(
        next.seen,
        asked,
        next.holder()
            .map(held -> holderSince.filter(x -> heldWith(held.nonce())).orElse(moment.now())),
        next.past().map(past -> pastSince(past, spacing, moment)),
        Optional.empty());
  }

  private Duration pastSince(Past past, Duration spacing, Moment moment) {
    if (pastSince.isPresent() && past().filter(past::equals).isPresent()) {
      return pastSince.get();
    }
    Duration age = within(Duration.between(past.ended(), moment.wall()), spacing);
    // It was not there when the lock was read last: so it cannot be older than that.
    Duration longest = document().isPresent() ? moment.now().minus(at) : spacing;
    return moment.now().minus(within(age, longest));
  }

  private static Duration within(Duration age, Duration longest) {
    if (age.isNegative()) {
      return Duration.ZERO;
    }
    return age.compareTo(longest) < 0 ? age : longest;
  }

  /** The newest of the history that acted, or may have. */
  private Optional<Past> past() {
    return document()
        .flatMap(
            known ->
                known.history().reversed().stream()
                    .filter(past -> past.result() != LockDocument.Result.NOT_NEEDED)
                    .findFirst());
  }

  LockFacts failed(Optional<GateReason> reason) {
    return new LockFacts(seen, at, holderSince, pastSince, reason);
  }

  /** As it would be without its holder: what this host holds is not in its own way. */
  LockFacts unheld() {
    return new LockFacts(
        seen.map(
            lock ->
                switch (lock) {
                  case LockSeen.Readable(LockDocument known, long revision) ->
                      new LockSeen.Readable(
                          new LockDocument(
                              Optional.empty(), known.freeze(), known.history(), known.rolling()),
                          revision);
                  case LockSeen.Unreadable unreadable -> unreadable;
                }),
        at,
        Optional.empty(),
        pastSince,
        failure);
  }
}
