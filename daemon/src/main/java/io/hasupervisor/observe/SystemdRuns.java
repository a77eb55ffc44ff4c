package io.hasupervisor.observe;

import io.hasupervisor.host.Clock;
import io.hasupervisor.host.systemd.Systemd;
import io.hasupervisor.host.systemd.SystemdRefused;
import io.hasupervisor.host.systemd.SystemdUnavailable;
import java.time.Duration;
import java.util.Optional;

/** Reads one unit's run state from systemd, which also says when to look again. */
public final class SystemdRuns implements RunSource {
  private final Systemd systemd;
  private final String unit;
  private final Clock clock;
  private volatile Optional<Systemd.Watch> watch = Optional.empty();

  public SystemdRuns(Systemd systemd, String unit, Clock clock) {
    this.systemd = systemd;
    this.unit = unit;
    this.clock = clock;
  }

  @Override
  public RunReport look() throws InterruptedException {
    Duration begun = clock.now();
    return new RunReport(state(), begun);
  }

  private RunState state() throws InterruptedException {
    try {
      return SystemdRunState.of(unit, systemd.facts(unit));
    } catch (SystemdUnavailable e) {
      return new RunState.Unclear(String.valueOf(e.getMessage()));
    } catch (SystemdRefused e) {
      return e.noSuchUnit()
          ? SystemdRunState.noSuchUnit(unit)
          : new RunState.Unclear("systemd does not tell about " + unit + ": " + e.getMessage());
    }
  }

  @Override
  public void onChange(Runnable changed) {
    watch = Optional.of(systemd.watch(unit, changed));
  }

  @Override
  public void close() {
    watch.ifPresent(Systemd.Watch::close);
  }
}
