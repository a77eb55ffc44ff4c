package io.hasupervisor.act;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.observe.Incarnation;
import java.time.Duration;
import java.util.Optional;

/**
 * The hands for one unit. Every method is bounded by its limit, runs in a thread of its own and may
 * be interrupted.
 */
public interface Actuator {

  /**
   * Starts it. {@link Outcome.Done} once the init system has taken the order; whether it lives is
   * for the next look to say. Clears a start limit first, and leaves alone what already runs.
   */
  Outcome start(Duration limit) throws InterruptedException;

  /** Orders its end with TERM through its init system. */
  Outcome stop(Duration patience) throws InterruptedException;

  /**
   * Sends KILL to the main process of exactly this life; done also when that life has ended
   * already.
   */
  Outcome kill(Optional<Incarnation> victim) throws InterruptedException;
}
