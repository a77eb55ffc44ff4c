package io.hasupervisor.assess.entry;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.assess.balancer.BalancerView;
import io.hasupervisor.assess.leader.LeaderView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The way into the cluster as this host judges it after a round.
 *
 * @param at monotonic time of the round
 * @param apiservers the own one first
 */
public record EntryView(
    Duration at,
    List<ApiserverView> apiservers,
    Optional<BalancerView> balancer,
    List<LeaderView> leaders,
    List<Finding> findings) {
  public EntryView {
    apiservers = List.copyOf(apiservers);
    leaders = List.copyOf(leaders);
    findings = List.copyOf(findings);
  }

  /** This host's apiserver. */
  public Optional<ApiserverView> own() {
    return apiservers.stream().filter(ApiserverView::own).findFirst();
  }
}
