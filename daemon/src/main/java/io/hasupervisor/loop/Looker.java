package io.hasupervisor.loop;

import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunSource;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks at one unit's run state when something may have changed, and at the latest once per period:
 * the slow poll is the safety net for a lost event.
 */
final class Looker implements AutoCloseable {
  private final RunSource source;
  private final Duration period;
  private final Consumer<RunReport> seen;
  private final Semaphore wanted = new Semaphore(1);
  private final Thread thread;

  Looker(String service, RunSource source, Duration period, Consumer<RunReport> seen) {
    this.source = source;
    this.period = period;
    this.seen = seen;
    this.thread = Thread.ofVirtual().name("look " + service).unstarted(this::run);
  }

  void start() {
    source.onChange(this::look);
    thread.start();
  }

  /** Looks soon; may be called from any thread, as often as wanted. */
  void look() {
    wanted.release();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        boolean _ = wanted.tryAcquire(period.toNanos(), TimeUnit.NANOSECONDS);
        wanted.drainPermits();
        seen.accept(source.look());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    source.close();
  }
}
