package io.hasupervisor.command;

import io.hasupervisor.act.manifest.Revision;
import io.hasupervisor.act.manifest.RevisionStore;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.loop.Plan;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "place",
    description = {
      "Render the manifests, check them, store them as a revision, and have the daemon place them.",
      "It places one after the other, each verified by the container that runs, and goes back to"
          + " the last known good revision once where one does not run.",
      "Nothing is placed while a check finds something critical."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ha-supervisor manifests place --dry-run",
      "  ha-supervisor manifests place --reason 'etcd 3.5.12'",
      "  ha-supervisor manifests place --accept-quorum-loss"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:placed and running; with --no-wait: ordered; with --dry-run: could be placed",
      "1:refused, failed or rolled back",
      "2:wrong usage",
      ExitCodes.UNREACHABLE,
      "4:not known to run within --timeout; the daemon goes on",
      ExitCodes.BAD_CONFIG
    })
final class PlaceCommand extends PlacementCommand {
  @Mixin Waiting waiting = new Waiting();
  @Mixin QuorumLoss loss = new QuorumLoss();

  @Option(names = "--dry-run", description = "Say what would change, store and place nothing.")
  boolean dry;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "rendered from the templates",
      description = "Why, for manifests history (default: ${DEFAULT-VALUE}).")
  String reason = "";

  PlaceCommand() {
    this(PlacementWorld::ofProcess);
  }

  PlaceCommand(Supplier<PlacementWorld> world) {
    super(world);
  }

  @Override
  int run(PlacementWorld world, Plan plan, Master master) throws IOException {
    Optional<RenderedSet> set = world.rendered().apply(plan, err());
    if (set.isEmpty() || !passes(world.check().apply(set.get()))) {
      return 1;
    }
    RevisionStore store = store(plan);
    Changes.of(master, set.get().manifests(), current(store)).forEach(out()::println);
    if (dry) {
      out().println("nothing was placed: dry run; line by line: ha-supervisor manifests diff");
      return 0;
    }
    Placement placement = placement(world, plan, waiting);
    OptionalInt obstacle = placement.obstacle();
    if (obstacle.isPresent()) {
      return obstacle.getAsInt();
    }
    Revision revision =
        store.store(set.get().manifests(), world.name(), reason, world.clock().wall());
    out().println("stored as revision " + revision.number());
    return placement.place(revision.number(), loss.accepted);
  }
}
