package io.hasupervisor.disruption;

import static io.hasupervisor.disruption.Violation.unless;

import io.hasupervisor.disruption.Host.Docker;
import java.time.Duration;
import java.util.Arrays;

/**
 * What daemons owe once nothing but docker is wrong: (d) a repair that nothing speaks against is
 * begun within two rounds, quorum comes back though the lock cannot be asked, every docker is
 * repaired in the end, and no lock is kept by who is well.
 */
final class Patience {
  /** Two rounds, and as long as an asker was told to wait at most. */
  private static final long SOON = 2 * World.ROUND + 70_000;

  private final World world;
  private final long began;
  private long ready = Host.NEVER;
  private long lastHeld;

  Patience(World world) {
    this.world = world;
    this.began = world.now;
    this.lastHeld = world.now;
  }

  /** Whether all is well and nobody does anything. */
  boolean satisfied() {
    return world.holder().isEmpty()
        && Arrays.stream(world.hosts)
            .allMatch(host -> host.runs() && host.well() && world.now - host.servesSince > 120_000);
  }

  /** Throws where they are late. */
  void demand() {
    long passed = world.now - began;
    var settings = world.setup.settings();
    unless(
        world.quorum() || passed < minutes(20),
        "quorum comes back within 20 minutes though the lock cannot be asked");
    if (world.holder().isPresent()) {
      lastHeld = world.now;
    }
    for (Host host : world.hosts) {
      if (host.on && idle(host) && host.log.acted().size() >= settings.perDay()) {
        host.docker = Docker.WELL;
        world.physics();
      }
      unless(
          !world.holds(host)
              || !host.well()
              || host.witness.wellSince < 0
              || world.now - Math.max(host.witness.wellSince, Math.max(began, host.daemonStart))
                  < settings.steady().toMillis() + minutes(5),
          "a lock is not kept by " + host.name() + ", which is well");
    }
    boolean one = Arrays.stream(world.hosts).anyMatch(this::ready);
    ready = one ? Math.min(ready, world.now) : Host.NEVER;
    unless(
        world.now - ready < SOON || ready == Host.NEVER,
        "(d) a repair that nothing speaks against is begun within two rounds");
    unless(
        passed < settings.hostSpacing().multipliedBy(9).toMillis() + minutes(60),
        "every docker is repaired in the end");
  }

  /** Whether only a person helps where the day's repairs are used up. */
  private static boolean idle(Host host) {
    return host.ask == Host.Ask.NONE
        && !host.state.phase().label().equals("ACTING")
        && !host.state.phase().label().equals("YIELDING");
  }

  private boolean ready(Host host) {
    var settings = world.setup.settings();
    Duration clock = host.clock(world.now);
    boolean steady =
        Arrays.stream(world.hosts)
            .allMatch(
                each ->
                    each.runs()
                        && each.servesSince >= 0
                        && world.now - each.servesSince > minutes(3)
                        && world.now - each.daemonStart > minutes(3));
    return steady
        && host.docker != Docker.WELL
        && world.holder().isEmpty()
        && world.now - lastHeld > settings.spacing().toMillis() + minutes(1)
        && world.now - host.daemonStart > settings.spacing().toMillis() + minutes(1)
        && world.now - host.bootedAt > settings.bootGrace().toMillis() + minutes(1)
        && host.log.acted().stream()
            .noneMatch(
                then ->
                    clock
                            .minus(then)
                            .compareTo(settings.hostSpacing().multipliedBy(3).plusMinutes(1))
                        < 0);
  }

  private static long minutes(int minutes) {
    return minutes * 60_000L;
  }
}
