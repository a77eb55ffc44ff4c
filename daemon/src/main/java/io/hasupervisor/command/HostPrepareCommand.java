package io.hasupervisor.command;

import io.hasupervisor.act.hostfiles.Preparation;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.loop.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
    name = "prepare",
    description = {
      "Make what pods need of this host and is not there: log files, directories.",
      "What is there is left as it is. Every placement does the same for its manifests."
    },
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor host prepare",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitCodes.DONE, ExitCodes.REFUSED, "2:wrong usage", ExitCodes.BAD_CONFIG})
final class HostPrepareCommand extends HostSubcommand {

  @Override
  int run(Plan plan, Master master, Path stateDir) throws IOException {
    Optional<RenderedSet> set = notRoot() ? Optional.empty() : RenderedSet.of(plan, err());
    if (set.isEmpty()) {
      return 1;
    }
    Preparation.directories(master).forEach(made -> out().println("made: " + made));
    Preparation.Prepared prepared =
        Preparation.in(stateDir).carryOut(master, set.get().manifests());
    prepared.made().forEach(made -> out().println("made: " + made));
    return switch (prepared.outcome()) {
      case Outcome.Done _ -> {
        out().println("ready: manifests may be placed");
        yield 0;
      }
      case Outcome.Failed failed -> failed(failed.why());
      case Outcome.Uncertain uncertain -> failed(uncertain.why());
      case Outcome.Refused refused -> failed(refused.why());
    };
  }
}
