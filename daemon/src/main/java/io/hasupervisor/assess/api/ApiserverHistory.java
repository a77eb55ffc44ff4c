package io.hasupervisor.assess.api;

import java.time.Duration;

/**
 * What is remembered of one apiserver from round to round.
 *
 * @param since monotonic time since which {@code state} holds
 * @param etcd whether etcd is the cause
 * @param failed rounds in a row in which it was not well, {@code failing} monotonic time of the
 *     first of them
 * @param unasked rounds in a row in which it could not be asked
 */
public record ApiserverHistory(
    ApiserverState state,
    Duration since,
    String why,
    String cause,
    boolean etcd,
    int failed,
    Duration failing,
    int unasked) {

  /** Before the first round. */
  public static ApiserverHistory none() {
    return new ApiserverHistory(
        ApiserverState.UNKNOWN, Duration.ZERO, "", "", false, 0, Duration.ZERO, 0);
  }

  /** Whether no round has ended yet. */
  boolean fresh() {
    return failed == 0 && unasked == 0 && state == ApiserverState.UNKNOWN;
  }
}
