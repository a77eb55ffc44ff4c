package io.hasupervisor.command;

import io.hasupervisor.act.manifest.Revision;
import io.hasupervisor.act.manifest.RevisionStore;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.ControlClient;
import io.hasupervisor.loop.Plan;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** A command on the stored manifests of this master; root's business, for they hold secrets. */
abstract class PlacementCommand extends LocalCommand {
  private final Supplier<PlacementWorld> source;

  /** Asked for once the command runs: help and completion do without. */
  PlacementCommand(Supplier<PlacementWorld> source) {
    this.source = source;
  }

  /**
   * Does it.
   *
   * @return the exit code
   * @throws IOException with a sentence for people, such as the store throws
   */
  abstract int run(PlacementWorld world, Plan plan, Master master) throws IOException;

  @Override
  public final Integer call() {
    PlacementWorld world = source.get();
    if (world.user() != 0) {
      return refuse("the manifests are root's business; try: sudo " + spec.qualifiedName());
    }
    Optional<Plan> plan = world.plan().apply(this);
    if (plan.isEmpty()) {
      return BAD_CONFIG;
    }
    Optional<Master> master = plan.get().master();
    if (master.isEmpty()) {
      refuse(noMaster());
      return BAD_CONFIG;
    }
    try {
      return run(world, plan.get(), master.get());
    } catch (IOException e) {
      return refuse(String.valueOf(e.getMessage()));
    } finally {
      out().flush();
      err().flush();
    }
  }

  /** Prints why nothing comes of it. */
  final int refuse(String why) {
    out().flush();
    err().println("ha-supervisor: " + why);
    err().flush();
    return 1;
  }

  static RevisionStore store(Plan plan) {
    return new RevisionStore(plan.settings().stateDir());
  }

  /**
   * What is to stand in the directory; empty before the first placement, and where it is damaged:
   * that is no reason against placing another one.
   */
  static Optional<Revision> current(RevisionStore store) throws IOException {
    Optional<Integer> number = store.current();
    return store.all().stream().filter(it -> number.equals(Optional.of(it.number()))).findFirst();
  }

  final Placement placement(PlacementWorld world, Plan plan, Waiting waiting) {
    return new Placement(
        ControlClient.of(plan.settings().controlSocket()), world, waiting, out(), err());
  }

  /** Prints what the check found; false where nothing must be placed. */
  final boolean passes(ManifestCheck check) {
    (check.refuses() ? err() : out()).print(FindingText.of(check.findings()));
    if (check.refuses()) {
      err()
          .println(
              "ha-supervisor: nothing was stored and nothing was placed: "
                  + FindingText.count(check.findings()));
    }
    return !check.refuses();
  }
}
