package io.hasupervisor.observe.leader;

import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.credential.ClientIdentity;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Reads the election records of scheduler and controller manager through an apiserver. */
public final class LeaderLook implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(4);

  private final List<Election> elections;
  private final Duration limit;

  /** These, each within {@code limit}. */
  LeaderLook(List<Election> elections, Duration limit) {
    this.elections = List.copyOf(elections);
    this.limit = limit;
  }

  /** Nothing is asked yet. */
  public static LeaderLook of(Master master) {
    return new LeaderLook(
        List.of(
            election(ApiserverSettings.SCHEDULER, master),
            election(ApiserverSettings.CONTROLLER_MANAGER, master)),
        LIMIT);
  }

  private static Election election(String component, Master master) {
    ApiserverSettings settings = master.apiserver();
    return new Election(
        component,
        ClientIdentity.of(Optional.ofNullable(settings.kubeconfigs().get(component)), settings),
        sources(master),
        InstantSource.system());
  }

  /** The own apiserver, then the load balancer or, where there is none, the other masters. */
  static List<URI> sources(Master master) {
    List<URI> sources = new ArrayList<>(List.of(master.apiserver().local()));
    master
        .cluster()
        .loadBalancer()
        .ifPresentOrElse(
            balancer -> sources.add(secured(balancer.host(), balancer.port())),
            () ->
                master
                    .cluster()
                    .masters()
                    .forEach(
                        (name, address) -> {
                          if (!name.equals(master.node().name())
                              && !address.equals(master.node().address())) {
                            sources.add(secured(address, master.profile().apiserverPort()));
                          }
                        }));
    return sources;
  }

  private static URI secured(String host, int port) {
    return URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
  }

  /** One for each component, within five seconds. That they cannot be read is an answer. */
  public List<LeaderSeen> look() throws InterruptedException {
    List<FutureTask<LeaderSeen>> tasks =
        elections.stream().map(it -> new FutureTask<>(() -> it.look(limit))).toList();
    // Not virtual: to look up a name blocks the carrier of all virtual threads.
    List<Thread> threads =
        tasks.stream()
            .map(task -> Thread.ofPlatform().daemon().name("election asked").start(task))
            .toList();
    try {
      List<LeaderSeen> seen = new ArrayList<>();
      for (FutureTask<LeaderSeen> task : tasks) {
        seen.add(task.get());
      }
      return seen;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a question failed by a bug", e.getCause());
    } finally {
      threads.forEach(Thread::interrupt);
    }
  }

  @Override
  public void close() {
    elections.forEach(Election::close);
  }
}
