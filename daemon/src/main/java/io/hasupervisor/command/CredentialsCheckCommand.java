package io.hasupervisor.command;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.loop.CredentialInspection;
import io.hasupervisor.loop.CredentialInspection.Report;
import io.hasupervisor.loop.Plan;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    description = {
      "Check this master's certificates, keys and tokens, file by file.",
      "It also asks the apiserver, etcd, the kubelet and the load balancer which certificates they"
          + " show. It changes nothing and prints no secret."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ha-supervisor credentials check",
      "  ha-supervisor credentials check --json | jq '.certificates[].daysLeft'"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing critical",
      "1:something critical was found",
      "2:wrong usage",
      ExitCodes.BAD_CONFIG
    })
final class CredentialsCheckCommand extends MasterCommand {
  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description =
          "Look below DIR instead of /, as at an unpacked archive, and ask no server anything.")
  Optional<Path> root = Optional.empty();

  @Override
  int run(Plan plan, Master master, Path stateDir) throws InterruptedException {
    InstantSource clock = InstantSource.system();
    Report report =
        root.map(Path::toAbsolutePath)
            .map(below -> CredentialInspection.below(below, master, clock))
            .orElseGet(() -> CredentialInspection.of(master, clock))
            .look();
    out().print(json ? CredentialsJson.of(master, report) : CredentialsText.of(master, report));
    return report.findings().stream()
            .anyMatch(finding -> finding.severity() == Finding.Severity.CRITICAL)
        ? 1
        : 0;
  }
}
