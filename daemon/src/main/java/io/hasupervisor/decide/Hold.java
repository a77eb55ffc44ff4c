package io.hasupervisor.decide;

import java.time.Duration;
import java.util.Optional;

/**
 * An order to keep the hands off one service.
 *
 * @param kind who or what wants it
 * @param by user name, or the guard's name
 * @param cure what an operator can do about a guard's refusal; may be empty
 * @param until monotonic time at which it ends by itself; empty: until released
 */
public record Hold(Kind kind, String by, String reason, String cure, Optional<Duration> until) {

  /** One that says all in its reason. */
  public Hold(Kind kind, String by, String reason, Optional<Duration> until) {
    this(kind, by, reason, "", until);
  }

  /** Sources of a hold. */
  public enum Kind {
    /** {@code ha-supervisor hold}. */
    OPERATOR,
    /** {@code ha-supervisor stop}: the service is meant to be down. */
    STOPPED,
    /**
     * Consent to a kill, or to a start, was refused; asked again at its end. A refused kill does
     * not keep the service from being started once it is dead.
     */
    GUARD
  }

  boolean over(Duration now) {
    return until.isPresent() && now.compareTo(until.get()) >= 0;
  }
}
