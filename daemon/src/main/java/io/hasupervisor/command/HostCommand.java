package io.hasupervisor.command;

import io.hasupervisor.control.cli.CommandGroup;
import picocli.CommandLine.Command;

/** Commands about the files of this host. */
@Command(
    name = "host",
    description = "What a master's pods need of the host: log files, directories, the kubelet.",
    subcommands = {HostCheckCommand.class, HostPrepareCommand.class, PointKubeletCommand.class},
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor host check")
final class HostCommand extends CommandGroup {}
