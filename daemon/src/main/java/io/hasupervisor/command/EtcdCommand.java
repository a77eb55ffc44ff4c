package io.hasupervisor.command;

import io.hasupervisor.control.cli.CommandGroup;
import picocli.CommandLine.Command;

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
    footerHeading = "%nExamples:%n",
    footer = {"  ha-supervisor etcd status", "  ha-supervisor etcd verify"})
final class EtcdCommand extends CommandGroup {}
