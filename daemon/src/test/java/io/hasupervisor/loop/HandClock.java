package io.hasupervisor.loop;

import io.hasupervisor.host.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that only the test turns. */
final class HandClock implements Clock {
  private static final Instant BOOT = Instant.parse("2026-11-24T20:00:00Z");

  private volatile Duration now = Duration.ofSeconds(1000);

  void pass(long seconds) {
    pass(Duration.ofSeconds(seconds));
  }

  synchronized void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Duration now() {
    return now;
  }

  @Override
  public Instant wall() {
    return BOOT.plus(now);
  }
}
