package io.hasupervisor.host.process;

import io.hasupervisor.host.UnitSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The one process of a command that this daemon runs, found again after the daemon's own restart:
 * by the record in the state directory, and where there is none of this boot, by its marker. It is
 * never started while it is there.
 */
public final class ExecProcess {
  private static final long REAPED_WITHIN_SECONDS = 1;

  private final String name;
  private final String mark;
  private final UnitSpec.Exec spec;
  private final ExecRecord record;
  private final DeathWatch deaths;
  private Runnable changed = () -> {};
  private DeathWatch.Watch watch = () -> {};
  private boolean sought;
  private Optional<ProcessId> newest = Optional.empty();
  private Optional<Process> child = Optional.empty();

  /**
   * Does nothing yet.
   *
   * @param name of the service, unique on this host
   */
  public ExecProcess(String name, UnitSpec.Exec spec, Path stateDirectory, DeathWatch deaths) {
    this.name = name;
    this.mark = MarkedProcesses.mark(name, stateDirectory);
    this.spec = spec;
    this.record = new ExecRecord(stateDirectory.resolve("exec-" + name));
    this.deaths = deaths;
  }

  /** What it runs. */
  public UnitSpec.Exec spec() {
    return spec;
  }

  /** Calls {@code changed} from any thread at each start and death. */
  public synchronized void onChange(Runnable changed) {
    this.changed = changed;
  }

  /** The living process, if any. */
  public synchronized Optional<ProcessId> find() {
    if (!sought) {
      sought = true;
      newest = record.read();
      if (newest.isEmpty()) {
        newest = MarkedProcesses.find(mark);
        newest.ifPresent(record::write);
      }
      newest.filter(ProcessId::alive).ifPresent(found -> watch = deaths.watch(found, this::tell));
    }
    return newest.filter(ProcessId::alive);
  }

  /** The process found or started last, dead or alive. */
  public synchronized Optional<ProcessId> newest() {
    return newest;
  }

  /**
   * Exit code of the last process, 128 + signal where a signal ended it; known only where this run
   * of the daemon started it.
   */
  public synchronized OptionalInt exitCode() throws InterruptedException {
    return child.isPresent() && child.get().waitFor(REAPED_WITHIN_SECONDS, TimeUnit.SECONDS)
        ? OptionalInt.of(child.get().exitValue())
        : OptionalInt.empty();
  }

  /**
   * Starts it, unless it runs.
   *
   * @throws IOException when it cannot be started; the message names what is missing
   */
  public synchronized ProcessId start() throws IOException {
    Optional<ProcessId> running = find();
    if (running.isPresent()) {
      return running.get();
    }
    Map<String, String> environment = new HashMap<>(spec.environment());
    environment.put(MarkedProcesses.MARKER, mark);
    record.clear();
    Process process =
        Launcher.start(
            new Launcher.Launch(name, spec.command(), environment, spec.directory(), spec.log()));
    // Already reaped when it failed at once: no process has these ticks, so it counts as dead.
    ProcessId started = ProcessId.of(process.pid()).orElse(new ProcessId(process.pid(), 0));
    child = Optional.of(process);
    newest = Optional.of(started);
    record.write(started);
    // The JDK tells of a child's death as fast as a pidfd, and only after it has the exit code.
    CompletableFuture<Void> _ = process.onExit().thenRun(this::tell);
    changed.run();
    return started;
  }

  private void tell() {
    Runnable listener;
    synchronized (this) {
      listener = changed;
    }
    listener.run();
  }

  /** Stops watching; the process lives on. */
  public synchronized void close() {
    watch.close();
    changed = () -> {};
  }
}
