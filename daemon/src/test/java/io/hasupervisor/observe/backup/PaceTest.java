package io.hasupervisor.observe.backup;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private long nanos = 77;
  private final Pace pace = new Pace(1_000_000, () -> nanos, this::pass);

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private Duration of(int megabytes, Duration each) throws InterruptedException {
    long begun = nanos;
    for (int i = 0; i < megabytes * 100; i++) {
      pass(each);
      pace.passed(10_000);
    }
    return Duration.ofNanos(nanos - begun);
  }

  private static void near(double seconds, Duration took) {
    assertTrue(Math.abs(took.toMillis() / 1000.0 - seconds) < 0.25, took::toString);
  }

  @Test
  void isAsFastAsAllowedAndNoFaster() throws InterruptedException {
    near(5, of(5, Duration.ofNanos(10)));
  }

  @Test
  void doesNotHoldUpWhatIsSlowByItselfNorLetItCatchUp() throws InterruptedException {
    near(4, of(2, Duration.ofMillis(20)));
    near(2, of(2, Duration.ZERO));
  }
}
