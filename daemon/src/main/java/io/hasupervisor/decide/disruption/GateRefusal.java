package io.hasupervisor.decide.disruption;

import java.time.Duration;

/**
 * Why not, for people and for programs.
 *
 * @param why one sentence that says what is so and what it would cost
 * @param cure what an operator can do about it; may be empty
 * @param again after which it may be asked again
 */
public record GateRefusal(GateReason reason, String why, String cure, Duration again) {

  /** Why, and what can be done about it. */
  public String told() {
    return cure.isEmpty() ? why : why + " " + cure;
  }
}
