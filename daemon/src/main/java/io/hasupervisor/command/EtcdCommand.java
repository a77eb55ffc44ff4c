package io.hasupervisor.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Commands about etcd's cluster. */
@Command(
    name = "etcd",
    description = "etcd's cluster: whether it works, who is in it, and what it is told to accept.",
    subcommands = {
      EtcdStatusCommand.class,
      EtcdMembersCommand.class,
      EtcdVerifyCommand.class,
      AcceptRestoreCommand.class,
      AcceptEmptyCommand.class,
      NewTokenCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  ha-supervisor etcd status", "  ha-supervisor etcd verify"})
final class EtcdCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;
}
