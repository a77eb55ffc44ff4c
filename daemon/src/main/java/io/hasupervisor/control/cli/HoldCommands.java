package io.hasupervisor.control.cli;

import io.hasupervisor.control.Request;
import java.time.Duration;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that take services out of the daemon's hands and give them back. */
final class HoldCommands {
  private HoldCommands() {}

  /** One service or all of them. */
  static final class Which {
    @Parameters(paramLabel = "SERVICE", description = "Name of the service.")
    String service = "";

    @Option(names = "--all", description = "All services.")
    boolean all;
  }

  @Command(
      name = "hold",
      description = {
        "Leave a service alone: it is watched and shown, and neither started nor killed.",
        "The hold ends by itself, and it outlives restarts of the daemon and of the host."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ha-supervisor hold docker --for 30m --reason 'disk change'",
        "  ha-supervisor hold --all --for 2h --reason 'kernel upgrade'"
      })
  static final class HoldCommand extends ClientCommand {
    @ArgGroup(multiplicity = "1")
    Which which = new Which();

    @Option(
        names = "--for",
        required = true,
        paramLabel = "LENGTH",
        converter = LengthConverter.class,
        description = "How long, such as 90s, 30m, 1h30m, 2d.")
    Duration length = Duration.ZERO;

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why: shown to whoever looks next.")
    String reason = "";

    @Override
    Request request() {
      return new Request.Hold(unless(which.all, which.service), length, reason);
    }
  }

  @Command(
      name = "release",
      description = "End a hold: the service is supervised again at once.",
      footerHeading = "%nExamples:%n",
      footer = {"  ha-supervisor release docker", "  ha-supervisor release --all"})
  static final class ReleaseCommand extends ClientCommand {
    @ArgGroup(multiplicity = "1")
    Which which = new Which();

    @Override
    Request request() {
      return new Request.Release(unless(which.all, which.service));
    }
  }
}
