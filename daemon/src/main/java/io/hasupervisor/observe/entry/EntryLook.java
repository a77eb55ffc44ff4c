package io.hasupervisor.observe.entry;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.Clock;
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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

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
    Asked<List<ApiserverSeen>> servers = ask("apiservers asked", apiservers::look);
    Asked<EndpointsSeen> listed = ask("endpoints asked", endpoints::look);
    Asked<Optional<BalancerSeen>> through = ask("load balancer asked", balancer::look);
    Asked<List<LeaderSeen>> leading = ask("leaders asked", leaders::look);
    try {
      List<ApiserverSeen> seen = servers.answer();
      Optional<BalancerSeen> passed = through.answer();
      List<LeaderSeen> records = leading.answer();
      EndpointsSeen behind = listed.answer();
      Duration now = clock.now();
      return new EntryRound(now, now.minus(begun), seen, passed, records, behind);
    } finally {
      servers.thread().interrupt();
      listed.thread().interrupt();
      through.thread().interrupt();
      leading.thread().interrupt();
    }
  }

  private record Asked<T>(Thread thread, FutureTask<T> task) {
    T answer() throws InterruptedException {
      try {
        return task.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a question failed by a bug", e.getCause());
      }
    }
  }

  private static <T> Asked<T> ask(String name, Callable<T> question) {
    FutureTask<T> task = new FutureTask<>(question);
    // Not virtual: to look up a name blocks the carrier of all virtual threads.
    return new Asked<>(Thread.ofPlatform().daemon().name(name).start(task), task);
  }

  @Override
  public void close() {
    leaders.close();
  }
}
