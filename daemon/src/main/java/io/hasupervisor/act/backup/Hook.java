package io.hasupervisor.act.backup;

import io.hasupervisor.act.LastLines;
import io.hasupervisor.host.Reason;
import io.hasupervisor.host.process.Launcher;
import io.hasupervisor.host.process.ProcessId;
import io.hasupervisor.host.process.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jnr.constants.platform.Signal;
import org.tinylog.Logger;

/**
 * The operator's command that copies backups elsewhere; with the path of each new one as its last
 * argument.
 *
 * @param output file that its last output is in
 */
public record Hook(List<String> argv, Path output, Duration limit) {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** With a limit of ten minutes. */
  public static Hook of(List<String> argv, Path stateDir) {
    return new Hook(argv, stateDir.resolve("backup-hook.log"), LIMIT);
  }

  /** Runs it, if there is one; what went wrong as a sentence. */
  public Optional<String> run(Path backup) throws InterruptedException {
    if (argv.isEmpty()) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(argv);
    command.add(backup.toString());
    Process process;
    try {
      Files.deleteIfExists(output);
      process =
          Launcher.start(
              new Launcher.Launch("backup-hook", command, Map.of(), Optional.empty(), output));
    } catch (IOException e) {
      return Optional.of("it was not started: " + Reason.of(e));
    }
    Optional<ProcessId> leader = ProcessId.of(process.pid());
    try {
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        return Optional.of(
            "it did not end within %d s and was killed; %s".formatted(limit.toSeconds(), said()));
      }
    } finally {
      if (process.isAlive()) {
        leader.ifPresent(Hook::kill);
        process.destroyForcibly();
      }
    }
    return process.exitValue() == 0
        ? Optional.empty()
        : Optional.of("it ended with exit code %d; %s".formatted(process.exitValue(), said()));
  }

  private static void kill(ProcessId leader) {
    try {
      boolean _ = Signals.sendToGroup(leader, Signal.SIGKILL);
    } catch (IOException e) {
      Logger.warn("the hook of the backup was not killed: {}", e.getMessage());
    }
  }

  private String said() {
    String last = LastLines.of(output);
    return last.isEmpty() ? "it said nothing" : "it said: " + last;
  }
}
