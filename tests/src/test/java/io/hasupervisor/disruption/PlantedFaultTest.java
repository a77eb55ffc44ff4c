package io.hasupervisor.disruption;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.hasupervisor.disruption.Faults.Fault;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The search, or else chance, finds masters that break a rule. */
final class PlantedFaultTest {
  private static final long STEPS = 20_000;
  private static final long WORLDS = 60;

  @TestFactory
  Stream<DynamicTest> catchesMastersOfWhichEach() {
    return Faults.all().stream()
        .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> caught(fault)));
  }

  private static void caught(Fault fault) {
    if (!bySearch(fault) && !byChance(fault)) {
      fail("not caught in %d worlds of %,d steps".formatted(WORLDS, STEPS));
    }
  }

  private static boolean bySearch(Fault fault) {
    Setup setup = fault.plant().apply(Setup.shipped(Setup.SHORT, false));
    for (World world : Worlds.all(setup)) {
      try {
        new Search(world, 1, 60_000).run();
      } catch (AssertionError expected) {
        return told("search", fault, expected);
      }
    }
    return false;
  }

  private static boolean byChance(Fault fault) {
    for (long seed = 1; seed <= WORLDS; seed++) {
      try {
        new Chance(seed, fault.plant().apply(SeededTest.setup(seed))).run(STEPS);
      } catch (Violation expected) {
        return told("world " + seed, fault, expected);
      }
    }
    return false;
  }

  private static boolean told(String by, Fault fault, AssertionError caught) {
    String broken = String.valueOf(caught.getMessage()).lines().findFirst().orElse("");
    System.out.printf("%s: caught by %s: %s%n", fault.name(), by, broken);
    assertTrue(Pattern.compile(fault.broken()).matcher(broken).find(), broken);
    return true;
  }
}
