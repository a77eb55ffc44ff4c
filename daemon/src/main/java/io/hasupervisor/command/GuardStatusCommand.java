package io.hasupervisor.command;

import io.hasupervisor.host.systemd.SystemdRefused;
import io.hasupervisor.host.systemd.SystemdUnavailable;
import io.hasupervisor.host.systemd.UnitFacts;
import io.hasupervisor.observe.docker.GuardSeen;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "status",
    description = "Say whether systemd asks before it starts docker.",
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor guard status docker",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it asks", "1:it does not ask, or cannot be asked itself", "2:wrong usage"})
final class GuardStatusCommand extends GuardStep {
  GuardStatusCommand() {
    this(GuardWorld::ofProcess);
  }

  GuardStatusCommand(Source source) {
    super(source);
  }

  @Override
  int run(GuardWorld world)
      throws IOException, SystemdUnavailable, SystemdRefused, InterruptedException {
    UnitFacts facts = world.units().facts(GuardSeen.UNIT);
    String file = GuardSeen.file(world.paths()).toString();
    GuardSeen seen = GuardSeen.look(world.paths());
    boolean asks = loaded(facts) && seen instanceof GuardSeen.Ours;
    out()
        .println(
            switch (seen) {
              case GuardSeen.Ours _ when asks -> "enabled: systemd asks before it starts docker";
              case GuardSeen.Ours _ ->
                  file + " is there, but systemd has not read it: systemctl daemon-reload";
              case GuardSeen.Foreign foreign -> "not enabled: " + file + " " + foreign.what();
              case GuardSeen.Absent _ when loaded(facts) ->
                  file + " is gone, but systemd still heeds it: systemctl daemon-reload";
              case GuardSeen.Absent _ ->
                  "not enabled: systemd starts docker without asking; see: ha-supervisor guard"
                      + " enable docker --dry-run";
            });
    String policy = facts.restarts().policy();
    out()
        .println(
            facts.loadState().equals("loaded")
                ? "docker.service has Restart=" + policy + restarts(policy)
                : "systemd has no docker.service (" + facts.loadState() + ")");
    return asks ? 0 : 1;
  }

  private static String restarts(String policy) {
    return policy.equals("no") ? "" : ": systemd starts it by itself when it dies";
  }
}
