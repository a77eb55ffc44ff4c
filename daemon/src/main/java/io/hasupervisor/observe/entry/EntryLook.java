package io.hasupervisor.observe.entry;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.AtOnce;
import io.hasupervisor.observe.api.ApiserverLook;
import io.hasupervisor.observe.api.ApiserverSeen;
import io.hasupervisor.observe.api.EndpointsLook;
import io.hasupervisor.observe.api.EndpointsSeen;
import io.hasupervisor.observe.balancer.BalancerLook;
import io.hasupervisor.observe.balancer.BalancerSeen;
import io.hasupervisor.observe.leader.LeaderLook;
import io.hasupervisor.observe.leader.LeaderSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/** Asks everything on the way into the cluster, in parallel, round after round. */
public final class EntryLook implements AutoCloseable {
  private final Clock clock;
  private final ApiserverLook apiservers;
  private final EndpointsLook endpoints;
  private final BalancerLook balancer;
  private final LeaderLook leaders;

  private EntryLook(
      Clock clock,
      ApiserverLook apiservers,
      EndpointsLook endpoints,
      BalancerLook balancer,
      LeaderLook leaders) {
    this.clock = clock;
    this.apiservers = apiservers;
    this.endpoints = endpoints;
    this.balancer = balancer;
    this.leaders = leaders;
  }

  /** Nothing is asked yet. */
  public static EntryLook of(Master master, Clock clock) {
    return new EntryLook(
        clock,
        ApiserverLook.of(master),
        EndpointsLook.of(master.apiserver()),
        BalancerLook.of(master),
        LeaderLook.of(master));
  }

  /** One round; six seconds at most. */
  public EntryRound look() throws InterruptedException {
    Duration begun = clock.now();
    try (AtOnce asking = new AtOnce("way in asked")) {
      Future<List<ApiserverSeen>> servers = asking.ask(apiservers::look);
      Future<EndpointsSeen> listed = asking.ask(endpoints::look);
      Future<Optional<BalancerSeen>> through = asking.ask(balancer::look);
      Future<List<LeaderSeen>> leading = asking.ask(leaders::look);
      List<ApiserverSeen> seen = AtOnce.answer(servers);
      Optional<BalancerSeen> passed = AtOnce.answer(through);
      List<LeaderSeen> records = AtOnce.answer(leading);
      EndpointsSeen behind = AtOnce.answer(listed);
      Duration now = clock.now();
      return new EntryRound(now, now.minus(begun), seen, passed, records, behind);
    }
  }

  @Override
  public void close() {
    leaders.close();
  }
}
