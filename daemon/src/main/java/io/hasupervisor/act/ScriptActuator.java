package io.hasupervisor.act;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.Command;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.host.process.Launcher;
import io.hasupervisor.host.process.ProcessId;
import io.hasupervisor.host.process.Signals;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.observe.ScriptRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jnr.constants.platform.Signal;

/**
 * Starts and stops a service by its init script.
 *
 * <p>The script's output goes to a file and not to a pipe: what it started may keep it open, and
 * would be killed by its first word to a pipe whose reader has gone.
 */
public final class ScriptActuator implements Actuator {
  private final String name;
  private final UnitSpec.Script spec;
  private final ScriptRuns runs;
  private final Path output;

  /**
   * Does nothing yet.
   *
   * @param name of the service
   * @param runs the same unit's run state
   */
  public ScriptActuator(String name, UnitSpec.Script spec, ScriptRuns runs, Path stateDirectory) {
    this.name = name;
    this.spec = spec;
    this.runs = runs;
    this.output = stateDirectory.resolve("start-" + name + ".log");
  }

  /**
   * Runs the start command, but never while the service lives: there are init scripts whose start
   * begins with a kill. Past its limit (the shorter of {@code limit} and the unit's) the script
   * alone is killed, for what it started may live.
   */
  @Override
  public Outcome start(Duration limit) throws InterruptedException {
    return switch (runs.look().state()) {
      case RunState.Running _ -> new Outcome.Done();
      case RunState.Absent absent -> new Outcome.Failed(absent.why() + ": " + absent.cure());
      case RunState.Unclear unclear ->
          new Outcome.Failed("not started, for it may be running: " + unclear.why());
      default -> run(limit.compareTo(spec.startLimit()) < 0 ? limit : spec.startLimit());
    };
  }

  private Outcome run(Duration limit) throws InterruptedException {
    Process script;
    try {
      Files.deleteIfExists(output);
      script =
          Launcher.start(
              new Launcher.Launch(name, spec.start(), Map.of(), Optional.empty(), output));
    } catch (IOException e) {
      return new Outcome.Failed("not started: " + e.getMessage());
    }
    try {
      if (!script.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        return new Outcome.Uncertain(
            "%s did not end within %d s and was killed; %s"
                .formatted(words(spec.start()), limit.toSeconds(), said(LastLines.of(output))));
      }
    } finally {
      script.destroyForcibly();
    }
    return script.exitValue() == 0
        ? new Outcome.Done()
        : new Outcome.Failed(failed(spec.start(), script.exitValue(), LastLines.of(output)));
  }

  @Override
  public Outcome stop(Duration patience) throws InterruptedException {
    try {
      Command.Result result = Command.run(spec.stop(), patience, LastLines.LIMIT);
      if (result.timedOut()) {
        return new Outcome.Uncertain(
            "%s did not end within %d s".formatted(words(spec.stop()), patience.toSeconds()));
      }
      return result.exit() == 0
          ? new Outcome.Done()
          : new Outcome.Failed(failed(spec.stop(), result.exit(), LastLines.of(result.output())));
    } catch (IOException e) {
      return new Outcome.Failed("not stopped: " + e.getMessage());
    }
  }

  @Override
  public Outcome kill(Optional<Incarnation> victim) {
    Optional<ProcessId> target =
        victim.or(this::running).map(Incarnation::id).flatMap(ProcessId::parse);
    try {
      if (target.isPresent()) {
        Signals.send(target.get(), Signal.SIGKILL);
      }
      return new Outcome.Done();
    } catch (IOException e) {
      return new Outcome.Failed("no signal was sent: " + e.getMessage());
    }
  }

  private Optional<Incarnation> running() {
    return runs.look().state() instanceof RunState.Running running
        ? Optional.of(running.incarnation())
        : Optional.empty();
  }

  private static String failed(List<String> argv, int exit, String output) {
    return "%s ended with exit code %d; %s".formatted(words(argv), exit, said(output));
  }

  private static String said(String output) {
    return output.isEmpty() ? "it said nothing" : "it said: " + output;
  }

  private static String words(List<String> argv) {
    return String.join(" ", argv);
  }
}
