package io.hasupervisor.command;

import io.hasupervisor.control.cli.CommandGroup;
import picocli.CommandLine.Command;

/** Commands about a load balancer of one's own. */
@Command(
    name = "balancer",
    description = "For those who have no load balancer: haproxy and keepalived.",
    subcommands = {BalancerRenderCommand.class},
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor balancer render --output /tmp/balancer")
final class BalancerCommand extends CommandGroup {}
