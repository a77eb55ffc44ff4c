package io.hasupervisor.loop;

import io.hasupervisor.host.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that runs, and that a test may turn on. */
final class TickingClock implements Clock {
  private static final Instant BOOT = Instant.parse("2026-11-24T20:00:00Z");

  private final AtomicLong ahead = new AtomicLong(1000);
  private final long began = System.nanoTime();

  void pass(long seconds) {
    ahead.addAndGet(seconds);
  }

  @Override
  public Duration now() {
    return Duration.ofSeconds(ahead.get()).plusNanos(System.nanoTime() - began);
  }

  @Override
  public Instant wall() {
    return BOOT.plus(now());
  }
}
