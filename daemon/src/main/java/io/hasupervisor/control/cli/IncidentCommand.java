package io.hasupervisor.control.cli;

import io.hasupervisor.control.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "incident",
    description = "What was saved before a service was killed.",
    subcommands = IncidentCommand.ShowCommand.class,
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor incident show ID")
final class IncidentCommand extends CommandGroup {
  @Command(
      name = "show",
      description = "Show one incident: why, what the probes said, and where the evidence is.",
      footerHeading = "%nExample:%n",
      footer = "  ha-supervisor incident show ID")
  static final class ShowCommand extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "As listed by status and explain.")
    String id = "";

    @Override
    Request request() {
      return new Request.ShowIncident(id);
    }
  }
}
