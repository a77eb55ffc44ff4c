package io.hasupervisor.host;

import java.time.Duration;
import java.time.Instant;

/** The two times, kept apart: one for deadlines, one for people. A seam for tests. */
public interface Clock {

  /**
   * CLOCK_MONOTONIC: time since boot without suspends, never going back, the same for every process
   * of this boot. It is the clock of systemd's {@code *TimestampMonotonic} properties.
   */
  Duration now();

  /** Wall time, for display and for what must survive a reboot; it may jump. */
  Instant wall();
}
