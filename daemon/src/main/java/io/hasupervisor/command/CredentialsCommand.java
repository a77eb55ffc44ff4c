package io.hasupervisor.command;

import io.hasupervisor.control.cli.CommandGroup;
import io.hasupervisor.control.cli.ExitCodes;
import picocli.CommandLine.Command;

/** Certificates, keys and tokens of the control plane. */
@Command(
    name = "credentials",
    description = "Check this master's certificates, keys and tokens; make new ones for all.",
    subcommands = {CredentialsCheckCommand.class, CredentialsCreateCommand.class},
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor credentials check",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCodes.DONE,
      "1:something critical was found, or nothing could be made",
      "2:wrong usage",
      ExitCodes.BAD_CONFIG
    })
final class CredentialsCommand extends CommandGroup {}
