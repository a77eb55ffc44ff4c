package io.hasupervisor.observe;

import java.time.Duration;

/** A question that can be asked of one target again and again. */
@FunctionalInterface
public interface Probe {

  /**
   * Asks once. Returns when there is an answer, at the latest shortly after {@code deadline}; a
   * target that does not answer is {@link Symptom#TIMED_OUT}. Runs in a thread of its own that is
   * interrupted past the deadline.
   *
   * @throws InterruptedException when interrupted: the caller then reports {@link
   *     Symptom#TIMED_OUT}
   */
  CheckResult check(Duration deadline) throws InterruptedException;
}
