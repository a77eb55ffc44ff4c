package io.hasupervisor.disruption;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Every order of events, with every fault at every moment; how far is said by {@link Search}. */
final class ExhaustiveTest {
  private static final Setup OPEN = Setup.shipped(Setup.SHORT, false);
  private static final Setup LOOPBACK = Setup.shipped(Setup.SHORT, true);

  @Test
  void mastersKeepTheirRulesWhereDockerHangsOnAllThree() {
    search("docker hung on all three", Worlds.hungOnAll(OPEN), 1, 500, 3);
  }

  @Test
  void mastersKeepTheirRulesWhereMembersCannotBeAskedFromOtherHosts() {
    search("docker hung on all three, clients on loopback", Worlds.hungOnAll(LOOPBACK), 1, 500, 3);
  }

  @Test
  void mastersKeepTheirRulesWhereDockerCrashedOnAllThreeAndContainersLive() {
    search("docker dead on all three, etcd alive", Worlds.deadOnAll(OPEN), 1, 250, 2);
  }

  @Test
  void mastersKeepTheirRulesWhereAllThreeLostPower() {
    search("power lost on all three", Worlds.dark(LOOPBACK), 1, 200, 0);
  }

  @Test
  void mastersKeepTheirRulesWhereARemovedOneHoldsTheLock() {
    search("lock held by a removed master", Worlds.hungAndLocked(OPEN), 1, 400, 1);
  }

  @Test
  void mastersKeepTheirRulesThroughTwoFaultsUntilTheFirstHasActed() {
    search("docker hung on all three", Worlds.hungOnAll(OPEN), 2, 20, 1);
  }

  private static void search(String name, World world, int faults, int seconds, int turns) {
    Search search = new Search(world, faults, seconds * 1000L);
    search.run();
    System.out.printf("exhaustive, %s: %s%n", name, search.told());
    assertTrue(search.turns() >= turns, "deep enough");
  }
}
