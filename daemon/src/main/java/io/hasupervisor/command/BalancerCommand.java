package io.hasupervisor.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Commands about a load balancer of one's own. */
@Command(
    name = "balancer",
    description = "For those who have no load balancer: haproxy and keepalived.",
    subcommands = {BalancerRenderCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor balancer render --output /tmp/balancer")
final class BalancerCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;
}
