package io.hasupervisor.integration;

import io.hasupervisor.host.Clock;
import io.hasupervisor.host.SystemClock;
import java.time.Duration;
import java.time.Instant;

/** This host's time, which a test may let pass faster where only waiting would be left. */
final class MovableClock implements Clock {
  private final Clock real = SystemClock.verified();
  private volatile Duration ahead = Duration.ZERO;

  void pass(Duration time) {
    ahead = ahead.plus(time);
  }

  @Override
  public Duration now() {
    return real.now().plus(ahead);
  }

  @Override
  public Instant wall() {
    return real.wall().plus(ahead);
  }
}
