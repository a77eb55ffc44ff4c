package io.hasupervisor.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Commands about etcd's backups on this host. */
@Command(
    name = "backup",
    description = "Backups of etcd on this host: make, list, check, and how to restore from one.",
    subcommands = {
      BackupNowCommand.class,
      BackupListCommand.class,
      BackupVerifyCommand.class,
      RestorePlanCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor backup list")
final class BackupCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;
}
