package io.hasupervisor.assess.entry;

import io.hasupervisor.assess.api.ApiserverHistory;
import io.hasupervisor.assess.api.EndpointHistory;
import io.hasupervisor.assess.balancer.BalancerHistory;
import io.hasupervisor.assess.leader.LeaderHistory;
import java.time.Duration;
import java.util.Map;

/**
 * What is remembered from round to round.
 *
 * @param started monotonic time from which on answers count
 * @param apiservers by the master's name, {@code leaders} by component
 */
public record EntryHistory(
    Duration started,
    Map<String, ApiserverHistory> apiservers,
    EndpointHistory endpoints,
    BalancerHistory balancer,
    Map<String, LeaderHistory> leaders) {
  public EntryHistory {
    apiservers = Map.copyOf(apiservers);
    leaders = Map.copyOf(leaders);
  }

  /** Before the first round. */
  public static EntryHistory at(Duration started) {
    return new EntryHistory(
        started, Map.of(), EndpointHistory.none(), BalancerHistory.none(), Map.of());
  }
}
