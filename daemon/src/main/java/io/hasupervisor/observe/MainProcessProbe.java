package io.hasupervisor.observe;

import io.hasupervisor.host.ProcStat;
import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.CheckResult.Inconclusive;
import io.hasupervisor.observe.CheckResult.Passed;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whether the main process is there and able to answer. A process seen stopped or in
 * uninterruptible sleep is looked at again until the deadline is near: only one that never leaves
 * that state fails, as {@link Symptom#TIMED_OUT}, for that is what it is to every client.
 *
 * @param pid the main process now; empty while none is known
 * @param stat reads the process table
 */
record MainProcessProbe(Supplier<Optional<Long>> pid, Function<Long, Optional<ProcStat>> stat)
    implements Probe {
  private static final int LOOKS = 10;

  @Override
  public CheckResult check(Duration deadline) {
    long begun = System.nanoTime();
    Optional<Long> known = pid.get();
    if (known.isEmpty()) {
      return new Inconclusive("no main process is known");
    }
    String who = "process " + known.get();
    char state = ' ';
    boolean inTime = true;
    for (int look = 0; look < LOOKS && inTime; look++) {
      inTime = look == 0 || slept(deadline.dividedBy(LOOKS + 1));
      Optional<ProcStat> now = stat.apply(known.get());
      if (now.isEmpty()) {
        return new Failed(Symptom.NO_PROCESS, who + " is gone");
      }
      state = now.get().state();
      if (!now.get().alive()) {
        return new Failed(Symptom.ZOMBIE, who + " is dead but not yet reaped by its parent");
      }
      if (state != 'T' && state != 't' && state != 'D') {
        return new Passed(Duration.ofNanos(System.nanoTime() - begun), who + " is there");
      }
    }
    String lasting = " for " + Excerpt.of(Duration.ofNanos(System.nanoTime() - begun));
    return switch (state) {
      // Whoever holds it there is at work on it: a kill would spoil that.
      case 't' -> new Inconclusive(who + " is held by a debugger" + lasting);
      case 'T' -> new Failed(Symptom.TIMED_OUT, who + " is stopped (SIGSTOP)" + lasting);
      default -> new Failed(Symptom.TIMED_OUT, who + " hangs in the kernel (state D)" + lasting);
    };
  }

  /** A slow host may reach the deadline while it sleeps: what is seen then is the answer, too. */
  private static boolean slept(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
