package io.hasupervisor.control.cli;

import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.publish.Rendering;
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
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCodes.OK,
      ExitCodes.REFUSED,
      ExitCodes.USAGE,
      ExitCodes.UNREACHABLE,
      ExitCodes.ATTENTION,
      ExitCodes.CRITICAL
    })
final class StatusCommand extends ClientCommand {
  private static final String CLEAR = "\033[H\033[2J";

  private final Terminal terminal;

  @Option(names = "--watch", description = "Show it anew each second, until Ctrl-C.")
  boolean watch;

  @Option(names = "--json", description = "As JSON, like GET /status.")
  boolean json;

  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  Request request() {
    return new Request.GetStatus(new Rendering(json, terminal.width(), terminal.colour()));
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
