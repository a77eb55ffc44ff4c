package io.hasupervisor.act;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.process.ExecProcess;
import io.hasupervisor.host.process.ProcessId;
import io.hasupervisor.host.process.Signals;
import io.hasupervisor.observe.Incarnation;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import jnr.constants.platform.Signal;

/** Starts and ends a command that this daemon runs itself. */
public final class ExecActuator implements Actuator {
  private final ExecProcess process;

  public ExecActuator(ExecProcess process) {
    this.process = process;
  }

  @Override
  public Outcome start(Duration limit) {
    try {
      process.start();
      return new Outcome.Done();
    } catch (IOException e) {
      return new Outcome.Failed("not started: " + e.getMessage());
    }
  }

  /** TERM to its whole process group, as a terminal would; returns at once. */
  @Override
  public Outcome stop(Duration patience) {
    return signal(process.find(), Signal.SIGTERM);
  }

  /** KILL to its whole process group, so that no child keeps its port or its files. */
  @Override
  public Outcome kill(Optional<Incarnation> victim) {
    return signal(
        victim.isPresent() ? ProcessId.parse(victim.get().id()) : process.find(), Signal.SIGKILL);
  }

  private static Outcome signal(Optional<ProcessId> to, Signal signal) {
    try {
      if (to.isPresent()) {
        Signals.sendToGroup(to.get(), signal);
      }
      return new Outcome.Done();
    } catch (IOException e) {
      return new Outcome.Failed("no signal was sent: " + e.getMessage());
    }
  }
}
