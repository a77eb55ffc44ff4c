package io.hasupervisor.observe.backup;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Holds a stream of bytes to so many per second, so that the disk has room for others. */
public final class Pace {
  /** Less is not worth a pause. */
  private static final long LEAST_NANOS = Duration.ofMillis(5).toNanos();

  /** A stream that was slow by itself does not catch up faster than this. */
  private static final long BEHIND_NANOS = Duration.ofMillis(200).toNanos();

  private final double nanosPerByte;
  private final LongSupplier nanos;
  private final Pause pause;
  private long due;

  /** Waits. */
  @FunctionalInterface
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  /** Of the host's clock. */
  public static Pace of(long bytesPerSecond) {
    return new Pace(bytesPerSecond, System::nanoTime, Thread::sleep);
  }

  Pace(long bytesPerSecond, LongSupplier nanos, Pause pause) {
    this.nanosPerByte = 1e9 / Math.max(1, bytesPerSecond);
    this.nanos = nanos;
    this.pause = pause;
    this.due = nanos.getAsLong();
  }

  /** Counts bytes that have passed; waits where they were too many. */
  public void passed(long bytes) throws InterruptedException {
    long now = nanos.getAsLong();
    due = Math.max(due, now - BEHIND_NANOS) + (long) (bytes * nanosPerByte);
    if (due - now >= LEAST_NANOS) {
      pause.of(Duration.ofNanos(due - now));
    }
  }
}
