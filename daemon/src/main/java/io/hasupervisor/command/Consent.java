package io.hasupervisor.command;

import picocli.CommandLine.Option;

/** The option of commands that take a safeguard away: without it, they only show what it is. */
final class Consent {
  static final String MISSING = "nothing was done; if this is meant, the same again with --yes";

  @Option(names = "--yes", description = "Do it; without this it is only shown.")
  boolean yes;
}
