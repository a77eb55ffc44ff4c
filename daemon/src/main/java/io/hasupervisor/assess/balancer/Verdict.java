package io.hasupervisor.assess.balancer;

import java.util.List;

/**
 * What one round alone says of the load balancer.
 *
 * @param all whether every connection was like that
 * @param why part of a sentence
 * @param masters to whom connections were led that were not served, as far as is known
 */
record Verdict(BalancerState state, boolean all, String why, List<String> masters) {
  Verdict {
    masters = List.copyOf(masters);
  }

  static Verdict of(BalancerState state, String why) {
    return new Verdict(state, true, why, List.of());
  }

  boolean well() {
    return state == BalancerState.HEALTHY;
  }

  /** Whether some connections are served and some are not. */
  boolean partly() {
    return !well() && !all;
  }

  /** Whether no connection is served. */
  boolean wholly() {
    return !well() && all;
  }
}
