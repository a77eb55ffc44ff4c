package io.hasupervisor.observe.entry;

import io.hasupervisor.observe.api.ApiserverSeen;
import io.hasupervisor.observe.api.EndpointsSeen;
import io.hasupervisor.observe.balancer.BalancerSeen;
import io.hasupervisor.observe.leader.LeaderSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that was asked of the way into the cluster in one round, in parallel.
 *
 * @param at monotonic time at which the round ended; {@code took} is its length
 * @param apiservers the own one first
 * @param balancer empty where none is configured
 * @param leaders one for each component that elects a leader
 */
public record EntryRound(
    Duration at,
    Duration took,
    List<ApiserverSeen> apiservers,
    Optional<BalancerSeen> balancer,
    List<LeaderSeen> leaders,
    EndpointsSeen endpoints) {
  public EntryRound {
    apiservers = List.copyOf(apiservers);
    leaders = List.copyOf(leaders);
  }

  /** This host's apiserver. */
  public Optional<ApiserverSeen> own() {
    return apiservers.stream().filter(ApiserverSeen::own).findFirst();
  }
}
