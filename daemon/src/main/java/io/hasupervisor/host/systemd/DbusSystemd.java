package io.hasupervisor.host.systemd;

import io.hasupervisor.host.systemd.SystemdUnavailable.Order;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;

/**
 * systemd on the system bus. One thread keeps a connection and subscribes each watched unit on it;
 * while there is none, calls fail at once.
 */
public final class DbusSystemd implements Systemd, SystemdManager, AutoCloseable {
  /** Longest time for one call or one attempt to connect. */
  public static final Duration CALL_LIMIT = Duration.ofSeconds(5);

  private static final Duration FIRST_DELAY = Duration.ofMillis(200);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

  private final String address;
  private final Duration limit;
  private final List<Watched> watches = new CopyOnWriteArrayList<>();
  private final Semaphore wakeUp = new Semaphore(0);
  private final Thread keeper = Thread.ofVirtual().name("systemd").unstarted(this::keepConnected);
  private volatile Link link = new Link.Down("not connected to the system bus yet");

  private DbusSystemd(String address, Duration limit) {
    this.address = address;
    this.limit = limit;
  }

  /** The connection, or why there is none. */
  private sealed interface Link {
    record Up(BusConnection bus) implements Link {}

    record Down(String why) implements Link {}
  }

  private record Watched(String unit, Runnable changed) {}

  /** Begins to connect in the background, and goes on for ever. */
  public static DbusSystemd start(String address, Duration limit) {
    DbusSystemd systemd = new DbusSystemd(address, limit);
    systemd.keeper.start();
    return systemd;
  }

  /** Address of the system bus by the rules of the D-Bus specification. */
  public static String address(Map<String, String> environment) {
    return environment.getOrDefault(
        "DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/run/dbus/system_bus_socket");
  }

  @Override
  public UnitFacts facts(String unit)
      throws SystemdUnavailable, SystemdRefused, InterruptedException {
    BusConnection bus = connected();
    UnitProperties unitProperties = new UnitProperties(properties(bus, SystemdNames.unit(unit)));
    Optional<String> job = unitProperties.jobPath();
    return unitProperties.facts(job.isPresent() ? jobType(bus, job.get()) : Optional.empty());
  }

  /** All interfaces of the object in one answer, so that they agree with each other. */
  private static Map<?, ?> properties(BusConnection bus, String path)
      throws SystemdUnavailable, SystemdRefused, InterruptedException {
    Object[] answer = bus.call(path, SystemdNames.PROPERTIES, "GetAll", "s", "");
    return answer.length == 1 && answer[0] instanceof Map<?, ?> values ? values : Map.of();
  }

  /** A job may have ended since its unit named it. */
  private static Optional<String> jobType(BusConnection bus, String path)
      throws SystemdUnavailable, InterruptedException {
    try {
      return Optional.of(new UnitProperties(properties(bus, path)).text("JobType"));
    } catch (SystemdRefused e) {
      return Optional.empty();
    }
  }

  @Override
  public void start(String unit) throws SystemdUnavailable, SystemdRefused, InterruptedException {
    order("StartUnit", "ss", unit, "replace");
  }

  @Override
  public void stop(String unit) throws SystemdUnavailable, SystemdRefused, InterruptedException {
    order("StopUnit", "ss", unit, "replace");
  }

  @Override
  public void restart(String unit) throws SystemdUnavailable, SystemdRefused, InterruptedException {
    order("RestartUnit", "ss", unit, "replace");
  }

  @Override
  public void resetFailed(String unit)
      throws SystemdUnavailable, SystemdRefused, InterruptedException {
    order("ResetFailedUnit", "s", unit);
  }

  @Override
  public void killMain(String unit, int signal)
      throws SystemdUnavailable, SystemdRefused, InterruptedException {
    order("KillUnit", "ssi", unit, "main", signal);
  }

  @Override
  public String version() throws SystemdUnavailable, SystemdRefused, InterruptedException {
    return new UnitProperties(properties(connected(), SystemdNames.MANAGER_PATH)).text("Version");
  }

  @Override
  public void reload() throws SystemdUnavailable, SystemdRefused, InterruptedException {
    order("Reload", "");
  }

  private void order(String method, String signature, Object... arguments)
      throws SystemdUnavailable, SystemdRefused, InterruptedException {
    connected().call(SystemdNames.MANAGER_PATH, SystemdNames.MANAGER, method, signature, arguments);
  }

  private BusConnection connected() throws SystemdUnavailable {
    return switch (link) {
      case Link.Up up -> up.bus();
      case Link.Down down -> throw new SystemdUnavailable(down.why(), Order.NOT_GIVEN);
    };
  }

  @Override
  public Watch watch(String unit, Runnable changed) {
    Watched watched = new Watched(unit, changed);
    watches.add(watched);
    wakeUp.release();
    return () -> watches.remove(watched);
  }

  private void changed(String unit) {
    watches.stream().filter(watched -> watched.unit().equals(unit)).forEach(w -> w.changed().run());
  }

  private void allChanged() {
    watches.forEach(watched -> watched.changed().run());
  }

  private void keepConnected() {
    Duration delay = FIRST_DELAY;
    try {
      while (true) {
        try {
          serve();
          delay = FIRST_DELAY;
          down("the connection to the system bus was lost and is being made anew");
        } catch (SystemdUnavailable | SystemdRefused e) {
          down(String.valueOf(e.getMessage()));
        }
        TimeUnit.NANOSECONDS.sleep(delay.toNanos());
        Duration doubled = delay.multipliedBy(2);
        delay = doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
      }
    } catch (InterruptedException e) {
      Logger.debug("no longer connected to systemd");
    }
  }

  private void down(String why) {
    if (!(link instanceof Link.Down before && before.why().equals(why))) {
      Logger.warn("systemd cannot be asked: {}", why);
    }
    link = new Link.Down(why);
    allChanged();
  }

  /** One connection, from its making to its loss. */
  private void serve() throws SystemdUnavailable, SystemdRefused, InterruptedException {
    Semaphore lost = new Semaphore(0);
    Runnable onLost =
        () -> {
          lost.release();
          wakeUp.release();
        };
    Runnable onReload =
        () -> {
          wakeUp.release();
          allChanged();
        };
    try (BusConnection bus = BusConnection.open(address, limit, onLost)) {
      Subscriptions subscriptions = Subscriptions.begin(bus, onLost, onReload);
      link = new Link.Up(bus);
      Logger.info("connected to systemd");
      while (lost.availablePermits() == 0) {
        for (Watched watched : watches) {
          subscriptions.watch(watched.unit(), () -> changed(watched.unit()));
        }
        wakeUp.acquire();
        wakeUp.drainPermits();
      }
    }
  }

  @Override
  public void close() {
    keeper.interrupt();
  }
}
