package io.hasupervisor.disruption;

import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.etcd.EtcdId;
import java.util.List;
import java.util.Optional;

/** Worlds to begin with. */
final class Worlds {
  private Worlds() {}

  /** All is well, and has been for two minutes. */
  static World quiet(Setup setup) {
    World world = new World(setup);
    for (int round = 0; round < 13; round++) {
      world.pass(World.ROUND);
      for (Host host : world.hosts) {
        while (world.pending(host)) {
          world.finish(host, Fate.DONE);
        }
      }
    }
    return world;
  }

  /** All three lost power; they boot within a minute, and docker does not run on any. */
  static World dark(Setup setup) {
    World world = quiet(setup);
    for (Host host : world.hosts) {
      new Choice.Strike(host.index, Choice.Blow.POWER_LOSS).in(world);
    }
    return world;
  }

  /** Each kind once. */
  static List<World> all(Setup setup) {
    return List.of(hungOnAll(setup), deadOnAll(setup), hungAndLocked(setup));
  }

  /** Docker crashed everywhere; its containers run on. */
  static World deadOnAll(Setup setup) {
    World world = quiet(setup);
    for (Host host : world.hosts) {
      host.docker = Host.Docker.DEAD;
    }
    world.physics();
    return world;
  }

  /** A master that was removed from the cluster still holds the lock, and docker hangs on one. */
  static World hungAndLocked(Setup setup) {
    World world = quiet(setup);
    LockDocument.Holder gone =
        new LockDocument.Holder(
            "machine-m4",
            "m4",
            EtcdId.of(4),
            "boot",
            "restart docker",
            "docker hangs",
            world.wall(world.hosts[0]),
            setup.settings().deadline(),
            "m4-0",
            true);
    world.register.heldSince = world.now;
    world.register.set(
        Optional.of(
            new LockDocument(Optional.of(gone), Optional.empty(), List.of(), Optional.empty())));
    world.hosts[1].docker = Host.Docker.HUNG;
    return world;
  }

  /** The same cause made docker hang everywhere. */
  static World hungOnAll(Setup setup) {
    World world = quiet(setup);
    for (Host host : world.hosts) {
      host.docker = Host.Docker.HUNG;
    }
    world.physics();
    return world;
  }
}
