package io.hasupervisor.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.disruption.RepairAction;
import org.junit.jupiter.api.Test;

/** What the search found in the machine and the gate, told once more in the fewest steps. */
final class SymptomTest {
  private static final Setup OPEN = Setup.shipped(Setup.SHORT, false);

  @Test
  void noMemberIsEndedWhenAnotherFailedAfterLeadershipWasMoved() {
    World world = Worlds.quiet(OPEN);
    Host repaired = world.hosts[world.leader];
    Host fails = world.hosts[(repaired.index + 1) % 3];
    repaired.docker = Host.Docker.HUNG;
    world.physics();
    world.pass(World.ROUND);
    while (!(repaired.state.inFlight().orElseThrow() instanceof RepairAction.MoveLeader)) {
      world.finish(repaired, Fate.DONE);
    }
    world.finish(repaired, Fate.DONE);
    assertTrue(world.leader != repaired.index, "leadership moved");

    new Choice.Strike(fails.index, Choice.Blow.ETCD_KILLED_FOR_GOOD).in(world);
    for (int round = 0; round < 30; round++) {
      world.pass(World.ROUND);
      while (world.pending(repaired)) {
        world.finish(repaired, Fate.DONE);
      }
    }

    assertEquals(Host.Process.ALIVE, repaired.etcd, "its vote is one of the last two");
    assertTrue(world.holder().isEmpty(), "the lock is given back");
  }
}
