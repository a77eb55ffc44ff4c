package io.hasupervisor.command;

import io.hasupervisor.act.guard.DropIn;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.host.systemd.SystemdManager;
import io.hasupervisor.host.systemd.SystemdRefused;
import io.hasupervisor.host.systemd.SystemdUnavailable;
import io.hasupervisor.host.systemd.UnitFacts;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.docker.GuardSeen;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "enable",
    description = {
      "Have systemd ask ha-supervisor before each start of docker, by a drop-in of docker.service.",
      "Where ha-supervisor does not run or does not answer, docker starts as before. A docker that"
          + " runs is not touched. What to do first, and better: live-restore in docker's"
          + " daemon.json."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  ha-supervisor guard enable docker --dry-run",
      "  ha-supervisor guard enable docker"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitCodes.DONE, ExitCodes.REFUSED, "2:wrong usage", ExitCodes.BAD_CONFIG})
final class GuardEnableCommand extends GuardStep {
  /** ExecCondition= came with it. */
  private static final int LEAST = 243;

  private static final String PROGRAM = "/usr/bin/ha-supervisor";

  @Option(names = "--dry-run", description = "Only show what would be written, and where.")
  boolean dryRun;

  GuardEnableCommand() {
    this(GuardWorld::ofProcess);
  }

  GuardEnableCommand(Source source) {
    super(source);
  }

  @Override
  int run(GuardWorld world)
      throws IOException, SystemdUnavailable, SystemdRefused, InterruptedException {
    Optional<Plan> plan = plan();
    if (plan.isEmpty()) {
      return BAD_CONFIG;
    }
    if (world.user() != 0 && !dryRun) {
      return onlyRoot();
    }
    UnitFacts facts = world.units().facts(GuardSeen.UNIT);
    Optional<String> obstacle = obstacle(world, facts);
    if (obstacle.isPresent()) {
      return failed(obstacle.get() + "; nothing was changed");
    }
    String text = DropIn.text(plan.get().settings().controlSocket());
    if (dryRun) {
      return shown(world, text);
    }
    boolean changed = new DropIn(world.paths()).install(text);
    if (plan.get().master().isEmpty()) {
      out().println("this host is configured as no master: the answer will always be yes");
    }
    if (!changed && loaded(facts)) {
      out().println("enabled already; nothing to change");
      return 0;
    }
    return told(world, "systemd asks ha-supervisor before each start of docker from now on");
  }

  private static Optional<String> obstacle(GuardWorld world, UnitFacts facts)
      throws SystemdUnavailable, SystemdRefused, InterruptedException {
    String version = world.manager().version();
    if (!facts.loadState().equals("loaded")) {
      return Optional.of(
          "systemd has no %s that could be started (%s)"
              .formatted(GuardSeen.UNIT, facts.loadState()));
    }
    if (SystemdManager.number(version) < LEAST) {
      return Optional.of(
          "systemd is version %s, and only %d or later can ask before a start (ExecCondition=); set live-restore in docker's daemon.json instead"
              .formatted(version, LEAST));
    }
    return Files.isExecutable(world.paths().at(PROGRAM))
        ? Optional.empty()
        : Optional.of(PROGRAM + ", which systemd would ask, is not there: install the package");
  }

  private int shown(GuardWorld world, String text) {
    String file = GuardSeen.file(world.paths()).toString();
    switch (GuardSeen.look(world.paths())) {
      case GuardSeen.Foreign foreign -> {
        return failed(file + " " + foreign.what() + ": it is left alone; move it away first");
      }
      case GuardSeen.Ours ours when ours.text().equals(text) ->
          out().println(file + " is as it would be written:");
      case GuardSeen.Ours _ -> out().println(file + " is of another version; would be written:");
      case GuardSeen.Absent _ -> out().println(file + " would be written:");
    }
    out().print(text);
    out().println("nothing was changed: dry run");
    return 0;
  }
}
