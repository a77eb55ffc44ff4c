package io.hasupervisor.assess.api;

import java.time.Duration;
import java.util.Map;

/**
 * Which apiservers do not serve and stand behind the service {@code kubernetes} all the same.
 *
 * @param dead monotonic time since which that is so, by the master's name
 */
public record EndpointHistory(Map<String, Duration> dead) {
  public EndpointHistory {
    dead = Map.copyOf(dead);
  }

  /** Before the first round. */
  public static EndpointHistory none() {
    return new EndpointHistory(Map.of());
  }
}
