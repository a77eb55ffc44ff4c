package io.hasupervisor.host;

import java.time.Duration;
import java.time.Instant;

/** The host's clocks. */
public final class SystemClock implements Clock {
  private SystemClock() {}

  /**
   * The clocks, once it has been seen that {@link System#nanoTime} reads CLOCK_MONOTONIC. HotSpot
   * on Linux does so, but the Java specification leaves its origin open, and comparing it with
   * systemd's timestamps would be wrong with any other.
   *
   * @throws IllegalStateException on a JVM where it is another clock
   */
  public static SystemClock verified() {
    Duration before = Duration.ofNanos(System.nanoTime());
    Duration kernel = Libc.monotonic();
    Duration after = Duration.ofNanos(System.nanoTime());
    if (kernel.compareTo(before) < 0 || kernel.compareTo(after) > 0) {
      throw new IllegalStateException(
          "this JVM's nanoTime (%s) is not CLOCK_MONOTONIC (%s)".formatted(before, kernel));
    }
    return new SystemClock();
  }

  @Override
  public Duration now() {
    return Duration.ofNanos(System.nanoTime());
  }

  @Override
  public Instant wall() {
    return Instant.now();
  }
}
