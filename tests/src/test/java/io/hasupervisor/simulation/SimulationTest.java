package io.hasupervisor.simulation;

import org.junit.jupiter.api.Test;

/**
 * The shipped machine in many worlds; {@code -Dsimulation.steps=N} says for how long, 10 million in
 * the full run.
 */
final class SimulationTest {
  private static final long STEPS_PER_WORLD = 20_000;

  @Test
  void keepsItsRulesInEveryWorld() {
    long wanted = Long.getLong("simulation.steps", 1_000_000);
    long first = Long.getLong("simulation.seed", 1);
    boolean replay = System.getProperty("simulation.seed") != null;
    long steps = 0;
    long seed = first;
    while (steps < wanted) {
      steps += turn(seed, Machine.REAL, STEPS_PER_WORLD);
      seed++;
      if (replay) {
        break;
      }
    }
    System.out.printf("simulation: %,d steps in %,d worlds%n", steps, seed - first);
  }

  /** Runs one world; its first broken rule is thrown with the way to replay it. */
  static long turn(long seed, Machine machine, long steps) {
    World world = new World(seed, machine);
    try {
      return world.run(steps);
    } catch (Violation broken) {
      throw new AssertionError(
          "%s%nafter %,d steps of the world with seed %d; replay: -Dtest=SimulationTest -Dsimulation.seed=%d%n%s"
              .formatted(broken.getMessage(), world.steps(), seed, seed, world.trace),
          broken);
    }
  }
}
