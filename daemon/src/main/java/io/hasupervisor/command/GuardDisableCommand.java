package io.hasupervisor.command;

import io.hasupervisor.act.guard.DropIn;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.host.systemd.SystemdRefused;
import io.hasupervisor.host.systemd.SystemdUnavailable;
import io.hasupervisor.observe.docker.GuardSeen;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "disable",
    description = "Have systemd start docker without asking, as it did before.",
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor guard disable docker",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitCodes.DONE, ExitCodes.REFUSED, "2:wrong usage"})
final class GuardDisableCommand extends GuardStep {
  @Option(names = "--dry-run", description = "Only show what would be removed.")
  boolean dryRun;

  GuardDisableCommand() {
    this(GuardWorld::ofProcess);
  }

  GuardDisableCommand(Source source) {
    super(source);
  }

  @Override
  int run(GuardWorld world) throws IOException, InterruptedException {
    if (dryRun) {
      boolean ours = GuardSeen.look(world.paths()) instanceof GuardSeen.Ours;
      out()
          .println(
              ours
                  ? GuardSeen.file(world.paths())
                      + " would be removed; nothing was changed: dry run"
                  : "there is nothing to remove");
      return 0;
    }
    if (world.user() != 0) {
      return onlyRoot();
    }
    boolean removed = new DropIn(world.paths()).remove();
    if (!removed && !heeded(world)) {
      out().println("disabled already; nothing to change");
      return 0;
    }
    return told(world, "systemd starts docker without asking from now on");
  }

  /** Whether systemd goes on with a file that somebody has removed without telling it. */
  private static boolean heeded(GuardWorld world) throws InterruptedException {
    try {
      return loaded(world.units().facts(GuardSeen.UNIT));
    } catch (SystemdUnavailable | SystemdRefused e) {
      return false;
    }
  }
}
