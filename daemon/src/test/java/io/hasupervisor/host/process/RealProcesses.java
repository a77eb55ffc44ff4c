package io.hasupervisor.host.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Real processes for a test, ended with it. */
public final class RealProcesses implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final List<Process> started = new ArrayList<>();

  /** A process that lives until it is killed. */
  public Process sleeper() {
    return start("sleep", "600");
  }

  /** Any other one. */
  public Process start(String... argv) {
    try {
      Process process = new ProcessBuilder(argv).start();
      started.add(process);
      return process;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Identity of a process that must be there. */
  public static ProcessId id(Process process) {
    return id(process.pid());
  }

  /** Identity of a process that must be there. */
  public static ProcessId id(long pid) {
    return ProcessId.of(pid).orElseThrow();
  }

  /** Kills hard and collects. */
  public static void kill(Process process) throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Kills hard. */
  public static void kill(ProcessId process) {
    ProcessHandle.of(process.pid())
        .filter(_ -> process.alive())
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Waits for a latch, or fails. */
  public static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s");
    }
  }

  /** Waits for what only a look can tell. */
  public static void until(BooleanSupplier holds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("did not come to hold within " + PATIENCE_SECONDS + " s");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  @Override
  public void close() {
    started.forEach(
        process -> {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        });
  }
}
