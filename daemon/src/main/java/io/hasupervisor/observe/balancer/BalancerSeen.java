package io.hasupervisor.observe.balancer;

import java.util.List;

/**
 * The load balancer in one round: some connections, each a new one, one after the other.
 *
 * @param address {@code host:port} as configured
 */
public record BalancerSeen(String address, List<Passage> passages) {
  public BalancerSeen {
    passages = List.copyOf(passages);
  }
}
