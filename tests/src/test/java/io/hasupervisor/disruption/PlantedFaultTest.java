package io.hasupervisor.disruption;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The search, or else chance, finds masters that break a rule. */
final class PlantedFaultTest {
  private static final long STEPS = 20_000;
  private static final long WORLDS = 60;

  @TestFactory
  Stream<DynamicTest> catchesMastersOfWhichEach() {
    return Faults.all().entrySet().stream()
        .map(fault -> DynamicTest.dynamicTest(fault.getKey(), () -> caught(fault.getValue())));
  }

  private static void caught(UnaryOperator<Setup> fault) {
    if (bySearch(fault) || byChance(fault)) {
      return;
    }
    fail("not caught in %d worlds of %,d steps".formatted(WORLDS, STEPS));
  }

  private static boolean bySearch(UnaryOperator<Setup> fault) {
    Setup setup = fault.apply(Setup.shipped(Setup.SHORT, false));
    try {
      for (World world : Worlds.all(setup)) {
        new Search(world, 1, 60_000).run();
      }
      return false;
    } catch (AssertionError expected) {
      return told("search", expected);
    }
  }

  private static boolean byChance(UnaryOperator<Setup> fault) {
    for (long seed = 1; seed <= WORLDS; seed++) {
      try {
        new Chance(seed, fault.apply(SeededTest.setup(seed))).run(STEPS);
      } catch (Violation expected) {
        return told("world " + seed, expected);
      }
    }
    return false;
  }

  private static boolean told(String by, AssertionError caught) {
    System.out.printf(
        "  caught by %s: %s%n", by, caught.getMessage().lines().findFirst().orElse(""));
    return true;
  }
}
