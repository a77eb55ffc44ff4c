package io.hasupervisor.assess.entry;

import java.util.List;

/**
 * Whether this master should be sent API traffic.
 *
 * @param reasons sentences: why not, or what makes it ready
 */
public record Readiness(boolean ready, List<String> reasons) {
  public Readiness {
    reasons = List.copyOf(reasons);
  }
}
