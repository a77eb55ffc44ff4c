package io.hasupervisor.command;

import io.hasupervisor.control.cli.CommandGroup;
import picocli.CommandLine.Command;

/** Commands about this host as a worker. */
@Command(
    name = "worker",
    description = "This host as a worker: its way to the apiservers.",
    subcommands = {WorkerJoinCommand.class},
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor worker join --apiserver https://10.0.0.10:6443 --dry-run")
final class WorkerCommand extends CommandGroup {}
