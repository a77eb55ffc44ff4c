package io.hasupervisor.publish.http;

import io.hasupervisor.publish.Feed;
import io.hasupervisor.publish.ReadyFeed;
import io.hasupervisor.publish.Status.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The status on all addresses of the configuration, for this host alone. */
public final class StatusServer implements AutoCloseable {
  private final Doors doors;

  /**
   * Nothing is bound before {@link #start}.
   *
   * @param listen {@code host:port}, IPv6 addresses in brackets
   * @param wall wall time, for notices
   */
  public StatusServer(Feed feed, ReadyFeed ready, List<String> listen, Supplier<Instant> wall) {
    this(feed, ready, listen, wall, Duration.ofSeconds(10), Duration.ofSeconds(10));
  }

  /**
   * As above.
   *
   * @param retryEvery time between two tries of an address that is taken
   * @param connectionAge longest life of a connection
   */
  StatusServer(
      Feed feed,
      ReadyFeed ready,
      List<String> listen,
      Supplier<Instant> wall,
      Duration retryEvery,
      Duration connectionAge) {
    Pages pages = new Pages(feed, ready);
    this.doors =
        new Doors(
            "/status",
            listen,
            address -> new Listener(address, pages, connectionAge),
            retryEvery,
            wall);
  }

  /** Begins to bind all addresses, in the background. */
  public void start() {
    doors.open();
  }

  /** Addresses that are taken by somebody else; from any thread. */
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
