package io.hasupervisor.decide;

import io.hasupervisor.assess.Verdict;
import io.hasupervisor.observe.RunReport;
import java.time.Duration;
import java.util.List;

/** What is, not what changed: a lost event costs one period. */
public sealed interface Event {

  /** The init system or process table was read. */
  record Seen(RunReport report) implements Event {}

  /** The probes were assessed. */
  record Judged(Verdict verdict) implements Event {}

  /** These dependencies are not HEALTHY now. */
  record Dependencies(List<Dependency> notHealthy) implements Event {}

  /**
   * One dependency that is not HEALTHY.
   *
   * @param alive whether its main process is there all the same
   */
  record Dependency(String name, boolean alive) {}

  /** The action in flight ended at {@code at}: evidence older than that is stale. */
  record Finished(Outcome outcome, Duration at) implements Event {}

  /** An operator's order. */
  record Ordered(Order order) implements Event {}

  /**
   * The unit's file, binary or configuration changed: earlier failures may have lost their cause.
   */
  record CauseChanged(String what) implements Event {}

  /** Time has passed. */
  record Ticked() implements Event {}

  /** What an operator can order. */
  sealed interface Order {
    record Start(String by) implements Order {}

    record Stop(Hold hold) implements Order {}

    record Restart(String by) implements Order {}

    /** Try now, without waiting for the delay. */
    record Retry(String by) implements Order {}

    record Keep(Hold hold) implements Order {}

    record Release(String by) implements Order {}
  }
}
