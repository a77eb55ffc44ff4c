package io.hasupervisor.disruption;

import static io.hasupervisor.disruption.Violation.unless;

import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import java.util.Optional;

/**
 * The rules, judged by what is so and not by what a daemon believes (control-plane, end of section
 * 5). (a) Voters that daemons stopped leave a quorum of those that serve, unless it was gone
 * before; a voter that fails by itself in the seconds between a daemon's last look and its act is
 * nobody's fault and beyond anybody's sight. (b) No living voter is stopped without a proof of
 * quorum that is newer than the lock. (c) At most one master is disturbed. (d) is {@link
 * Patience}'s. The rules (e), that the manifests' directory holds whole files at every step, and
 * (f), that the newest verified backup always exists, are about files: held by {@code tests/crash}
 * and the simulation of placements, and by {@code RetentionTest}.
 */
final class Oracle {
  /** What comes and goes between two rounds is seen by no daemon. */
  private static final long BLINK = 2 * World.ROUND;

  /** Two seconds from the last look to the decision, two from there to the act, and some. */
  private static final long AT_ONCE = 5_000;

  private static final long GRACE = 30_000;
  private final World world;

  Oracle(World world) {
    this.world = world;
  }

  /** A daemon's evidence is gathered now. */
  void looked(Host host) {
    host.witness.looked = world.now;
    boolean through =
        (world.serves(host.index) && world.quorum())
            || (!world.setup.loopback() && world.reaches(host.index));
    if (through) {
      host.witness.proven = host.moment(world.now);
    }
  }

  /** After anything physical changed, or time passed. */
  void observe() {
    for (Host host : world.hosts) {
      Witness witness = host.witness;
      if (host.servesSince >= 0) {
        witness.stopped = false;
      }
      if (host.well()) {
        if (witness.wellSince < 0 || world.now - witness.lastWell > BLINK) {
          witness.wellSince = world.now;
        }
        witness.lastWell = world.now;
        if (world.now - witness.wellSince >= steady()) {
          witness.disturbed = false;
          witness.acted = false;
        }
      }
    }
  }

  private long steady() {
    return world.setup.settings().steady().toMillis();
  }

  /** A daemon stops this living voter. */
  void stops(Host host, String what) {
    String told = "%s ends %s: ".formatted(host.name(), what);
    unless(
        world.holds(host),
        told
            + "a living voter is stopped only by the holder of the lock, which is "
            + world.holder().map(Holder::node).orElse("nobody"));
    unless(
        host.witness.proven > host.witness.locked,
        told + "(b) no living voter is stopped without a proof newer than the lock");
    for (Host other : world.hosts) {
      unless(
          other == host || !other.witness.disturbed,
          told + "(c) no second master is disturbed: " + other.name() + " is not steady");
      unless(
          other == host || !other.witness.stopped,
          told + "(a) " + other.name() + " was stopped by its daemon and does not serve yet");
    }
    long looked =
        what.equals("etcd") ? Math.min(host.decidedAt, host.witness.looked) : host.witness.looked;
    unless(
        world.now - looked <= AT_ONCE,
        told + "(b) what was seen some seconds ago is no proof any more");
    int left = 0;
    int lately = 0;
    for (Host other : world.hosts) {
      if (other != host && world.serves(other.index)) {
        left++;
      } else if (other != host && other.downSince >= looked) {
        lately++;
      }
    }
    unless(
        left + lately >= 2,
        told + "(a) too few voters are left, and its last look could have told");
    spaced(host, told);
    host.witness.lastStop = world.now;
    host.witness.disturbed = true;
    host.witness.stopped = true;
    host.witness.wellSince = -1;
  }

  /** Clocks that jump may make the cluster's spacing shorter, never a host's own. */
  private void spaced(Host host, String told) {
    var settings = world.setup.settings();
    for (Host other : world.hosts) {
      long since = world.now - other.witness.lastStop;
      unless(
          other != host || since >= settings.hostSpacing().toMillis() - 1000,
          told + "one host is not disturbed again so soon");
      unless(
          other == host || since >= settings.spacing().toMillis() - 1000 || world.clocksJumped,
          told + "no master is disturbed so soon after another");
    }
  }

  /** A daemon lets somebody act. */
  void granted(Host host) {
    unless(
        !host.processAlive() || world.now - host.daemonStart >= GRACE,
        host.name() + " lets nobody act on what lives in the first 30 s of its daemon");
  }

  /** The lock is about to become {@code next}, by this host's hand. */
  void writes(Host host, LockDocument before, LockDocument next) {
    String told = host.name() + " writes the lock: ";
    unless(!world.register.garbage, told + "what is not understood is never overwritten");
    unless(
        next.freeze().isPresent() || before.freeze().isEmpty(),
        told + "a daemon never ends a freeze");
    Optional<Holder> old = before.holder();
    Optional<Holder> taken =
        next.holder().filter(one -> old.filter(o -> o.nonce().equals(one.nonce())).isEmpty());
    if (taken.isPresent()) {
      unless(before.freeze().isEmpty(), told + "a frozen lock is not taken");
      unless(
          taken.get().machineId().equals(host.self().machineId()),
          told + "nobody takes the lock for another");
      host.witness.locked = host.moment(world.now);
      host.witness.acted = false;
    }
    if (old.isPresent()
        && next.holder().filter(h -> h.nonce().equals(old.get().nonce())).isEmpty()) {
      if (old.get().machineId().equals(host.self().machineId())) {
        released(host, told);
      } else {
        broken(told);
      }
    }
  }

  private void released(Host host, String told) {
    Witness witness = host.witness;
    boolean nearly =
        witness.wellSince >= 0 && world.now - witness.wellSince >= steady() - World.ROUND;
    unless(
        !(witness.acted || witness.disturbed) || nearly,
        told + "(c) what was acted on is released only when it has been well for long enough");
    witness.disturbed = false;
    witness.acted = false;
  }

  private void broken(String told) {
    var settings = world.setup.settings();
    unless(
        world.now - world.register.heldSince
            >= settings.deadline().plus(settings.breakAfter()).toMillis() - World.ROUND,
        told
            + "a lock is broken only after its deadline and then some, by the breaker's own clock");
  }
}
