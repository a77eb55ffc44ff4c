package io.hasupervisor.decide.disruption;

import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of the lock; all times are this host's monotonic ones.
 *
 * @param seen the newest reading, {@code at} which time
 * @param holderSince since when the same nonce has been seen holding it, without another between
 * @param pastSince when the newest repair of the history that acted ended; by the wall clock only
 *     as far as it may have ended before it was first seen
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
}
