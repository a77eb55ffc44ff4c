package io.hasupervisor.decide;

import java.time.Duration;

/** How an action ended. */
public sealed interface Outcome {

  /** It was done: for a start, the init system took the order. */
  record Done() implements Outcome {}

  /** It could not be done; {@code why} is a sentence with the init system's words. */
  record Failed(String why) implements Outcome {}

  /**
   * Nobody knows whether it was done (time ran out, connection lost): only fresh evidence will
   * tell.
   */
  record Uncertain(String why) implements Outcome {}

  /**
   * Consent was refused; ask again after {@code retryAfter}.
   *
   * @param cure what an operator can do about it, in whole sentences; may be empty
   */
  record Refused(String guard, String why, String cure, Duration retryAfter) implements Outcome {
    public Refused(String guard, String why, Duration retryAfter) {
      this(guard, why, "", retryAfter);
    }

    /** Why, and what can be done about it. */
    public String told() {
      return cure.isEmpty() ? why : why + " " + cure;
    }
  }
}
