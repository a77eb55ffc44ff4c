package io.hasupervisor.control.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A command that only gathers others, and shows their help. */
@Command(synopsisSubcommandLabel = "COMMAND")
public abstract class CommandGroup {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;
}
