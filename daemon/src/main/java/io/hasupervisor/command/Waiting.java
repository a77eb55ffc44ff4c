package io.hasupervisor.command;

import io.hasupervisor.control.cli.LengthConverter;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options of the commands that have the daemon place something. */
final class Waiting {
  @Option(
      names = "--no-wait",
      description = "Return once the daemon has taken the order; see: ha-supervisor status.")
  boolean none;

  @Option(
      names = "--timeout",
      paramLabel = "LENGTH",
      defaultValue = "15m",
      converter = LengthConverter.class,
      description = {
        "How long to follow the placement (default: ${DEFAULT-VALUE}).",
        "The daemon goes on after that."
      })
  Duration timeout = Duration.ofMinutes(15);
}
