package io.hasupervisor.assess.worker;

import java.time.Duration;

/**
 * What is remembered from one look to the next.
 *
 * @param failed looks in a row that found no apiserver
 */
public record WorkerHistory(WorkerState state, Duration since, int failed) {

  /** Before the first look. */
  public static WorkerHistory at(Duration now) {
    return new WorkerHistory(WorkerState.UNKNOWN, now, 0);
  }

  WorkerHistory then(WorkerState next, int failures, Duration now) {
    return new WorkerHistory(next, next == state ? since : now, failures);
  }
}
