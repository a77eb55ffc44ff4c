package io.hasupervisor.disruption;

import io.hasupervisor.decide.disruption.RepairAction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One world that is driven by seeded chance: the same seed gives the same story. */
final class Chance {
  private static final int TOLD = Integer.getInteger("disruption.told", 150);
  final World world;
  private final SplittableRandom random;
  private final Chaos chaos;
  private final int unrest;
  private boolean calm;

  Chance(long seed, Setup setup) {
    random = new SplittableRandom(seed);
    world = random.nextInt(8) == 0 ? Worlds.hungAndLocked(setup) : new World(setup);
    for (Host host : world.hosts) {
      host.nextRound = world.now + host.index * 3000L;
    }
    chaos = new Chaos(world, random);
    unrest = random.nextInt(100, 3000);
  }

  /** Runs about so many steps of unrest, interrupted by times in which all must become well. */
  long run(long steps) {
    long settle = steps / 4;
    while (world.steps < steps) {
      turn();
      if (random.nextInt(unrest) < 9) {
        chaos.strike();
      }
      if (world.steps > settle) {
        settle = world.steps + steps / 4;
        settle();
      }
    }
    return world.steps;
  }

  private void turn() {
    List<Choice> due = new ArrayList<>();
    boolean soon = false;
    for (Host host : world.hosts) {
      if (host.on && host.ask == Host.Ask.GRANTED) {
        due.add(new Choice.Act(host.index));
        soon = true;
      }
      if (world.pending(host)) {
        due.add(new Choice.Finish(host.index, fate(host)));
      }
    }
    if (!calm && world.register.late.isPresent() && random.nextInt(8) == 0) {
      world.register.applyLate();
    } else if (due.isEmpty() || random.nextInt(12) == 0) {
      world.pass(soon ? random.nextLong(50, 300) : random.nextLong(100, 9000));
    } else {
      due.get(random.nextInt(due.size())).in(world);
    }
  }

  private Fate fate(Host host) {
    if (calm || random.nextInt(10) != 0) {
      return Fate.DONE;
    }
    List<Fate> fates =
        host.state.inFlight().orElseThrow() instanceof RepairAction.WriteLock
            ? List.of(Fate.REFUSED, Fate.LOST, Fate.UNANSWERED, Fate.UNANSWERED, Fate.LATE)
            : List.of(Fate.REFUSED, Fate.LOST, Fate.UNANSWERED, Fate.STALE);
    return fates.get(random.nextInt(fates.size()));
  }

  /** Everything but docker is mended; then daemons must do the rest. */
  private void settle() {
    calm = true;
    Mending.mend(world);
    Patience patience = new Patience(world);
    while (!patience.satisfied()) {
      turn();
      patience.demand();
      if (world.register.freeze().isPresent()) {
        Mending.mend(world);
      }
    }
    calm = false;
  }

  /** Runs it again with everything told; the last lines of it. */
  static String story(long seed, Setup setup, long steps) {
    Chance again = new Chance(seed, setup);
    Deque<String> last = new ArrayDeque<>();
    again.world.trace =
        Optional.of(
            line -> {
              last.addLast(line);
              if (last.size() > TOLD) {
                last.removeFirst();
              }
            });
    try {
      again.run(steps);
    } catch (Violation broken) {
      last.addLast("broken here: " + broken.getMessage());
    }
    return String.join("\n", last);
  }
}
