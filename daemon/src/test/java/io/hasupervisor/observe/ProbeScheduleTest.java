package io.hasupervisor.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.CheckResult.Inconclusive;
import io.hasupervisor.observe.CheckResult.Passed;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ProbeScheduleTest {
  private static final Probe PASSING = _ -> new Passed(Duration.ZERO, "");

  @TempDir Path directory;
  private final LinkedBlockingQueue<ProbeReport> reports = new LinkedBlockingQueue<>();

  private static ProbeSpec spec(String name, Duration period, Duration deadline) {
    return new ProbeSpec(name, new ProbeTarget.MainProcess(), period, deadline);
  }

  private static ProbeSpec each(String name, int millis) {
    return spec(name, Duration.ofMillis(millis), Duration.ofMillis(millis));
  }

  private static ProbeSpec hourly(String name) {
    return spec(name, Duration.ofHours(1), Duration.ofSeconds(10));
  }

  private ProbeSchedule started(Map<ProbeSpec, Probe> probes) {
    ProbeSchedule schedule = new ProbeSchedule("it", probes, Checks.clock(), reports::add);
    schedule.start();
    return schedule;
  }

  private ProbeReport next() throws InterruptedException {
    ProbeReport report = reports.poll(60, TimeUnit.SECONDS);
    assertTrue(report != null, "no report came");
    return report;
  }

  /** Ends only when released, whatever interrupts come: what a hung system call does. */
  private static Probe deaf(CountDownLatch release, AtomicInteger begun) {
    return _ -> {
      begun.incrementAndGet();
      boolean released = false;
      while (!released) {
        try {
          released = release.await(1, TimeUnit.HOURS);
        } catch (InterruptedException e) {
          // Deaf.
        }
      }
      return new Passed(Duration.ZERO, "late");
    };
  }

  @Test
  void checksAtOnceAndThenEveryPeriod() throws Exception {
    try (ProbeSchedule _ = started(Map.of(hourly("a"), PASSING))) {
      assertInstanceOf(Passed.class, next().result());
    }
    try (ProbeSchedule _ = started(Map.of(each("a", 100), PASSING))) {
      ProbeReport first = next();
      ProbeReport second = next();
      ProbeReport third = next();
      assertTrue(second.begunAt().minus(first.begunAt()).toMillis() >= 99);
      assertTrue(third.begunAt().minus(first.begunAt()).toMillis() >= 199);
      assertTrue(first.endedAt().compareTo(first.begunAt()) >= 0);
    }
  }

  @Test
  void aCheckThatDoesNotAnswerTimesOutAtItsDeadline() throws Exception {
    Probe hanging =
        _ -> {
          new CountDownLatch(1).await();
          return new Passed(Duration.ZERO, "");
        };
    try (ProbeSchedule schedule = started(Map.of(each("a", 200), hanging))) {
      ProbeReport report = next();
      Failed failed = assertInstanceOf(Failed.class, report.result());
      assertEquals(Symptom.TIMED_OUT, failed.symptom());
      assertEquals("no answer within 200 ms", failed.detail());
      assertTrue(report.endedAt().minus(report.begunAt()).toMillis() >= 200);
      assertEquals(0, schedule.hungChecks());
    }
  }

  @Test
  void aCheckThatHangsEvenWhenInterruptedIsNotRepeatedButReported() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    try (ProbeSchedule schedule = started(Map.of(each("a", 50), deaf(release, begun)))) {
      for (int i = 0; i < 5; i++) {
        Failed failed = assertInstanceOf(Failed.class, next().result());
        assertEquals(Symptom.TIMED_OUT, failed.symptom());
      }
      assertEquals(1, schedule.hungChecks());
      assertEquals(1, begun.get());
      release.countDown();
      CheckResult result = next().result();
      while (result instanceof Failed) {
        result = next().result();
      }
      assertInstanceOf(Passed.class, result);
      assertTrue(begun.get() >= 2);
      assertEquals(0, schedule.hungChecks());
    }
  }

  @Test
  void hungTargetsOfEveryKindDelayNoOtherProbe() throws Exception {
    Path silent = directory.resolve("silent.sock");
    Path full = directory.resolve("full.sock");
    CountDownLatch release = new CountDownLatch(1);
    Duration period = Duration.ofSeconds(2);
    Map<ProbeSpec, Probe> probes = new LinkedHashMap<>();
    probes.put(spec("silent", period, period), new DockerProbe(new ProbeTarget.Docker(silent)));
    probes.put(spec("full", period, period), new DockerProbe(new ProbeTarget.Docker(full)));
    probes.put(spec("deaf", period, period), deaf(release, new AtomicInteger()));
    probes.put(each("well", 20), PASSING);
    try (FakeServer _ = FakeServer.unix(silent, FakeServer::hang);
        Closeable _ = FakeServer.withFullQueue(full);
        ProbeSchedule _ = started(probes)) {
      int passes = 0;
      ProbeReport report = next();
      while (report.probe().equals("well")) {
        assertInstanceOf(Passed.class, report.result());
        passes++;
        report = next();
      }
      assertTrue(passes >= 10, "only " + passes + " checks while the others hung");
      reports.add(report);
      Set<String> hung = new HashSet<>();
      while (!hung.equals(Set.of("silent", "full", "deaf"))) {
        report = next();
        if (!report.probe().equals("well")) {
          hung.add(report.probe());
          Failed failed = assertInstanceOf(Failed.class, report.result());
          assertEquals(Symptom.TIMED_OUT, failed.symptom());
        }
      }
    } finally {
      release.countDown();
    }
  }

  @Test
  void whatWasMissedIsNotMadeUpForInABurst() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    AtomicInteger checks = new AtomicInteger();
    Probe firstSlow =
        _ -> {
          if (checks.getAndIncrement() == 0) {
            boolean _ = slow.await(400, TimeUnit.MILLISECONDS);
          }
          return new Passed(Duration.ZERO, "");
        };
    ProbeSpec spec = spec("a", Duration.ofMillis(100), Duration.ofSeconds(10));
    try (ProbeSchedule _ = started(Map.of(spec, firstSlow))) {
      ProbeReport first = next();
      ProbeReport second = next();
      ProbeReport third = next();
      assertTrue(second.begunAt().compareTo(first.endedAt()) >= 0);
      assertTrue(third.begunAt().minus(second.begunAt()).toMillis() >= 99);
    }
  }

  @Test
  void checkNowChecksAtOnce() throws Exception {
    try (ProbeSchedule schedule = started(Map.of(hourly("a"), PASSING))) {
      ProbeReport first = next();
      schedule.checkNow(Duration.ZERO);
      assertTrue(next().begunAt().compareTo(first.begunAt()) > 0);
    }
  }

  @Test
  void checkNowWhileAProbeIsAskedAsksItOnceMore() throws Exception {
    CountDownLatch inCheck = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Probe waiting =
        _ -> {
          inCheck.countDown();
          go.await();
          return new Passed(Duration.ZERO, "");
        };
    try (ProbeSchedule schedule = started(Map.of(hourly("a"), waiting))) {
      assertTrue(inCheck.await(20, TimeUnit.SECONDS));
      Duration askedAt = Checks.clock().now();
      schedule.checkNow(Duration.ZERO);
      go.countDown();
      assertTrue(next().begunAt().compareTo(askedAt) < 0);
      assertTrue(next().begunAt().compareTo(askedAt) > 0);
    }
  }

  @Test
  void hurriesUntilTheProbePassesAndNoLonger() throws Exception {
    AtomicInteger checks = new AtomicInteger();
    Probe passingAtTheThird =
        _ ->
            checks.incrementAndGet() == 3
                ? new Passed(Duration.ZERO, "")
                : new Failed(Symptom.REFUSED, "not yet");
    try (ProbeSchedule schedule = started(Map.of(hourly("a"), passingAtTheThird))) {
      assertInstanceOf(Failed.class, next().result());
      schedule.checkNow(Duration.ofMinutes(2));
      assertInstanceOf(Failed.class, next().result());
      assertInstanceOf(Passed.class, next().result());
      assertEquals(
          Optional.empty(), Optional.ofNullable(reports.poll(1500, TimeUnit.MILLISECONDS)));
    }
  }

  @Test
  void aFaultOfTheCheckItselfIsNoEvidenceAndEndsNothing() throws Exception {
    Probe broken =
        _ -> {
          throw new IllegalStateException("a bug");
        };
    try (ProbeSchedule _ = started(Map.of(each("a", 50), broken))) {
      assertInstanceOf(Inconclusive.class, next().result());
      assertInstanceOf(Inconclusive.class, next().result());
    }
  }

  @Test
  void aConsumerThatThrowsEndsNothing() throws Exception {
    CountDownLatch calls = new CountDownLatch(3);
    try (ProbeSchedule schedule =
        new ProbeSchedule(
            "it",
            Map.of(each("a", 50), PASSING),
            Checks.clock(),
            _ -> {
              calls.countDown();
              throw new IllegalStateException("full");
            })) {
      schedule.start();
      assertTrue(calls.await(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void closeEndsEverythingAndWaitsNotForWhatHangs() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch interrupted = new CountDownLatch(1);
    Probe deaf = deaf(release, new AtomicInteger());
    Probe patient =
        _ -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } finally {
            interrupted.countDown();
          }
          return new Passed(Duration.ZERO, "");
        };
    Map<ProbeSpec, Probe> probes =
        Map.of(
            hourly("patient"),
            patient,
            hourly("deaf"),
            deadline -> {
              begun.countDown();
              return deaf.check(deadline);
            });
    ProbeSchedule schedule = started(probes);
    assertTrue(begun.await(20, TimeUnit.SECONDS));
    schedule.close();
    assertEquals(1, release.getCount(), "what hangs is left behind");
    assertTrue(interrupted.await(20, TimeUnit.SECONDS));
    release.countDown();
    assertFalse(reports.poll(100, TimeUnit.MILLISECONDS) != null, "a report after close");
  }
}
