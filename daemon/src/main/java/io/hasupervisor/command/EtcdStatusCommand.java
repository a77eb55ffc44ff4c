package io.hasupervisor.command;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdMaxima;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.ControlClient;
import io.hasupervisor.control.ControlFailure;
import io.hasupervisor.control.Request;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.host.Reason;
import io.hasupervisor.loop.EtcdMemory;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.publish.Rendering;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = {
      "Show etcd's cluster as this host sees it: whether it works, how many members it can still"
          + " lose, and each member.",
      "The daemon is asked. Where none answers, etcd is asked and judged from here, for 20 seconds"
          + " at most."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ha-supervisor etcd status",
      "  ha-supervisor etcd status --json | jq -r .etcd.state"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:etcd works, and all its members do",
      ExitCodes.REFUSED,
      "2:wrong usage",
      "4:etcd works, but not all of it",
      "5:etcd does not work, or is damaged, or it is not known whether it works",
      ExitCodes.BAD_CONFIG
    })
final class EtcdStatusCommand extends MasterCommand {
  private final Supplier<EtcdScene> scene;

  @Option(
      names = "--json",
      description = "As JSON: source, at, etcd and findings, as in GET /status.")
  boolean json;

  EtcdStatusCommand() {
    this(EtcdScene::ofProcess);
  }

  EtcdStatusCommand(Supplier<EtcdScene> scene) {
    this.scene = scene;
  }

  @Override
  int run(Plan plan, Master master, Path stateDir) throws InterruptedException {
    Optional<EtcdSeen> seen;
    try {
      seen = ofDaemon(plan.settings().controlSocket());
    } catch (ControlFailure failure) {
      return failed(failure.text());
    }
    if (seen.isEmpty()) {
      EtcdScene here = scene.get();
      if (here.user() != 0) {
        return failed("only root may ask etcd from here: sudo " + spec.qualifiedName());
      }
      seen = Optional.of(fromHere(here, plan, master, stateDir));
    }
    return shown(seen.get());
  }

  /** Empty where it is to be judged from here, after that has been said. */
  private Optional<EtcdSeen> ofDaemon(Path socket) throws ControlFailure {
    String why;
    try {
      String status = ControlClient.of(socket).ask(new Request.GetStatus(Rendering.JSON)).body();
      Optional<EtcdSeen> seen = EtcdSeen.of(status, "daemon");
      if (seen.isPresent()) {
        return seen;
      }
      why = "the daemon has not judged etcd yet";
    } catch (ControlFailure failure) {
      if (failure.exit() == 1) {
        throw failure;
      }
      why = "no daemon answers at " + socket;
    }
    int _ =
        failed(
            why
                + "; etcd is asked from here, for %d s at most"
                    .formatted(EtcdJudging.LONGEST.toSeconds()));
    return Optional.empty();
  }

  private EtcdSeen fromHere(EtcdScene here, Plan plan, Master master, Path stateDir)
      throws InterruptedException {
    try (EtcdSight sight = here.sight().apply(master, here.clock())) {
      EtcdView view = new EtcdJudging(here, sight, err()).judge(remembered(stateDir));
      return EtcdSeen.of(view, plan.settings().node(), master, here.clock());
    }
  }

  private Optional<EtcdMaxima> remembered(Path stateDir) {
    try {
      return EtcdMemory.read(stateDir).maxima();
    } catch (IOException e) {
      int _ =
          failed(
              "whether etcd's data is older than before is not known: %s (%s)"
                  .formatted(EtcdMemory.path(stateDir), Reason.of(e)));
      return Optional.empty();
    }
  }

  private int shown(EtcdSeen seen) {
    out().print(json ? seen.json() : seen.text());
    return exit(seen.state());
  }

  /** By the name of the state; 5 for one that this version does not know. */
  static int exit(String name) {
    return Arrays.stream(ClusterState.values())
        .filter(state -> state.name().equals(name))
        .findFirst()
        .map(EtcdStatusCommand::exit)
        .orElse(5);
  }

  private static int exit(ClusterState state) {
    return switch (state) {
      case QUORUM_FULL, SINGLE -> 0;
      case QUORUM_DEGRADED, QUORUM_AT_RISK -> 4;
      case DATA_REGRESSION,
          SPLIT_VIEW,
          CORRUPT,
          PARTITIONED_SELF,
          QUORUM_LOST,
          QUORUM_UNKNOWN,
          READ_ONLY ->
          5;
    };
  }
}
