package io.hasupervisor.observe;

import io.hasupervisor.host.Command;
import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.CheckResult.Inconclusive;
import io.hasupervisor.observe.CheckResult.Passed;
import java.io.IOException;
import java.time.Duration;

/** Whether a command ends in time with an accepted exit code. */
record CommandProbe(ProbeTarget.Command target) implements Probe {
  private static final Duration RESERVE = Duration.ofMillis(500);

  @Override
  public CheckResult check(Duration deadline) throws InterruptedException {
    long begun = System.nanoTime();
    try {
      Command.Result result = Command.run(target.argv(), limit(deadline), ProbeTarget.OUTPUT_LIMIT);
      String output = Excerpt.of(result.output());
      String said = output.isEmpty() ? "no output" : output;
      if (result.timedOut()) {
        return new Failed(
            Symptom.TIMED_OUT, "not ended within " + Excerpt.of(deadline) + ": " + said);
      }
      return target.exitCodes().contains(result.exit())
          ? new Passed(Duration.ofNanos(System.nanoTime() - begun), said)
          : new Failed(Symptom.BAD_EXIT, "exit code " + result.exit() + ": " + said);
    } catch (IOException e) {
      return new Inconclusive("the command could not be started: " + Failures.message(e));
    }
  }

  /** Less than the deadline: the interrupt then would lose what the command has printed. */
  private static Duration limit(Duration deadline) {
    Duration half = deadline.dividedBy(2);
    return deadline.minus(RESERVE.compareTo(half) < 0 ? RESERVE : half);
  }
}
