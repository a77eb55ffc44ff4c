package io.hasupervisor.disruption;

import org.junit.jupiter.api.Test;

/** Every order of events, with every fault at every moment. */
final class ExhaustiveTest {
  private static final Setup OPEN = Setup.shipped(Setup.SHORT, false);
  private static final Setup LOOPBACK = Setup.shipped(Setup.SHORT, true);

  @Test
  void keepsItsRulesWhereDockerHangsOnAllThree() {
    search("docker hung on all three", Worlds.hungOnAll(OPEN), 1, 500);
  }

  @Test
  void keepsItsRulesWhereMembersCannotAskEachOther() {
    search("docker hung on all three, clients on loopback", Worlds.hungOnAll(LOOPBACK), 1, 500);
  }

  @Test
  void keepsItsRulesWhereDockerCrashedOnAllThreeAndContainersLive() {
    search("docker dead on all three, etcd alive", Worlds.deadOnAll(OPEN), 1, 500);
  }

  @Test
  void keepsItsRulesWhereAllThreeLostPower() {
    search("power lost on all three", Worlds.dark(LOOPBACK), 1, 200);
  }

  @Test
  void keepsItsRulesWhereARemovedMasterHoldsTheLock() {
    search("lock held by a removed master", Worlds.hungAndLocked(OPEN), 1, 400);
  }

  @Test
  void keepsItsRulesThroughTwoFaultsUntilTheFirstReleases() {
    search("docker hung on all three", Worlds.hungOnAll(OPEN), 2, 40);
  }

  private static void search(String name, World world, int faults, int seconds) {
    Search search = new Search(world, faults, seconds * 1000L);
    search.run();
    System.out.printf("exhaustive, %s: %s%n", name, search.told());
  }
}
