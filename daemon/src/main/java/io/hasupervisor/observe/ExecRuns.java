package io.hasupervisor.observe;

import io.hasupervisor.host.Clock;
import io.hasupervisor.host.process.ExecProcess;
import io.hasupervisor.host.process.Launcher;
import io.hasupervisor.host.process.ProcessId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Run state of a command that this daemon starts itself. */
public final class ExecRuns implements RunSource {
  private static final int SIGNALLED = 128;
  private static final int LAST_SIGNAL = 64;

  private final ExecProcess process;
  private final Clock clock;
  private Optional<Incarnation> life = Optional.empty();

  public ExecRuns(ExecProcess process, Clock clock) {
    this.process = process;
    this.clock = clock;
  }

  @Override
  public RunReport look() throws InterruptedException {
    Duration at = clock.now();
    Optional<ProcessId> running = process.find();
    return new RunReport(
        running.isPresent() ? new RunState.Running(incarnation(running.get())) : notRunning(), at);
  }

  private synchronized Incarnation incarnation(ProcessId running) {
    // Kept for the whole life: a suspend would move the start time.
    if (life.filter(known -> known.id().equals(running.toString())).isEmpty()) {
      life = Optional.of(new Incarnation(running.toString(), running.pid(), running.startedAt()));
    }
    return life.orElseThrow();
  }

  private RunState notRunning() throws InterruptedException {
    String program = process.spec().command().getFirst();
    if (Launcher.program(program, process.spec().environment()).isEmpty()) {
      return new RunState.Absent(
          "program " + program + " does not exist or is not executable",
          "install it, or correct the command in the configuration");
    }
    Optional<ProcessId> last = process.newest();
    if (last.isEmpty()) {
      return new RunState.Dead(Exit.unknown("not started yet"));
    }
    OptionalInt code = process.exitCode();
    return new RunState.Dead(
        code.isPresent()
            ? exit(code.getAsInt())
            : Exit.unknown(
                "process %d was started by an earlier run of this daemon, so its exit code is lost"
                    .formatted(last.get().pid())));
  }

  /** A program that itself exits with 128 + n is told from one killed by signal n by nobody. */
  private static Exit exit(int code) {
    int signal = code - SIGNALLED;
    return signal > 0 && signal <= LAST_SIGNAL
        ? new Exit(Exit.Kind.SIGNALED, signal, "")
        : new Exit(Exit.Kind.EXITED, code, "");
  }

  @Override
  public void onChange(Runnable changed) {
    process.onChange(changed);
  }

  @Override
  public void close() {
    process.close();
  }
}
