package io.hasupervisor.command;

import io.hasupervisor.act.hostfiles.Preparation;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.loop.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "forget-data",
    description = {
      "Forget that this host has had etcd's data, so that etcd may begin with an empty directory.",
      "Only where the data is lost for good or moved on purpose: a member that begins anew under"
          + " its old name may found a second, empty cluster. Remove the member from the cluster"
          + " first. No data is touched."
    },
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor host forget-data --yes",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitCodes.DONE, ExitCodes.REFUSED, "2:wrong usage", ExitCodes.BAD_CONFIG})
final class ForgetDataCommand extends HostSubcommand {
  @Option(names = "--yes", required = true, description = "I know what this allows.")
  boolean yes;

  @Override
  int run(Plan plan, Master master, Path stateDir) throws IOException {
    if (notRoot()) {
      return 1;
    }
    List<Path> removed = Preparation.in(stateDir).forget(master);
    removed.forEach(file -> out().println("removed: " + file));
    out()
        .println(
            removed.isEmpty()
                ? "nothing was remembered"
                : "forgotten: the next placement may begin with an empty directory");
    return 0;
  }
}
