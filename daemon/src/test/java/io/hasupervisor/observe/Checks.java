package io.hasupervisor.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.CheckResult.Inconclusive;
import io.hasupervisor.observe.CheckResult.Passed;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Carries out single checks as the daemon does: in a thread that is interrupted at the deadline.
 */
final class Checks {
  static final Duration AMPLE = Duration.ofSeconds(30);
  static final Duration SHORT = Duration.ofMillis(300);

  private Checks() {}

  /** The real clock. */
  static Clock clock() {
    return new Clock() {
      @Override
      public Duration now() {
        return Duration.ofNanos(System.nanoTime());
      }

      @Override
      public Instant wall() {
        return Instant.now();
      }
    };
  }

  static CheckResult once(Probe probe, Duration deadline) throws InterruptedException {
    LinkedBlockingQueue<ProbeReport> reports = new LinkedBlockingQueue<>();
    ProbeSpec spec =
        new ProbeSpec("it", new ProbeTarget.MainProcess(), Duration.ofHours(1), deadline);
    try (ProbeSchedule schedule =
        new ProbeSchedule("test", Map.of(spec, probe), clock(), reports::add)) {
      schedule.start();
      ProbeReport report = reports.poll(90, TimeUnit.SECONDS);
      assertTrue(report != null, "no report came");
      return report.result();
    }
  }

  static String passed(Probe probe) throws InterruptedException {
    CheckResult result = once(probe, AMPLE);
    return assertInstanceOf(Passed.class, result, result.toString()).detail();
  }

  static String failed(Symptom symptom, Probe probe) throws InterruptedException {
    return failed(symptom, probe, AMPLE);
  }

  static String failed(Symptom symptom, Probe probe, Duration deadline)
      throws InterruptedException {
    CheckResult result = once(probe, deadline);
    Failed failed = assertInstanceOf(Failed.class, result, result.toString());
    assertEquals(symptom, failed.symptom(), failed.detail());
    return failed.detail();
  }

  static String inconclusive(Probe probe) throws InterruptedException {
    CheckResult result = once(probe, AMPLE);
    return assertInstanceOf(Inconclusive.class, result, result.toString()).why();
  }
}
