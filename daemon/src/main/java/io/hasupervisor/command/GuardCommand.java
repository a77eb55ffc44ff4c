package io.hasupervisor.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Commands about who else may start docker. */
@Command(
    name = "guard",
    description = {
      "Have systemd ask before it starts docker: a start without live-restore ends etcd's"
          + " container, and systemd restarts a crashed docker on all masters at once."
    },
    subcommands = {GuardEnableCommand.class, GuardDisableCommand.class, GuardStatusCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor guard enable docker --dry-run")
final class GuardCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;
}
