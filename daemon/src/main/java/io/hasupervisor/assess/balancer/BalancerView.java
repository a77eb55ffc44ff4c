package io.hasupervisor.assess.balancer;

import java.time.Duration;
import java.util.List;

/**
 * The load balancer as this host judges it.
 *
 * @param since monotonic time since which {@code state} holds
 * @param why a few words
 * @param reached masters that answered through it lately, by name, where they can be told apart
 */
public record BalancerView(
    String address, BalancerState state, Duration since, String why, List<String> reached) {
  public BalancerView {
    reached = List.copyOf(reached);
  }
}
