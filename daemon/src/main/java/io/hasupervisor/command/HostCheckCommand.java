package io.hasupervisor.command;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Master;
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
      "0:nothing found, or advice only",
      "1:not root, no master, or templates that cannot be rendered",
      "2:wrong usage",
      "4:warnings",
      "5:something critical",
      "78:the configuration is wrong"
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
                ? FindingsJson.of(findings)
                : FindingText.of(findings) + FindingText.count(findings) + System.lineSeparator());
    if (FindingText.count(findings, Severity.CRITICAL) > 0) {
      return 5;
    }
    return FindingText.count(findings, Severity.WARNING) > 0 ? 4 : 0;
  }
}
