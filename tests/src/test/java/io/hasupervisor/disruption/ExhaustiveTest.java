package io.hasupervisor.disruption;

import org.junit.jupiter.api.Test;

/** Every order of events, with one fault at every moment. */
final class ExhaustiveTest {

  @Test
  void keepsItsRulesWhereDockerHangsOnAllThree() {
    search("hung on all three", Worlds.hungOnAll(Setup.shipped(Setup.SHORT, false)), 1, 400);
  }

  static void search(String name, World world, int faults, int seconds) {
    Search search = new Search(world, faults, seconds * 1000L);
    search.run();
    System.out.printf("exhaustive, %s: %s%n", name, search.told());
  }
}
