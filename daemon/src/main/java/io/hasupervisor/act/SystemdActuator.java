package io.hasupervisor.act;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.systemd.Systemd;
import io.hasupervisor.host.systemd.SystemdRefused;
import io.hasupervisor.host.systemd.SystemdUnavailable;
import io.hasupervisor.host.systemd.UnitFacts;
import io.hasupervisor.observe.Incarnation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Acts on one unit through systemd, which stays the only parent of its processes. The limits given
 * to its methods are systemd's business (TimeoutStartSec=, TimeoutStopSec=): an order is taken
 * within seconds or not at all.
 */
public final class SystemdActuator implements Actuator {
  private static final int SIGKILL = 9;

  private final Systemd systemd;
  private final String unit;

  public SystemdActuator(Systemd systemd, String unit) {
    this.systemd = systemd;
    this.unit = unit;
  }

  /**
   * systemd's own start limit is cleared each time: how often to start is decided here, and its
   * refusal would only cost an attempt.
   */
  @Override
  public Outcome start(Duration limit) throws InterruptedException {
    return ordered(
        "start",
        () -> {
          unless(SystemdRefused::noSuchUnit, () -> systemd.resetFailed(unit));
          systemd.start(unit);
        });
  }

  @Override
  public Outcome stop(Duration patience) throws InterruptedException {
    return ordered("stop", () -> unless(SystemdRefused::noSuchUnit, () -> systemd.stop(unit)));
  }

  /** Stops and starts it by one order. */
  public Outcome restart() throws InterruptedException {
    return ordered(
        "restart",
        () -> {
          unless(SystemdRefused::noSuchUnit, () -> systemd.resetFailed(unit));
          systemd.restart(unit);
        });
  }

  @Override
  public Outcome kill(Optional<Incarnation> victim) throws InterruptedException {
    return ordered(
        "kill",
        () -> {
          UnitFacts now = systemd.facts(unit);
          boolean other = victim.filter(life -> !life.id().equals(now.invocationId())).isPresent();
          if (now.main().pid() > 0 && !other) {
            unless(SystemdRefused::noSuchProcess, () -> systemd.killMain(unit, SIGKILL));
          }
        });
  }

  /** Gives an order; a refusal that says that there is nothing to be done is no failure. */
  private static void unless(Predicate<SystemdRefused> nothingToDo, Order order)
      throws SystemdUnavailable, SystemdRefused, InterruptedException {
    try {
      order.give();
    } catch (SystemdRefused e) {
      if (!nothingToDo.test(e)) {
        throw e;
      }
    }
  }

  /** Calls to systemd that make up one order. */
  @FunctionalInterface
  private interface Order {
    void give() throws SystemdUnavailable, SystemdRefused, InterruptedException;
  }

  private Outcome ordered(String what, Order order) throws InterruptedException {
    String failed = "could not " + what + " " + unit + ": ";
    try {
      order.give();
      return new Outcome.Done();
    } catch (SystemdRefused e) {
      return new Outcome.Failed(failed + e.getMessage());
    } catch (SystemdUnavailable e) {
      return switch (e.order()) {
        case NOT_GIVEN -> new Outcome.Failed(failed + e.getMessage());
        case UNANSWERED ->
            new Outcome.Uncertain("may or may not " + what + " " + unit + ": " + e.getMessage());
      };
    }
  }
}
