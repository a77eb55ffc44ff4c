package io.hasupervisor.control.cli;

import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = "Show all services: where each stands, why, and what is done next.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ha-supervisor status",
      "  ha-supervisor status --watch",
      "  ha-supervisor status --json | jq -r .summary"
    },
    exitCodeList = {
      ExitCodes.OK,
      ExitCodes.REFUSED,
      ExitCodes.USAGE,
      ExitCodes.UNREACHABLE,
      ExitCodes.ATTENTION,
      ExitCodes.CRITICAL
    })
final class StatusCommand extends ViewCommand {
  private static final String CLEAR = "\033[H\033[2J";

  @Option(names = "--watch", description = "Show it anew each second, until Ctrl-C.")
  boolean watch;

  StatusCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Request request() {
    return new Request.GetStatus(rendering());
  }

  @Override
  public Integer call() {
    Reply reply = ask(request());
    while (watch) {
      if (terminal.interactive()) {
        out().print(CLEAR);
      }
      print(reply);
      if (!terminal.nextSecond().getAsBoolean()) {
        return reply.exit();
      }
      reply = ask(request());
    }
    return print(reply);
  }
}
