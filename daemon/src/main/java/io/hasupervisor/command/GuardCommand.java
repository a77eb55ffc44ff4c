package io.hasupervisor.command;

import io.hasupervisor.control.cli.CommandGroup;
import picocli.CommandLine.Command;

/** Commands about who else may start docker. */
@Command(
    name = "guard",
    description = {
      "Have systemd ask before it starts docker: a start without live-restore ends etcd's"
          + " container, and systemd restarts a crashed docker on all masters at once."
    },
    subcommands = {GuardEnableCommand.class, GuardDisableCommand.class, GuardStatusCommand.class},
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor guard enable docker --dry-run")
final class GuardCommand extends CommandGroup {}
