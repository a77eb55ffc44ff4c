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

  @Test
  void anActBeforeWhichEtcdCouldNotBeEndedCountsAsOne() {
    World world = Worlds.quiet(OPEN);
    Host repaired = world.hosts[1];
    repaired.docker = Host.Docker.HUNG;
    world.physics();
    world.pass(World.ROUND);
    while (!world.ending()) {
      world.finish(repaired, Fate.DONE);
    }
    world.finish(repaired, Fate.REFUSED);
    while (repaired.ask != Host.Ask.GRANTED) {
      world.pass(World.ROUND);
      while (world.pending(repaired)) {
        world.finish(repaired, Fate.DONE);
      }
    }
    world.daemons.act(repaired);

    assertEquals(
        1, repaired.log.acted().size(), "its living member was stopped by docker's restart");
  }

  @Test
  void theLockOfAHolderIsNotBrokenInTheFirstRoundOfItsNewDaemon() {
    World world = Worlds.quiet(OPEN);
    Host holder = world.hosts[1];
    holder.docker = Host.Docker.HUNG;
    world.physics();
    world.pass(World.ROUND);
    while (holder.ask != Host.Ask.GRANTED) {
      world.finish(holder, Fate.DONE);
    }
    world.daemons.act(holder);
    round(world);
    round(world);
    holder.docker = Host.Docker.HUNG;
    for (int round = 0; round < 18; round++) {
      round(world);
    }
    assertTrue(world.holds(holder), "it is not steady: docker hung again");

    new Choice.Strike(holder.index, Choice.Blow.DAEMON_KILLED).in(world);
    round(world);

    assertTrue(world.holds(holder), "it may still be acting");
  }

  private static void round(World world) {
    world.pass(World.ROUND);
    for (Host host : world.hosts) {
      while (world.pending(host)) {
        world.finish(host, Fate.DONE);
      }
    }
  }
}
