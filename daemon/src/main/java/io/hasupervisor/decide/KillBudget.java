package io.hasupervisor.decide;

import io.hasupervisor.decide.Policy.KillPolicy;
import java.time.Duration;
import java.util.List;

/** When the next health kill is within budget. */
public final class KillBudget {
  private KillBudget() {}

  /** Earliest time of the next kill, and what delays it until then. */
  record Answer(Duration at, Because because) {}

  static Answer ask(KillPolicy policy, RestartLog log, Duration now) {
    if (log.kills().isEmpty()) {
      return new Answer(now, Because.TOLERANCE_USED_UP);
    }
    Duration last = log.kills().getLast();
    Duration spaced = last.plus(policy.spacing());
    List<Duration> counting = RestartLog.within(log.kills(), policy.budgetWindow(), now);
    if (counting.size() < policy.budget()) {
      return new Answer(spaced, Because.KILL_SPACING);
    }
    Duration slow = last.plus(policy.slowKillEvery());
    if (policy.budget() == 0) {
      return new Answer(slow, Because.KILL_BUDGET_SPENT);
    }
    Duration freed =
        max(counting.get(counting.size() - policy.budget()).plus(policy.budgetWindow()), spaced);
    return new Answer(freed.compareTo(slow) < 0 ? freed : slow, Because.KILL_BUDGET_SPENT);
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** Kills left in the budget's window. */
  public static int left(KillPolicy policy, RestartLog log, Duration now) {
    return Math.max(
        0, policy.budget() - RestartLog.within(log.kills(), policy.budgetWindow(), now).size());
  }
}
