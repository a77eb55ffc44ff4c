package io.hasupervisor.command;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.loop.HostInspection;
import io.hasupervisor.loop.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    description = {
      "Check what pods need of this host: kubelet, directories, log files, etcd's data.",
      "Only looks; each finding comes with the command that cures it."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ha-supervisor host check", "  ha-supervisor host check --json"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing critical",
      "1:something critical was found, or it could not be looked at",
      "2:wrong usage",
      ExitCodes.BAD_CONFIG
    })
final class HostCheckCommand extends MasterCommand {
  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  int run(Plan plan, Master master, Path stateDir) {
    Optional<RenderedSet> set = notRoot() ? Optional.empty() : RenderedSet.of(plan, err());
    return set.map(it -> shown(HostInspection.of(master, stateDir).findings(it.manifests())))
        .orElse(1);
  }

  private int shown(List<Finding> findings) {
    out()
        .print(
            json
                ? FindingJson.of(findings, List.of())
                : FindingText.of(findings) + FindingText.count(findings) + System.lineSeparator());
    return FindingText.count(findings, Severity.CRITICAL) > 0 ? 1 : 0;
  }
}
