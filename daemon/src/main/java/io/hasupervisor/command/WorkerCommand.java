package io.hasupervisor.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Commands about this host as a worker. */
@Command(
    name = "worker",
    description = "This host as a worker: its way to the apiservers.",
    subcommands = {WorkerJoinCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor worker join --apiserver https://10.0.0.10:6443 --dry-run")
final class WorkerCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;
}
