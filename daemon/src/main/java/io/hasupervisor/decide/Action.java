package io.hasupervisor.decide;

import io.hasupervisor.observe.Incarnation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One thing to be done to one service; whoever carries it out answers with one {@link Outcome}. */
public sealed interface Action {

  /** Start it through its init system, clearing a start limit first. */
  record Start(Duration limit) implements Action {}

  /** May this be done? */
  record AskConsent(Purpose purpose, Consent.Stage stage) implements Action {}

  /** Save what tells later why it had to be killed. */
  record Capture(Purpose purpose, Duration limit) implements Action {}

  /** Ask it to end through its init system (TERM); the outcome may come before it has ended. */
  record Stop(Duration patience) implements Action {}

  /**
   * Send KILL to the main process of this life, or of whatever runs where the order was to stop.
   */
  record Kill(Optional<Incarnation> victim) implements Action {}

  /** Run the operator's command for a service that cannot be killed. */
  record RunHook(List<String> argv) implements Action {}
}
