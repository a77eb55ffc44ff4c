package io.hasupervisor.simulation;

import io.hasupervisor.assess.Tolerance;
import io.hasupervisor.decide.Policy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Seeded chance: the same seed gives the same world. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    random = new SplittableRandom(seed);
  }

  /** True once in {@code n} times. */
  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** From {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  private Duration seconds(int low, int high) {
    return Duration.ofSeconds(between(low, high));
  }

  Policy policy() {
    Duration grace = seconds(1, 30);
    return new Policy(
        oneIn(2) ? List.of() : List.of("docker"),
        grace,
        oneIn(2) ? Duration.ZERO : Duration.ofMillis(between(1, (int) grace.toMillis())),
        oneIn(8),
        oneIn(3),
        oneIn(2) ? Set.of() : Set.of(78),
        new Policy.CrashPolicy(
            Duration.ofMillis(between(200, 2000)),
            seconds(2, 60),
            between(0, 4) / 4.0,
            seconds(30, 600),
            seconds(5, 120),
            between(1, 10),
            seconds(30, 900),
            seconds(5, 90),
            seconds(1, 10)),
        kills(),
        oneIn(2) ? List.of() : List.of("/usr/local/bin/stuck"),
        random.nextLong());
  }

  private Policy.KillPolicy kills() {
    Duration spacing = seconds(1, 60);
    return new Policy.KillPolicy(
        between(1, 3),
        seconds(30, 600),
        spacing,
        spacing.plus(seconds(1, 300)),
        seconds(1, 5),
        seconds(1, 20),
        seconds(1, 10),
        seconds(5, 60));
  }

  Map<String, Tolerance> tolerances(Duration grace) {
    Map<String, Tolerance> tolerances = new LinkedHashMap<>();
    int probes = between(1, 3);
    for (int n = 0; n < probes; n++) {
      int failures = between(2, 5);
      tolerances.put(
          "probe" + n,
          new Tolerance(
              between(1, 4),
              failures,
              failures + between(0, 3),
              between(1, 2),
              grace,
              seconds(8, 60)));
    }
    return tolerances;
  }
}
