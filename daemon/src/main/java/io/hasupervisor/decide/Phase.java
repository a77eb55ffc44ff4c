package io.hasupervisor.decide;

import io.hasupervisor.observe.Incarnation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a service stands; each state holds only what it needs.
 *
 * <pre>
 *   UNKNOWN    -> STARTING, HEALTHY, SUSPECT   evidence has come
 *   any        -> BACKOFF, WAITING             it died
 *   BACKOFF    -> STARTING                     the delay is over, or the cause has gone
 *   BACKOFF    -> SLOW_RETRY                   too many deaths, or a broken configuration
 *   STARTING   -> HEALTHY                      a probe passed
 *   HEALTHY    -> SUSPECT                      a probe fails
 *   SUSPECT    -> KILLING                      tolerance used up, budget left, consent asked
 *   SUSPECT    -> SLOW_RETRY                   tolerance used up, budget spent
 *   KILLING    -> STARTING                     dead by our hand: started at once
 *   KILLING    -> HELD                         consent refused, or it was stopped by order
 *   KILLING    -> STUCK                        survives KILL
 *   any        -> ASKING                       its start needs consent
 *   ASKING     -> STARTING                     consent to the start was given
 *   ASKING     -> HELD                         consent refused; asked again at its end
 *   any        -> WAITING                      a dependency is not HEALTHY
 *   any        -> HELD                         hold
 * </pre>
 */
public sealed interface Phase {

  /** No evidence yet. */
  record Unknown() implements Phase {}

  /** Judged and started only when these are healthy. */
  record Waiting(List<String> on, Optional<Duration> nextAt) implements Phase {}

  /**
   * A start was given or seen; the grace clock runs.
   *
   * @param deadBelievedAt a missing process is no death before this
   */
  record Starting(Duration graceUntil, Duration deadBelievedAt) implements Phase {}

  /**
   * Dead, and due to be started; consent to that is being asked. At rest it was given this moment.
   *
   * @param why the start's reason
   */
  record Asking(Because why) implements Phase {}

  /** Lives, and every probe passes. */
  record Healthy() implements Phase {}

  /**
   * Lives, a probe fails, nothing is done yet.
   *
   * @param nextAt earliest time of a kill, where only its budget delays it
   */
  record Suspect(int failures, int needed, Optional<Duration> nextAt) implements Phase {}

  /**
   * Being stopped by us.
   *
   * @param until end of the present rung's patience
   * @param victim the life to end, and no other; empty when an order stops whatever runs
   */
  record Killing(KillStep step, Purpose purpose, Duration until, Optional<Incarnation> victim)
      implements Phase {}

  /** Dead; started at {@code nextAt}. */
  record Backoff(int attempt, Duration nextAt) implements Phase {}

  /** Budget spent: an alarm is on, and one attempt is made at {@code nextAt}, for ever. */
  record SlowRetry(Duration nextAt) implements Phase {}

  /**
   * Survived KILL: in the kernel's hands since {@code since}.
   *
   * @param hookAskedAt when consent to the operator's hook was last asked
   * @param hookRun whether the hook has been run for this victim
   */
  record Stuck(
      Optional<Incarnation> victim, Duration since, Optional<Duration> hookAskedAt, boolean hookRun)
      implements Phase {}

  /** Left alone. */
  record Held(Hold hold) implements Phase {}

  /** The published name: the table's of the design, in capitals. */
  default String label() {
    return switch (this) {
      case Unknown _ -> "UNKNOWN";
      case Waiting _ -> "WAITING";
      case Asking _ -> "ASKING";
      case Starting _ -> "STARTING";
      case Healthy _ -> "HEALTHY";
      case Suspect _ -> "SUSPECT";
      case Killing _ -> "KILLING";
      case Backoff _ -> "BACKOFF";
      case SlowRetry _ -> "SLOW_RETRY";
      case Stuck _ -> "STUCK";
      case Held _ -> "HELD";
    };
  }

  /** Monotonic time at which this phase wants to be looked at again, if any. */
  default Optional<Duration> deadline() {
    return switch (this) {
      case Unknown _, Asking _, Healthy _, Stuck _ -> Optional.empty();
      case Waiting waiting -> waiting.nextAt();
      case Starting starting -> Optional.of(starting.graceUntil());
      case Suspect suspect -> suspect.nextAt();
      case Killing killing -> Optional.of(killing.until());
      case Backoff backoff -> Optional.of(backoff.nextAt());
      case SlowRetry slow -> Optional.of(slow.nextAt());
      case Held held -> held.hold().until();
    };
  }
}
