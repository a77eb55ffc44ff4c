package io.hasupervisor.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The simulation finds each placement machine that breaks a rule. */
final class RolloutPlantedFaultTest {
  private static final long STEPS = 12_000;
  private static final long WORLDS = 160;

  @TestFactory
  Stream<DynamicTest> catchesAMachineThat() {
    return RolloutFaults.all().entrySet().stream()
        .map(fault -> DynamicTest.dynamicTest(fault.getKey(), () -> caught(fault.getValue())));
  }

  private static void caught(RolloutRules rules) {
    for (long seed = 1; seed <= WORLDS; seed++) {
      RolloutWorld world = new RolloutWorld(seed, rules);
      try {
        world.run(STEPS);
      } catch (Violation expected) {
        return;
      }
    }
    fail("not caught in %d worlds of %,d steps".formatted(WORLDS, STEPS));
  }
}
