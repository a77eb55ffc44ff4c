package io.hasupervisor.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The simulation finds each machine that breaks a rule. */
final class PlantedFaultTest {
  private static final long STEPS = 20_000;
  private static final long WORLDS = 60;

  @TestFactory
  Stream<DynamicTest> catchesAMachineThat() {
    return Faults.all().entrySet().stream()
        .map(fault -> DynamicTest.dynamicTest(fault.getKey(), () -> caught(fault.getValue())));
  }

  private static void caught(Machine machine) {
    for (long seed = 1; seed <= WORLDS; seed++) {
      World world = new World(seed, machine);
      try {
        world.run(STEPS);
      } catch (Violation expected) {
        return;
      }
    }
    fail("not caught in %d worlds of %,d steps".formatted(WORLDS, STEPS));
  }
}
