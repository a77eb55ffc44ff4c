package io.hasupervisor.decide;

import io.hasupervisor.decide.Policy.KillPolicy;
import java.time.Duration;

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
    return left(policy, log, now) > 0
        ? new Answer(last.plus(policy.spacing()), Because.KILL_SPACING)
        : new Answer(last.plus(policy.slowKillEvery()), Because.KILL_BUDGET_SPENT);
  }

  /** Kills left in the budget's window. */
  public static int left(KillPolicy policy, RestartLog log, Duration now) {
    return Math.max(
        0, policy.budget() - RestartLog.within(log.kills(), policy.budgetWindow(), now).size());
  }
}
