package io.hasupervisor.command;

import io.hasupervisor.act.hostfiles.Preparation;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.loop.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "accept-empty",
    description = {
      "Accept that etcd begins with an empty data directory: forget that this host had data.",
      "Only where the data is lost for good or moved on purpose: a member that begins anew under"
          + " its old name may found a second, empty cluster. Remove the member from the cluster"
          + " first. No data is touched."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ha-supervisor etcd accept-empty", "  ha-supervisor etcd accept-empty --yes"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:forgotten, or nothing was remembered",
      "1:refused or failed; or only shown, without --yes",
      "2:wrong usage",
      ExitCodes.BAD_CONFIG
    })
final class AcceptEmptyCommand extends MasterCommand {
  @Mixin Consent consent = new Consent();

  @Override
  int run(Plan plan, Master master, Path stateDir) throws IOException {
    if (notRoot()) {
      return 1;
    }
    Preparation preparation = Preparation.in(stateDir);
    List<Path> remembered = preparation.remembered(master);
    if (remembered.isEmpty()) {
      out().println("nothing is remembered: etcd may begin with an empty directory");
      return 0;
    }
    if (!consent.yes) {
      remembered.forEach(file -> out().println("would be removed: " + file));
      out()
          .println(
              "then etcd may begin with an empty "
                  + master.cluster().etcd().data()
                  + ", though this host had data before");
      return failed(Consent.MISSING);
    }
    preparation.forget(master).forEach(file -> out().println("removed: " + file));
    out().println("forgotten: the next placement may begin with an empty directory");
    return 0;
  }
}
