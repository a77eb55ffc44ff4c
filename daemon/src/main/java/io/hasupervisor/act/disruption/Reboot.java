package io.hasupervisor.act.disruption;

import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.host.Command;
import io.hasupervisor.host.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Has the init system reboot this host in good order. */
public final class Reboot {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int OUTPUT = 2000;

  private Reboot() {}

  /** Returns once systemd has taken it over, in thirty seconds at most. */
  public static RepairOutcome now() throws InterruptedException {
    return by(List.of("systemctl", "--no-ask-password", "--no-wall", "reboot"));
  }

  static RepairOutcome by(List<String> argv) throws InterruptedException {
    try {
      Command.Result result = Command.run(argv, LIMIT, OUTPUT);
      if (result.timedOut()) {
        return new RepairOutcome.Uncertain("systemctl reboot did not return");
      }
      return result.exit() == 0
          ? new RepairOutcome.Done(0)
          : new RepairOutcome.Failed(GateReason.BUSY, result.output().strip());
    } catch (IOException e) {
      return new RepairOutcome.Failed(GateReason.BUSY, Reason.of(e));
    }
  }
}
