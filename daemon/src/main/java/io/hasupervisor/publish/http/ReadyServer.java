package io.hasupervisor.publish.http;

import io.hasupervisor.publish.ReadyFeed;
import io.hasupervisor.publish.Status.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /ready} and nothing else, on addresses by which load balancers reach this host: opt-in,
 * for nobody is asked who he is.
 */
public final class ReadyServer implements AutoCloseable {
  private final Doors doors;

  /**
   * Nothing is bound before {@link #start}.
   *
   * @param listen {@code IP:port}, IPv6 addresses in brackets
   * @param wall wall time, for notices
   */
  public ReadyServer(ReadyFeed ready, List<String> listen, Supplier<Instant> wall) {
    this(ready, listen, wall, Duration.ofSeconds(10));
  }

  /** As above; {@code retryEvery}: time between two tries of an address that is taken. */
  ReadyServer(ReadyFeed ready, List<String> listen, Supplier<Instant> wall, Duration retryEvery) {
    this.doors =
        new Doors("/ready", listen, address -> new ReadyDoor(address, ready), retryEvery, wall);
  }

  /** Begins to bind all addresses, in the background. */
  public void start() {
    doors.open();
  }

  /** Addresses that are not bound; from any thread. */
  public List<Notice> notices() {
    return doors.notices();
  }

  /** The port bound for the address at {@code index} of the configuration, once it is. */
  Optional<Integer> port(int index) {
    return doors.port(index);
  }

  @Override
  public void close() {
    doors.close();
  }
}
