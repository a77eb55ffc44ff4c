package io.hasupervisor.disruption;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that can happen from one world on: every order in which daemons take in what their actions
 * found, with at most so many faults, each at every moment at which it can be, until an hour of the
 * world at which the search ends.
 *
 * <p>It is kept small by what commutes. Rounds touch nothing that is shared, so they are made in
 * one piece. An action takes effect when its end is taken in, so that an order of ends is an order
 * of effects. Without a fault an action ends before time goes on; to be slow is a fault. A daemon's
 * clock goes on by its own events only. States are told apart by a fingerprint with the hour in it
 * and the faults left, so each is searched from once; depth first, as only the fingerprints are
 * then kept.
 */
final class Search {
  /** One in so many ends is followed until all is well. */
  private static final int SETTLED = 16;

  private final long end;
  private final Set<Long> seen = new HashSet<>();
  private final Deque<Choice> path = new ArrayDeque<>();
  private final World first;
  private final int faults;
  private int deepest;
  private long ends;
  private long turns;

  /**
   * From that world on.
   *
   * @param faults that may happen at most
   * @param length milliseconds of the world
   */
  Search(World first, int faults, long length) {
    this.first = first;
    this.faults = faults;
    this.end = first.now + length;
  }

  /** Throws the first violation, with all that led to it. */
  void run() {
    try {
      from(first.copy(), faults);
    } catch (Violation broken) {
      throw new AssertionError(broken.getMessage() + "\n" + replay(), broken);
    }
  }

  private void from(World world, int left) {
    if (!seen.add(world.fingerprint() * 31 + left)) {
      return;
    }
    deepest = Math.max(deepest, path.size());
    if (world.now >= end) {
      turns = Math.max(turns, world.turns());
      if (ends++ % SETTLED == 0) {
        settle(world.copy());
      }
      return;
    }
    for (Choice choice : Choice.of(world, left)) {
      World next = world.copy();
      path.addLast(choice);
      choice.in(next);
      from(next, left - choice.cost());
      path.removeLast();
    }
  }

  /** From here on nothing goes wrong any more: the daemons owe a good end. */
  private static void settle(World world) {
    Mending.mend(world);
    Patience patience = new Patience(world);
    while (!patience.satisfied()) {
      calm(world).in(world);
      patience.demand();
      if (world.register.freeze().isPresent()) {
        Mending.thaw(world);
      }
    }
  }

  private static Choice calm(World world) {
    for (Host host : world.hosts) {
      if (host.on && host.ask == Host.Ask.GRANTED) {
        return new Choice.Act(host.index);
      }
      if (world.pending(host)) {
        return new Choice.Finish(host.index, Fate.DONE);
      }
    }
    return new Choice.Slow();
  }

  private String replay() {
    World again = first.copy();
    List<String> lines = new ArrayList<>();
    again.trace = Optional.of(lines::add);
    try {
      for (Choice choice : path) {
        if (choice.cost() > 0) {
          lines.add("--- a fault: " + choice);
        }
        choice.in(again);
      }
      lines.add("--- the end of the search: nothing goes wrong any more");
      settle(again);
    } catch (Violation expected) {
      lines.add("broken here: " + expected.getMessage());
    }
    return String.join("\n", lines);
  }

  /** How many masters had their turn where most of them had: whether it was deep enough. */
  long turns() {
    return turns;
  }

  String told() {
    return "%,d states, %,d ends, up to %d events deep, %d masters had their turn; %d fault(s), %d s of the world"
        .formatted(seen.size(), ends, deepest, turns, faults, (end - first.now) / 1000);
  }
}
