package io.hasupervisor.observe;

import io.hasupervisor.host.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs all probes of one service again and again, none of them able to delay another.
 *
 * <p>One timer thread decides when a check begins and when its time is over; it never waits for a
 * target. Each check runs in a platform thread of its own while it lasts: a virtual one would hold
 * the only carrier, and with it every other check, while a name is being looked up or a full unix
 * socket refuses to take the connection. Threads are kept for the next check, for making one costs
 * more than most checks.
 */
public final class ProbeSchedule implements AutoCloseable {
  /** Small and fixed: probes of one service begin one after the other, not in one burst. */
  private static final Duration PHASE = Duration.ofMillis(20);

  private static final Duration KEPT = Duration.ofSeconds(30);
  private static final Duration CLOSING = Duration.ofMillis(400);

  private final ScheduledThreadPoolExecutor timer;
  private final ThreadPoolExecutor workers;
  private final List<ProbeRounds> all = new ArrayList<>();

  ProbeSchedule(
      String service, Map<ProbeSpec, Probe> probes, Clock clock, Consumer<ProbeReport> reports) {
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name("probe timer of " + service).factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
    // Unbounded, yet never more threads than probes: each has at most one check at a time.
    this.workers =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            KEPT.toSeconds(),
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("probe of " + service).factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    probes.forEach(
        (spec, probe) ->
            all.add(new ProbeRounds(service, spec, probe, clock, timer, workers, reports)));
  }

  /**
   * A schedule that has not begun.
   *
   * @param mainPid the service's main process now, asked at each check of its process; empty while
   *     none is known
   * @param reports called in the timer's thread after each check: must not block
   */
  public static ProbeSchedule of(
      String service,
      List<ProbeSpec> specs,
      Supplier<Optional<Long>> mainPid,
      Clock clock,
      Consumer<ProbeReport> reports) {
    Map<ProbeSpec, Probe> probes = new LinkedHashMap<>();
    specs.forEach(spec -> probes.put(spec, Probes.create(spec, mainPid)));
    return new ProbeSchedule(service, probes, clock, reports);
  }

  /** Checks at once and then every period. */
  public void start() {
    Duration offset = Duration.ZERO;
    for (ProbeRounds rounds : all) {
      Duration phase = offset;
      timer.execute(() -> rounds.beginIn(phase));
      offset = offset.plus(PHASE);
    }
  }

  /**
   * Checks at once, as after a start of the service. A probe that has not passed since is then
   * asked each second, so that the end of the start is seen soon.
   *
   * @param hurryFor how long at most; no longer than failures do not count, for counts of failures
   *     are meant for the configured period
   */
  public void checkNow(Duration hurryFor) {
    all.forEach(rounds -> timer.execute(() -> rounds.hurry(hurryFor)));
  }

  /** Checks that did not even end when interrupted; each is of another probe. */
  public int hungChecks() {
    return (int) all.stream().filter(ProbeRounds::hung).count();
  }

  /** Ends all checks within a second; one that hangs is left behind. No report comes after it. */
  @Override
  public void close() {
    timer.shutdownNow();
    workers.shutdownNow();
    try {
      boolean _ =
          timer.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)
              && workers.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
