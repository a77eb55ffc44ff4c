package io.hasupervisor.publish.http;

import io.hasupervisor.publish.Feed;
import io.hasupervisor.publish.ReadyFeed;
import io.hasupervisor.publish.Status.Notice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * Addresses of the configuration, each opened on its own: one that cannot be bound is tried again
 * and noticed, and disturbs neither the others nor supervision.
 */
public final class Doors implements AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final Duration CONNECTION_AGE = Duration.ofSeconds(10);

  private final String path;
  private final List<String> listen;
  private final Function<InetSocketAddress, Door> making;
  private final Duration retryEvery;
  private final Supplier<Instant> wall;
  private final Map<String, Door> bound = new ConcurrentHashMap<>();
  private final Map<String, Notice> notices = new ConcurrentHashMap<>();
  private final List<Thread> binders = new ArrayList<>();

  /**
   * @param path that is served there, {@code /status}
   * @param making makes the door of an address, not bound yet
   */
  private Doors(
      String path,
      List<String> listen,
      Function<InetSocketAddress, Door> making,
      Duration retryEvery,
      Supplier<Instant> wall) {
    this.path = path;
    this.listen = List.copyOf(listen);
    this.making = making;
    this.retryEvery = retryEvery;
    this.wall = wall;
  }

  /**
   * The status, for this host alone; nothing is bound before {@link #open}.
   *
   * @param listen {@code host:port}, IPv6 addresses in brackets
   * @param wall wall time, for notices
   */
  public static Doors ofStatus(
      Feed feed, ReadyFeed ready, List<String> listen, Supplier<Instant> wall) {
    return ofStatus(feed, ready, listen, wall, RETRY, CONNECTION_AGE);
  }

  /**
   * As above.
   *
   * @param retryEvery time between two tries of an address that is taken
   * @param connectionAge longest life of a connection
   */
  static Doors ofStatus(
      Feed feed,
      ReadyFeed ready,
      List<String> listen,
      Supplier<Instant> wall,
      Duration retryEvery,
      Duration connectionAge) {
    Pages pages = new Pages(feed, ready);
    return new Doors(
        "/status", listen, at -> new Listener(at, pages, connectionAge), retryEvery, wall);
  }

  /**
   * {@code /ready} and nothing else, on addresses by which load balancers reach this host: opt-in,
   * for nobody is asked who he is. Nothing is bound before {@link #open}.
   *
   * @param listen {@code IP:port}, IPv6 addresses in brackets
   * @param wall wall time, for notices
   */
  public static Doors ofReady(ReadyFeed ready, List<String> listen, Supplier<Instant> wall) {
    return ofReady(ready, listen, wall, RETRY);
  }

  /** As above; {@code retryEvery}: time between two tries of an address that is taken. */
  static Doors ofReady(
      ReadyFeed ready, List<String> listen, Supplier<Instant> wall, Duration retryEvery) {
    return new Doors("/ready", listen, at -> new ReadyDoor(at, ready), retryEvery, wall);
  }

  /** Begins to bind all addresses, in the background. */
  public void open() {
    for (String address : listen) {
      binders.add(Thread.ofVirtual().name("http-bind " + address).start(() -> keepTrying(address)));
    }
  }

  /** Addresses that are not bound; from any thread. */
  public List<Notice> notices() {
    return List.copyOf(notices.values());
  }

  /** The port bound for the address at {@code index} of the configuration, once it is. */
  Optional<Integer> port(int index) {
    return Optional.ofNullable(bound.get(listen.get(index))).filter(Door::running).map(Door::port);
  }

  @Override
  public void close() {
    binders.forEach(Thread::interrupt);
    for (Thread binder : binders) {
      try {
        binder.join(Duration.ofSeconds(2));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    bound.values().forEach(Door::stop);
  }

  private void keepTrying(String address) {
    try {
      while (!bind(address)) {
        Thread.sleep(retryEvery);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether nothing is left to be tried: bound, or this host has no such address. */
  private boolean bind(String address) {
    InetSocketAddress parsed = address(address);
    // A web server that could not be bound leaves its timer thread behind: look first.
    try (ServerSocket free = new ServerSocket()) {
      free.setReuseAddress(true);
      free.bind(parsed);
    } catch (IOException e) {
      boolean taken = String.valueOf(e.getMessage()).contains("in use");
      return refused(address, e, !taken && parsed.getAddress().isLoopbackAddress());
    }
    Door door = making.apply(parsed);
    try {
      door.start();
    } catch (RuntimeException e) {
      return refused(address, e, false);
    }
    bound.put(address, door);
    notices.remove(address);
    Logger.info("{} at http://{}{}", path.substring(1), address, path);
    return true;
  }

  private boolean refused(String address, Exception failure, boolean absent) {
    if (absent) {
      Logger.warn("no {} at {}: {}; this host lacks it", path, address, failure.getMessage());
      return true;
    }
    String text =
        "no "
            + path.substring(1)
            + " at http://"
            + address
            + " ("
            + failure.getMessage()
            + "); tried again every "
            + retryEvery.toSeconds()
            + "s; to see who has it: ss -ltnp";
    if (notices.putIfAbsent(address, new Notice("http-not-bound", wall.get(), text)) == null) {
      Logger.warn("{}", text);
    }
    return false;
  }

  private static InetSocketAddress address(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    String host = hostAndPort.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return new InetSocketAddress(
        bracketed ? host.substring(1, host.length() - 1) : host,
        Integer.parseInt(hostAndPort.substring(colon + 1)));
  }
}
