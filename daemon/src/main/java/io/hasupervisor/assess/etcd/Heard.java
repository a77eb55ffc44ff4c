package io.hasupervisor.assess.etcd;

import io.hasupervisor.observe.etcd.Attestation;
import java.time.Duration;
import java.util.Optional;

/**
 * The newest attestation of one member, and what our own clock says of its age.
 *
 * @param read monotonic time at which it was last read
 * @param written monotonic time after which it was certainly written: when the one before it was
 *     last read. Empty for the first one, which may be of any age
 */
public record Heard(Attestation newest, Duration read, Optional<Duration> written) {

  /**
   * What is known after another look. A smaller number is no newer word: it comes of restored data,
   * or of a daemon whose clock was set back, and is of unknown age until it grows.
   */
  Heard after(Attestation next, Duration at) {
    int grown = Long.compare(next.sequence(), newest.sequence());
    Optional<Duration> since =
        grown == 0 ? written : grown > 0 ? Optional.of(read) : Optional.empty();
    return new Heard(next, at, since);
  }

  /** {@code new 12 s ago}, {@code stale, 5 min 10 s ago}. */
  String told(Duration now) {
    return written
        .map(then -> (fresh(now) ? "new " : "stale, ") + Words.length(now.minus(then)) + " ago")
        .orElse("of unknown age");
  }

  /** Whether it was certainly written within the last 75 seconds (control-plane 3.1.3). */
  public boolean fresh(Duration now) {
    return written.isPresent() && Limits.within(Limits.ATTESTATION, written.get(), now);
  }
}
