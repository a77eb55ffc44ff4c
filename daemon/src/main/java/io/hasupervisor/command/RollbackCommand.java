package io.hasupervisor.command;

import io.hasupervisor.act.manifest.Revision;
import io.hasupervisor.act.manifest.RevisionStore;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.loop.Plan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "rollback",
    description = {
      "Have the daemon place a stored revision: the last known good one, or the one named.",
      "etcd's data is not touched."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ha-supervisor manifests rollback", "  ha-supervisor manifests rollback 5"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:placed and running; with --no-wait: ordered",
      "1:refused, failed or rolled back",
      "2:wrong usage, or no such revision",
      ExitCodes.UNREACHABLE,
      "4:not known to run within --timeout; the daemon goes on",
      ExitCodes.BAD_CONFIG
    })
final class RollbackCommand extends PlacementCommand {
  @Mixin Waiting waiting = new Waiting();
  @Mixin QuorumLoss loss = new QuorumLoss();

  @Parameters(
      paramLabel = "REVISION",
      arity = "0..1",
      description = "Number of the revision, as in manifests history.")
  Optional<Integer> wanted = Optional.empty();

  RollbackCommand() {
    this(PlacementWorld::ofProcess);
  }

  RollbackCommand(Supplier<PlacementWorld> world) {
    super(world);
  }

  @Override
  int run(PlacementWorld world, Plan plan, Master master) throws IOException {
    RevisionStore store = store(plan);
    Optional<Integer> number = wanted.isPresent() ? wanted : store.lastKnownGood();
    if (number.isEmpty()) {
      return refuse(
          "no revision is known to be good yet; name one of: ha-supervisor manifests history");
    }
    if (wanted.isEmpty() && number.equals(store.current())) {
      return refuse(
          "revision %d is the last known good one and the current one; to place it again: %s %d"
              .formatted(number.get(), spec.qualifiedName(), number.get()));
    }
    Optional<Revision> revision = store.read(number.get());
    if (revision.isEmpty()) {
      return unknown(number.get(), store.all());
    }
    Changes.of(master, revision.get().manifests(), current(store)).forEach(out()::println);
    Placement placement = placement(world, plan, waiting);
    OptionalInt obstacle = placement.obstacle();
    return obstacle.isPresent()
        ? obstacle.getAsInt()
        : placement.place(number.get(), loss.accepted);
  }

  private int unknown(int number, List<Revision> all) {
    String known =
        all.stream().map(it -> Integer.toString(it.number())).collect(Collectors.joining(", "));
    int _ =
        refuse("there is no revision " + number + (known.isEmpty() ? "" : "; there are: " + known));
    return 2;
  }
}
