package io.hasupervisor.decide.disruption;

import java.time.Duration;
import java.util.Collection;

/**
 * This host's place among the masters: by it hosts that cannot ask each other act at different
 * times, and each always at the same one.
 *
 * @param rank from 0, less than {@code of}
 */
public record Turn(int rank, int of) {
  /** Of the only one. */
  public static final Turn FIRST = new Turn(0, 1);

  public Turn {
    if (rank < 0 || rank >= of) {
      throw new IllegalArgumentException(rank + " of " + of);
    }
  }

  /** The turn of {@code node} among the names of all masters, by their order. */
  public static Turn of(String node, Collection<String> masters) {
    int before = (int) masters.stream().filter(name -> name.compareTo(node) < 0).count();
    int others = (int) masters.stream().filter(name -> !name.equals(node)).count();
    return new Turn(before, others + 1);
  }

  /** How long this host waits, where all of them share out so much time. */
  public Duration share(Duration range) {
    return range.multipliedBy(rank).dividedBy(of);
  }
}
