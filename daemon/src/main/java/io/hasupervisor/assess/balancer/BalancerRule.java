package io.hasupervisor.assess.balancer;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.observe.api.ApiserverSeen;
import io.hasupervisor.observe.balancer.BalancerSeen;
import java.time.Duration;
import java.util.List;

/** Pure: tells the load balancer's faults from those of the masters behind it. */
public final class BalancerRule {
  private BalancerRule() {}

  /** What is thought, what of it needs somebody, and what is remembered for the next round. */
  public record Judged(BalancerHistory next, BalancerView view, List<Finding> findings) {}

  /**
   * Takes a round in.
   *
   * @param at monotonic time of the round
   * @param shown the apiservers of the same round, asked by their own addresses, with the
   *     certificates that they showed; {@code apiservers} the same as judged
   */
  public static Judged judge(
      BalancerHistory before,
      BalancerSeen seen,
      Duration at,
      List<ApiserverSeen> shown,
      List<ApiserverView> apiservers) {
    return new Judged(
        before,
        new BalancerView(seen.address(), BalancerState.UNKNOWN, at, "", List.of()),
        List.of());
  }
}
