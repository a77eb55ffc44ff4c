package io.hasupervisor.control.cli;

import io.hasupervisor.control.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands about work that every master does in its turn. */
@Command(
    name = "rolling",
    description = {
      "Planned work on all masters, one after the other: each waits until the one before it has"
          + " been well for a while, and until etcd can spare it. The first failure stops it."
    },
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor rolling restart docker --reason 'docker 1.13.1'")
final class RollingCommand extends CommandGroup {
  @Command(
      name = "restart",
      description = {
        "Have every master restart docker or kubelet, in the order of their names. Ordered once, on"
            + " any master; it goes on by itself, also over restarts of the daemons.",
        "A master that may not be disturbed yet waits, and says why."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ha-supervisor rolling restart docker --reason 'docker 1.13.1'",
        "  ha-supervisor rolling restart kubelet"
      })
  static final class RestartCommand extends EtcdOrder {
    @Parameters(paramLabel = "SERVICE", description = "docker or kubelet.")
    String service = "";

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "Why: shown to whoever looks next.")
    String reason = "";

    @Override
    Request request() {
      return new Request.RestartRolling(service, reason);
    }
  }

  @Command(
      name = "status",
      description = "Show which masters have done it, whose turn it is, and why it stopped.",
      footerHeading = "%nExamples:%n",
      footer = {"  ha-supervisor rolling status", "  ha-supervisor rolling status --json"},
      exitCodeList = {"0:shown", ExitCodes.REFUSED, ExitCodes.USAGE, ExitCodes.UNREACHABLE})
  static final class StatusCommand extends ViewCommand {
    StatusCommand(Terminal terminal) {
      super(terminal);
    }

    @Override
    Request request() {
      return new Request.GetRolling(rendering());
    }
  }

  @Command(
      name = "stop",
      description = "Have no further master begin; one that has begun ends what it does.",
      footerHeading = "%nExample:%n",
      footer = "  ha-supervisor rolling stop")
  static final class StopCommand extends EtcdOrder {
    @Override
    Request request() {
      return new Request.StopRolling();
    }
  }
}
