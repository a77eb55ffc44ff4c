package io.hasupervisor.observe;

import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.CheckResult.Inconclusive;
import io.hasupervisor.observe.CheckResult.Passed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tinylog.Logger;

/**
 * The rounds of one probe. All but the check itself happens in the timer's thread, which alone uses
 * the fields, except for those of the interrupt.
 */
final class ProbeRounds {
  /** Time for a check to end by itself once it is interrupted; then it counts as hung. */
  private static final Duration ENDING = Duration.ofSeconds(1);

  private static final Duration HURRIED_PERIOD = Duration.ofSeconds(1);

  private final String name;
  private final ProbeSpec spec;
  private final Probe probe;
  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final Executor workers;
  private final Consumer<ProbeReport> reports;

  /** A check has begun, and has not ended yet. */
  private boolean checking;

  private volatile boolean hung;
  private Duration begunAt = Duration.ZERO;
  private boolean again;
  private boolean passed;
  private Duration hurryUntil = Duration.ZERO;
  private Future<?> next = new FutureTask<>(() -> null);
  private Future<?> limit = next;

  private final Object interrupt = new Object();

  /** Both guarded by {@link #interrupt}. */
  private Optional<Thread> worker = Optional.empty();

  private boolean expired;

  ProbeRounds(
      String service,
      ProbeSpec spec,
      Probe probe,
      Clock clock,
      ScheduledExecutorService timer,
      Executor workers,
      Consumer<ProbeReport> reports) {
    this.name = "probe " + spec.name() + " of " + service;
    this.spec = spec;
    this.probe = probe;
    this.clock = clock;
    this.timer = timer;
    this.workers = workers;
    this.reports = reports;
  }

  void beginIn(Duration delay) {
    next = after(delay, this::begin);
  }

  /** Begins a check, unless the last one still hangs: then that is the answer. */
  private void begin() {
    next.cancel(false);
    again = false;
    begunAt = clock.now();
    if (checking) {
      report(new Failed(Symptom.TIMED_OUT, "an earlier check still hangs in the kernel"));
      nextAt(begunAt.plus(interval()));
      return;
    }
    synchronized (interrupt) {
      expired = false;
    }
    try {
      workers.execute(this::check);
      checking = true;
      limit = after(spec.deadline(), this::expire);
    } catch (OutOfMemoryError e) {
      report(new Inconclusive("no thread could be started: " + e.getMessage()));
      nextAt(begunAt.plus(interval()));
    }
  }

  /** Begins a check now, or again after the present one; hurries until it passes. */
  void hurry(Duration hurryFor) {
    hurryUntil = clock.now().plus(hurryFor);
    passed = false;
    if (checking) {
      again = true;
    } else {
      begin();
    }
  }

  /** Runs in the check's thread. */
  private void check() {
    synchronized (interrupt) {
      worker = Optional.of(Thread.currentThread());
      if (expired) {
        Thread.currentThread().interrupt();
      }
    }
    CheckResult result;
    try {
      result = probe.check(spec.deadline());
    } catch (InterruptedException e) {
      result = new Failed(Symptom.TIMED_OUT, "no answer within " + Excerpt.of(spec.deadline()));
    } catch (RuntimeException | Error e) {
      Logger.error(e, "{} failed itself", name);
      result = new Inconclusive("the check itself failed: " + e);
    }
    synchronized (interrupt) {
      worker = Optional.empty();
    }
    CheckResult found = result;
    timer.execute(() -> end(found));
  }

  private void end(CheckResult result) {
    limit.cancel(false);
    checking = false;
    if (hung) {
      hung = false;
      Logger.info("{}: the hung check has ended", name);
      return;
    }
    report(result);
    passed |= result instanceof Passed;
    nextAt(again ? clock.now() : begunAt.plus(interval()));
  }

  private void expire() {
    synchronized (interrupt) {
      expired = true;
      worker.ifPresent(Thread::interrupt);
    }
    limit = after(ENDING, this::abandon);
  }

  private void abandon() {
    hung = true;
    Logger.warn("{}: the check hangs even when interrupted; none is begun until it ends", name);
    report(
        new Failed(
            Symptom.TIMED_OUT,
            "no answer within " + Excerpt.of(spec.deadline()) + ": the check hangs in the kernel"));
    nextAt(clock.now().plus(interval()));
  }

  private Duration interval() {
    boolean hurried = !passed && clock.now().compareTo(hurryUntil) < 0;
    return hurried && HURRIED_PERIOD.compareTo(spec.period()) < 0 ? HURRIED_PERIOD : spec.period();
  }

  /** A time that has passed means at once: what was missed is not made up for. */
  private void nextAt(Duration due) {
    beginIn(due.minus(clock.now()));
  }

  private Future<?> after(Duration delay, Runnable task) {
    return timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void report(CheckResult result) {
    try {
      reports.accept(new ProbeReport(spec.name(), result, begunAt, clock.now()));
    } catch (RuntimeException e) {
      Logger.error(e, "{}: its report was not taken", name);
    }
  }

  boolean hung() {
    return hung;
  }
}
