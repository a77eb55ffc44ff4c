package io.hasupervisor.disruption;

import io.hasupervisor.observe.disruption.LockDocument;
import java.util.Optional;

/** What people mend. */
final class Mending {
  private Mending() {}

  /** All that only people can mend is mended; docker stays as it is. */
  static void mend(World world) {
    world.note("all that only people can mend is mended");
    world.register.full = false;
    if (world.register.garbage) {
      world.register.set(Optional.empty());
    }
    if (world.register.freeze().isPresent()) {
      thaw(world);
    }
    for (Host host : world.hosts) {
      host.cut = false;
      host.broken = false;
      if (host.etcd == Host.Process.FROZEN) {
        host.etcd = Host.Process.ALIVE;
      }
    }
    world.physics();
  }

  static void thaw(World world) {
    world.note("an operator ends the freeze");
    LockDocument old = world.register.lock.orElse(LockDocument.EMPTY);
    world.register.set(
        Optional.of(
            new LockDocument(old.holder(), Optional.empty(), old.history(), old.rolling())));
  }
}
