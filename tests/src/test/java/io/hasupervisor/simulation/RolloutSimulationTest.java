package io.hasupervisor.simulation;

import org.junit.jupiter.api.Test;

/** The shipped placement machine in many worlds; {@code -Drollout.steps=N} says for how long. */
final class RolloutSimulationTest {
  private static final long STEPS_PER_WORLD = 12_000;

  @Test
  void keepsItsRulesInEveryWorld() {
    long wanted = Long.getLong("rollout.steps", 200_000);
    long first = Long.getLong("rollout.seed", 1);
    boolean replay = System.getProperty("rollout.seed") != null;
    long steps = 0;
    long seed = first;
    while (steps < wanted) {
      steps += turn(seed);
      seed++;
      if (replay) {
        break;
      }
    }
    System.out.printf("rollout simulation: %,d steps in %,d worlds%n", steps, seed - first);
  }

  private static long turn(long seed) {
    RolloutWorld world = new RolloutWorld(seed, RolloutRules.REAL);
    try {
      return world.run(STEPS_PER_WORLD);
    } catch (Violation broken) {
      throw new AssertionError(
          "%s%nafter %,d steps of the world with seed %d; replay: -Drollout.seed=%d%n%s"
              .formatted(broken.getMessage(), world.steps(), seed, seed, world.trace()),
          broken);
    }
  }
}
