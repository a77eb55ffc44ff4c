package io.hasupervisor.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Commands about the files of this host. */
@Command(
    name = "host",
    description = "What a master's pods need of the host: log files, directories, the kubelet.",
    subcommands = {HostCheckCommand.class, HostPrepareCommand.class, PointKubeletCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor host check")
final class HostCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;
}
