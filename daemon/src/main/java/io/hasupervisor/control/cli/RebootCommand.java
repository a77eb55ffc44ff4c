package io.hasupervisor.control.cli;

import io.hasupervisor.control.ControlClient;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.publish.Span;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks until this master may reboot; the daemon then does it, and keeps the lock over it. */
@Command(
    name = "reboot",
    description = {
      "Reboot this master once etcd can spare its member and no other master is disturbed.",
      "Until then it waits, and says why; ended by Ctrl-C, it takes the order back. The lock is"
          + " taken before, and given back by the daemon"
          + " after the reboot, once this master has been well for a while: ordered on all masters"
          + " at once, they reboot one after the other."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ha-supervisor reboot --when-safe",
      "  ha-supervisor reboot --when-safe --max-wait 2h"
    },
    exitCodeList = {
      "0:this host reboots now",
      ExitCodes.REFUSED,
      ExitCodes.USAGE,
      ExitCodes.UNREACHABLE,
      Reply.NO + ":not safe within --max-wait; nothing was done"
    })
final class RebootCommand extends ClientCommand {
  /** For the lock, for fresh evidence of all members, and for etcd's end. */
  private static final Duration ONCE = Duration.ofMinutes(4);

  private static final Duration WAY = Duration.ofSeconds(50);
  private static final int PAUSE_SECONDS = 10;

  private final Terminal terminal;

  @Option(
      names = "--when-safe",
      required = true,
      description = "Wait until it costs nobody etcd. Needed, lest one reboots by mistake.")
  boolean whenSafe;

  @Option(
      names = "--max-wait",
      paramLabel = "LENGTH",
      defaultValue = "30m",
      converter = LengthConverter.class,
      description = "Longest time to wait for that (default: ${DEFAULT-VALUE}).")
  Duration maxWait = Duration.ofMinutes(30);

  @Option(
      names = "--accept-quorum-loss",
      description = {
        "Reboot although etcd may lose its quorum.",
        "Only etcd's last data is still guarded."
      })
  boolean acceptLoss;

  RebootCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  Request request() {
    return new Request.Reboot(acceptLoss, ONCE.compareTo(maxWait) < 0 ? ONCE : maxWait);
  }

  @Override
  public Integer call() {
    if (!terminal.startsAtBoot().getAsBoolean()) {
      return print(
          Reply.refused(
              "not rebooted: the daemon does not start at boot, and the lock would be kept until"
                  + " somebody starts it; first: systemctl enable ha-supervisor"));
    }
    Duration left = maxWait;
    String told = "";
    while (true) {
      long begun = System.nanoTime();
      Reply reply = ask(new ControlClient(socket, ONCE.plus(WAY)), request());
      left = left.minusNanos(System.nanoTime() - begun);
      if (reply.exit() != Reply.NO) {
        return print(reply);
      }
      if (!reply.body().equals(told)) {
        told = reply.body();
        out().println(told);
        if (left.isPositive()) {
          out().println("  asked again every 10s, for " + Span.text(left) + " at most");
        }
        out().flush();
      }
      for (int n = 0; n < PAUSE_SECONDS && left.isPositive(); n++) {
        if (!terminal.nextSecond().getAsBoolean()) {
          return print(Reply.refused("ended before it was safe to reboot; nothing was done"));
        }
        left = left.minusSeconds(1);
      }
      if (!left.isPositive()) {
        int _ = print(Reply.refused("not rebooted: it was not safe in time. At last: " + told));
        return Reply.NO;
      }
    }
  }
}
