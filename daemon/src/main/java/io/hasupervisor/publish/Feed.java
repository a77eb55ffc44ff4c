package io.hasupervisor.publish;

import java.time.Duration;
import java.util.List;

/**
 * What the loop lets others read; every method may be called from any thread and never waits for
 * the loop.
 */
public interface Feed {

  /** The newest status. */
  Status status();

  /** Kept events with a sequence number above {@code seq}, oldest first. */
  List<ServiceEvent> eventsSince(long seq);

  /** Time since the loop last turned. */
  Duration sinceLastTurn();
}
