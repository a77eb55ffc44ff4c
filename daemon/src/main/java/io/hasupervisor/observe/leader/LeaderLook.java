package io.hasupervisor.observe.leader;

import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.AtOnce;
import io.hasupervisor.observe.credential.ClientIdentity;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

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
    Stream<URI> elsewhere =
        master.cluster().loadBalancer().stream()
            .map(balancer -> ApiserverSettings.url(balancer.host(), balancer.port()));
    if (master.cluster().loadBalancer().isEmpty()) {
      elsewhere =
          master.others().values().stream()
              .map(address -> ApiserverSettings.url(address, master.apiserverPort()));
    }
    return Stream.concat(Stream.of(master.apiserver().local()), elsewhere).toList();
  }

  /** One for each component, within five seconds. That they cannot be read is an answer. */
  public List<LeaderSeen> look() throws InterruptedException {
    return AtOnce.all(
        "election asked",
        elections.stream().<Callable<LeaderSeen>>map(it -> () -> it.look(limit)).toList());
  }

  @Override
  public void close() {
    elections.forEach(Election::close);
  }
}
