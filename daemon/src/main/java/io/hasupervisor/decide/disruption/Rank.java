package io.hasupervisor.decide.disruption;

import java.time.Duration;
import java.util.Collection;

/**
 * This host's place among the masters: by it hosts that cannot ask each other act at different
 * times, and each always at the same one.
 *
 * @param before how many come before it, of {@code of} masters
 */
public record Rank(int before, int of) {
  /** Of the only one. */
  public static final Rank FIRST = new Rank(0, 1);

  public Rank {
    if (before < 0 || before >= of) {
      throw new IllegalArgumentException(before + " of " + of);
    }
  }

  /** The rank of {@code node} among the names of all masters, by their order. */
  public static Rank of(String node, Collection<String> masters) {
    int before = (int) masters.stream().filter(name -> name.compareTo(node) < 0).count();
    int others = (int) masters.stream().filter(name -> !name.equals(node)).count();
    return new Rank(before, others + 1);
  }

  /** How long this host waits, where all of them share out so much time. */
  public Duration share(Duration range) {
    return range.multipliedBy(before).dividedBy(of);
  }
}
