package io.hasupervisor.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SystemClockTest {

  @Test
  void nowIsTheKernelsMonotonicClock() {
    SystemClock clock = SystemClock.verified();
    Duration before = Libc.monotonic();
    Duration now = clock.now();
    assertTrue(before.compareTo(now) <= 0 && now.compareTo(Libc.monotonic()) <= 0);
  }
}
