package io.hasupervisor.disruption;

import io.hasupervisor.disruption.Choice.Blow;
import io.hasupervisor.observe.disruption.LockDocument;
import java.util.Optional;
import java.util.SplittableRandom;

/** What goes wrong around three masters, and what people do meanwhile, by seeded chance. */
final class Chaos {
  private final World world;
  private final SplittableRandom random;

  Chaos(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
  }

  /** One thing happens. */
  void strike() {
    Host host = world.hosts[random.nextInt(3)];
    switch (random.nextInt(17)) {
      case 0, 1 -> blow(host, Blow.DOCKER_HANGS);
      case 2 -> {
        for (Host each : world.hosts) {
          blow(each, Blow.DOCKER_HANGS);
        }
      }
      case 3 -> blow(host, random.nextInt(3) == 0 ? Blow.ETCD_KILLED_FOR_GOOD : Blow.ETCD_KILLED);
      case 4 -> blow(host, Blow.POWER_LOSS);
      case 5, 6 -> blow(host, Blow.DAEMON_KILLED);
      case 7 -> {
        boolean all = random.nextInt(4) == 0;
        for (Host each : world.hosts) {
          blow(each, all ? Blow.POWER_LOSS : Blow.DAEMON_KILLED);
        }
      }
      case 8 -> cutOrJoin(host);
      case 9 -> {
        world.clocksJumped = true;
        host.wallSkew = random.nextLong(-7_200_000, 7_200_000);
        world.note("the wall clock of " + host.name() + " jumps");
      }
      case 10 -> freezeOrThaw();
      case 11 -> freezeProcess(host);
      case 12 -> dockerByItself(host);
      case 13 -> {
        world.register.full = !world.register.full && random.nextBoolean();
        world.note("etcd's database is full: " + world.register.full);
      }
      case 14 -> garbage();
      case 15 -> initAsks(host);
      default -> Mending.mend(world);
    }
    world.physics();
  }

  private void blow(Host host, Blow blow) {
    if (Choice.possible(world, host, blow)) {
      new Choice.Strike(host.index, blow).in(world);
    }
  }

  private void cutOrJoin(Host host) {
    host.cut = !host.cut;
    world.note(host.name() + (host.cut ? " is cut off" : " is linked again"));
  }

  private void freezeOrThaw() {
    LockDocument old = world.register.lock.orElse(LockDocument.EMPTY);
    if (old.freeze().isEmpty()) {
      if (world.quorum() && !world.register.garbage) {
        new Choice.Freeze().in(world);
      }
    } else {
      Mending.thaw(world);
    }
  }

  private void freezeProcess(Host host) {
    if (host.etcd == Host.Process.ALIVE && random.nextInt(3) == 0) {
      blow(host, Blow.ETCD_FREEZES);
    } else if (host.etcd == Host.Process.FROZEN) {
      host.etcd = Host.Process.ALIVE;
      world.note("etcd of " + host.name() + " goes on");
    }
  }

  private void dockerByItself(Host host) {
    if (host.docker == Host.Docker.HUNG) {
      host.docker = random.nextBoolean() ? Host.Docker.WELL : Host.Docker.DEAD;
    } else if (host.docker == Host.Docker.WELL && host.on) {
      host.docker = Host.Docker.DEAD;
    }
    world.note("docker of " + host.name() + " is " + host.docker);
  }

  /** The init system starts docker on its own account, and asks before. */
  private void initAsks(Host host) {
    if (host.runs() && (host.docker == Host.Docker.DEAD || host.ask == Host.Ask.GRANTED)) {
      world.daemons.initAsks(host);
    }
  }

  private void garbage() {
    if (world.register.garbage) {
      world.register.set(Optional.empty());
      world.note("an operator breaks the lock that nobody understands");
    } else if (random.nextInt(3) == 0 && world.quorum() && world.holder().isEmpty()) {
      world.register.set(Optional.empty());
      world.register.garbage = true;
      world.note("somebody writes garbage into the lock");
    }
  }
}
