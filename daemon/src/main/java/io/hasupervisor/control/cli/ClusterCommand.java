package io.hasupervisor.control.cli;

import io.hasupervisor.control.Request;
import picocli.CommandLine.Command;

@Command(
    name = "cluster",
    description = {
      "Show all masters as this one knows them: whether their daemons speak, etcd and the"
          + " apiservers as seen from here, what the daemons say of their hosts, and what differs.",
      "Works on any master, also while etcd has no quorum: then what was known last is shown with"
          + " its age, in brackets."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ha-supervisor cluster",
      "  ha-supervisor cluster --json | jq -r '.masters[] | select(.daemon != \"SPEAKS\") | .name'"
    },
    exitCodeList = {
      ExitCodes.OK,
      ExitCodes.REFUSED,
      ExitCodes.USAGE,
      ExitCodes.UNREACHABLE,
      ExitCodes.ATTENTION,
      ExitCodes.CRITICAL
    })
final class ClusterCommand extends ViewCommand {
  ClusterCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Request request() {
    return new Request.GetCluster(rendering());
  }
}
