package io.hasupervisor.publish;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the loop lets others read; every method may be called from any thread and never waits for
 * the loop.
 */
public interface Feed {

  /** The newest status. */
  Status status();

  /** All masters as this one knows them; empty where this host is not configured as one. */
  Optional<ClusterStatus> cluster();

  /** Kept events with a sequence number above {@code seq}, oldest first. */
  List<ServiceEvent> eventsSince(long seq);

  /** Time since the loop last turned. */
  Duration sinceLastTurn();
}
