package io.hasupervisor.publish;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The way into the cluster as this host judges it: {@link io.hasupervisor.assess.entry.EntryView}.
 *
 * @param apiservers this host's first
 * @param balancer empty where none is configured
 */
public record EntryStatus(
    List<ApiserverStatus> apiservers,
    Optional<BalancerStatus> balancer,
    List<LeaderStatus> leaders) {
  public EntryStatus {
    apiservers = List.copyOf(apiservers);
    leaders = List.copyOf(leaders);
  }

  /**
   * One apiserver.
   *
   * @param state a name of {@link io.hasupervisor.assess.api.ApiserverState}
   * @param cause what is behind it; may be empty
   */
  public record ApiserverStatus(
      String name,
      String url,
      boolean own,
      String state,
      Instant since,
      String why,
      String cause) {}

  /**
   * The load balancer.
   *
   * @param state a name of {@link io.hasupervisor.assess.balancer.BalancerState}
   * @param reached masters that answered through it lately, where they can be told apart
   */
  public record BalancerStatus(
      String address, String state, Instant since, String why, List<String> reached) {
    public BalancerStatus {
      reached = List.copyOf(reached);
    }
  }

  /**
   * The election of one component's leader.
   *
   * @param state a name of {@link io.hasupervisor.assess.leader.LeaderState}
   * @param holder as written in the record, {@code master} the host that this means
   * @param source {@code LEASE} or {@code ENDPOINTS}
   * @param changed when the record was last seen to change, by this host's clock; {@code renewed}
   *     by the holder's
   */
  public record LeaderStatus(
      String component,
      String state,
      Optional<String> holder,
      Optional<String> master,
      Optional<String> source,
      long transitions,
      Instant since,
      Optional<Instant> changed,
      Optional<Instant> renewed,
      String why) {}
}
