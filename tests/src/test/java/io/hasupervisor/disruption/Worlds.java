package io.hasupervisor.disruption;

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

  /** The same cause made docker hang everywhere. */
  static World hungOnAll(Setup setup) {
    World world = quiet(setup);
    for (Host host : world.hosts) {
      host.docker = Host.Docker.HUNG;
    }
    return world;
  }
}
