package io.hasupervisor.disruption;

import io.hasupervisor.cluster.RepairSettings;
import org.junit.jupiter.api.Test;

/**
 * Three masters in many worlds; {@code -Dsimulation.steps=N} says for how long, 10 million in the
 * full run.
 */
final class SeededTest {
  private static final long STEPS_PER_WORLD = 20_000;

  @Test
  void keepTheirRulesInEveryWorld() {
    long wanted = Long.getLong("simulation.steps", 1_000_000);
    long first = Long.getLong("disruption.seed", 1);
    boolean replay = System.getProperty("disruption.seed") != null;
    long steps = 0;
    long seed = first;
    while (steps < wanted) {
      steps += turn(seed, setup(seed), STEPS_PER_WORLD);
      seed++;
      if (replay) {
        break;
      }
    }
    System.out.printf("three masters: %,d steps in %,d worlds%n", steps, seed - first);
  }

  /**
   * One world in four waits as shipped, one in two has members that only their own host can ask.
   */
  static Setup setup(long seed) {
    return Setup.shipped(seed % 4 == 0 ? RepairSettings.DEFAULT : Setup.SHORT, seed / 4 % 2 == 1);
  }

  /** Runs one world; its first broken rule is thrown with its story. */
  static long turn(long seed, Setup setup, long steps) {
    Chance chance = new Chance(seed, setup);
    try {
      return chance.run(steps);
    } catch (Violation broken) {
      throw new AssertionError(
          "%s%nafter %,d steps of the world with seed %d; replay: -Ddisruption.seed=%d%n%s"
              .formatted(
                  broken.getMessage(),
                  chance.world.steps,
                  seed,
                  seed,
                  Chance.story(seed, setup, steps)),
          broken);
    }
  }
}
