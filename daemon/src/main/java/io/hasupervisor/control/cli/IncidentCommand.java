package io.hasupervisor.control.cli;

import io.hasupervisor.control.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "incident",
    description = "What was saved before a service was killed.",
    subcommands = IncidentCommand.ShowCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor incident show ID")
final class IncidentCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Command(
      name = "show",
      description = "Show one incident: why, what the probes said, and where the evidence is.",
      footerHeading = "%nExample:%n",
      footer = "  ha-supervisor incident show ID",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {ExitCodes.DONE, ExitCodes.REFUSED, ExitCodes.USAGE, ExitCodes.UNREACHABLE})
  static final class ShowCommand extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "As listed by status and explain.")
    String id = "";

    @Override
    Request request() {
      return new Request.ShowIncident(id);
    }
  }
}
