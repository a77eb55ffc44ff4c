package io.hasupervisor.host.systemd;

import java.util.HashSet;
import java.util.Set;
import org.tinylog.Logger;

/** What one connection has subscribed to. Used by one thread. */
final class Subscriptions {
  private final BusConnection bus;
  private final SystemdNames names;
  private final Set<String> watched = new HashSet<>();
  private final Set<String> pinned = new HashSet<>();

  private Subscriptions(BusConnection bus, SystemdNames names) {
    this.bus = bus;
    this.names = names;
  }

  /**
   * Subscribes to systemd itself.
   *
   * @param gone called when systemd leaves the bus or comes back, as when it is executed anew: it
   *     is another peer then, and nothing subscribed holds
   * @param reloaded called when unit files may say something else
   */
  static Subscriptions begin(BusConnection bus, Runnable gone, Runnable reloaded)
      throws SystemdUnavailable, SystemdRefused, InterruptedException {
    bus.onSignal(SystemdNames.systemdGoneOrBack(), gone);
    bus.call(SystemdNames.MANAGER_PATH, SystemdNames.MANAGER, "Subscribe", "");
    SystemdNames names = new SystemdNames(bus.systemdName());
    bus.onSignal(names.reloaded(), reloaded);
    return new Subscriptions(bus, names);
  }

  /** Subscribes to a unit and pins it; does again what did not work before. */
  void watch(String unit, Runnable changed) throws SystemdUnavailable, InterruptedException {
    pin(unit);
    if (watched.add(unit)) {
      bus.onSignal(names.unitChanged(unit), changed);
      bus.onSignal(names.jobRemoved(unit), changed);
      changed.run();
    }
  }

  /** systemd forgets at once how an unpinned unit ended that nothing else refers to. */
  private void pin(String unit) throws SystemdUnavailable, InterruptedException {
    if (pinned.contains(unit)) {
      return;
    }
    try {
      bus.call(SystemdNames.MANAGER_PATH, SystemdNames.MANAGER, "RefUnit", "s", unit);
      pinned.add(unit);
    } catch (SystemdRefused e) {
      Logger.debug("{} is not pinned: {}", unit, e.getMessage());
    }
  }
}
