package io.hasupervisor.command;

import io.hasupervisor.act.manifest.Revision;
import io.hasupervisor.act.manifest.RevisionStore;
import io.hasupervisor.assess.manifest.UnifiedDiff;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.yaml.Nearest;
import io.hasupervisor.yaml.Quote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "accept",
    description = {
      "Make files that were edited in the manifest directory the ones that are to stand there.",
      "They are checked, stored as a revision, and watched from then on like any other; no file is"
          + " written.",
      "The templates stay as they are: put the change there too, or the next place undoes it."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ha-supervisor manifests accept", "  ha-supervisor manifests accept etcd"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:accepted and running, or nothing was edited; with --no-wait: ordered",
      "1:refused, failed or rolled back",
      "2:wrong usage, or no such manifest",
      ExitCodes.UNREACHABLE,
      "4:not known to run within --timeout; the daemon goes on",
      ExitCodes.BAD_CONFIG
    })
final class AcceptCommand extends PlacementCommand {
  @Mixin Waiting waiting = new Waiting();

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Names of manifests, such as etcd; none: all that were edited.")
  List<String> names = List.of();

  AcceptCommand() {
    this(PlacementWorld::ofProcess);
  }

  AcceptCommand(Supplier<PlacementWorld> world) {
    super(world);
  }

  @Override
  int run(PlacementWorld world, Plan plan, Master master) throws IOException {
    RevisionStore store = store(plan);
    Optional<List<Manifest>> known = current(store).map(Revision::manifests);
    if (known.isEmpty()) {
      // Never placed here: what the configuration would make says which files are ours.
      known = world.rendered().apply(plan, err()).map(RenderedSet::manifests);
    }
    if (known.isEmpty()) {
      return 1;
    }
    OptionalInt wrong = unknownName(known.get());
    return wrong.isPresent()
        ? wrong.getAsInt()
        : accept(world, plan, new RenderedSet(master, known.get()), store);
  }

  private int accept(PlacementWorld world, Plan plan, RenderedSet before, RevisionStore store)
      throws IOException {
    List<String> edited = new ArrayList<>();
    List<Manifest> next = new ArrayList<>();
    for (Manifest manifest : before.manifests()) {
      Manifest stands =
          names.isEmpty() || names.contains(manifest.name())
              ? asItStands(before.master(), manifest)
              : manifest;
      next.add(stands);
      if (!stands.equals(manifest)) {
        edited.add(manifest.name());
        out()
            .print(
                UnifiedDiff.of(
                    manifest.file() + " (placed)", manifest.text(),
                    manifest.file() + " (edited)", stands.text()));
      }
    }
    if (edited.isEmpty()) {
      out().println("nothing to accept: the files stand as they were placed");
      return 0;
    }
    RenderedSet set = new RenderedSet(before.master(), next);
    if (!passes(world.check().apply(set))) {
      return 1;
    }
    Placement placement = placement(world, plan, waiting);
    OptionalInt obstacle = placement.obstacle();
    if (obstacle.isPresent()) {
      return obstacle.getAsInt();
    }
    String why = "accepted as edited: " + String.join(", ", edited);
    Revision revision = store.store(next, world.name(), why, world.clock().wall());
    out().println("stored as revision " + revision.number() + ", " + why);
    out().println("put the change into the templates too, or the next place undoes it");
    return placement.place(revision.number(), false);
  }

  private Manifest asItStands(Master master, Manifest manifest) throws IOException {
    Optional<String> text = PlacedFile.of(master, manifest);
    if (text.isEmpty() && names.contains(manifest.name())) {
      throw new IOException(
          "there is no " + master.manifests().directory().resolve(manifest.file()) + " to accept");
    }
    return new Manifest(manifest.name(), manifest.template(), text.orElse(manifest.text()));
  }

  private OptionalInt unknownName(List<Manifest> known) {
    List<String> all = known.stream().map(Manifest::name).toList();
    Optional<String> unknown = names.stream().filter(name -> !all.contains(name)).findFirst();
    if (unknown.isEmpty()) {
      return OptionalInt.empty();
    }
    int _ =
        refuse(
            "there is no manifest "
                + Quote.of(unknown.get())
                + Nearest.hint(unknown.get(), all)
                + "; there are: "
                + String.join(", ", all));
    return OptionalInt.of(2);
  }
}
