package io.hasupervisor.command;

import io.hasupervisor.control.cli.CommandGroup;
import picocli.CommandLine.Command;

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
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor backup list")
final class BackupCommand extends CommandGroup {}
