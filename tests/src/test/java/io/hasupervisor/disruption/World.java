package io.hasupervisor.disruption;

import io.hasupervisor.decide.disruption.RepairAction;
import io.hasupervisor.decide.disruption.RepairLog;
import io.hasupervisor.decide.disruption.RepairState;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.etcd.Attestation;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Three masters, the etcd that they share, and the key in it that holds the lock.
 *
 * <p>Time stands still while daemons, one event at a time, take in what their actions found; it
 * goes on in jumps ({@link #pass}), upon which every daemon that runs makes its round: it attests,
 * looks, reads the lock, is told how its docker is, ticks, and asks where docker needs a repair. A
 * round touches nothing that others see but its own attestation, so that rounds of three daemons
 * need no order.
 */
final class World implements Cloneable {
  static final long ROUND = 10_000;
  static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  /** From docker's start until etcd's container serves again. */
  static final long ETCD_STARTS = 15_000;

  static final long HOST_BOOTS = 60_000;
  static final long DAEMON_STARTS = 5_000;

  final Setup setup;
  Host[] hosts = new Host[3];
  long now;
  long steps;
  int leader = 0;
  boolean clocksJumped;
  Attestation[] attested = new Attestation[3];
  final Register register;
  final Oracle oracle;
  final Daemons daemons = new Daemons(this);
  private final Hands hands = new Hands(this);
  Optional<Consumer<String>> trace = Optional.empty();

  World(Setup setup) {
    this.setup = setup;
    this.register = new Register(this);
    this.oracle = new Oracle(this);
    long[] boots = {-3_600_000L * 2, -3_600_000L * 30, -3_600_000L * 5 - 777};
    for (int n = 0; n < 3; n++) {
      hosts[n] = new Host(n, boots[n]);
      hosts[n].eyes = Eyes.opened(n, hosts[n].clock(now));
      hosts[n].daemonStart = now;
    }
    physics();
  }

  private World(World from) {
    setup = from.setup;
    register = new Register(this, from.register);
    oracle = new Oracle(this);
    for (int n = 0; n < 3; n++) {
      hosts[n] = from.hosts[n].copy();
    }
    now = from.now;
    steps = from.steps;
    leader = from.leader;
    clocksJumped = from.clocksJumped;
    attested = from.attested.clone();
  }

  World copy() {
    return new World(this);
  }

  void note(String line) {
    trace.ifPresent(told -> told.accept("%9.3f s  %s".formatted(now / 1000.0, line)));
  }

  boolean linked(int one, int other) {
    Host a = hosts[one];
    Host b = hosts[other];
    return a.on && b.on && (one == other || !(a.cut || b.cut));
  }

  private boolean votes(int n) {
    return hosts[n].on && hosts[n].etcd == Host.Process.ALIVE;
  }

  /** Whether reads and writes go through this member. */
  boolean serves(int n) {
    if (!votes(n)) {
      return false;
    }
    int together = 0;
    for (int other = 0; other < 3; other++) {
      together += votes(other) && linked(n, other) ? 1 : 0;
    }
    return together >= 2;
  }

  boolean quorum() {
    return serves(0) || serves(1) || serves(2);
  }

  /** Whether this host's daemon finds a member through which it can read and write. */
  boolean reaches(int from) {
    for (int n = 0; n < 3; n++) {
      if (serves(n) && (n == from || (!setup.loopback() && linked(from, n)))) {
        return true;
      }
    }
    return false;
  }

  Optional<LockDocument.Holder> holder() {
    return register.holder();
  }

  boolean holds(Host host) {
    return holder().filter(one -> one.machineId().equals(host.self().machineId())).isPresent();
  }

  /** Time passes, and what is due happens; every daemon whose round is due makes it. */
  void pass(long length) {
    long drift = 0;
    for (Host host : hosts) {
      drift = Math.max(drift, 10L * host.events);
    }
    now += Math.max(length, drift);
    for (Host host : hosts) {
      host.events = 0;
      due(host);
    }
    register.pass(setup.lease());
    physics();
    for (Host host : hosts) {
      if (host.runs() && host.nextRound <= now) {
        daemons.attest(host);
      }
    }
    for (Host host : hosts) {
      if (host.runs() && host.nextRound <= now) {
        host.nextRound = now + ROUND;
        daemons.round(host);
      }
    }
  }

  private void due(Host host) {
    if (host.hostBackAt <= now) {
      host.hostBackAt = Host.NEVER;
      boot(host);
    }
    if (host.daemonBackAt <= now && host.on) {
      host.daemonBackAt = Host.NEVER;
      start(host);
    }
    if (host.etcd == Host.Process.DEAD
        && host.on
        && host.docker == Host.Docker.WELL
        && !host.broken
        && host.etcdBackAt == Host.NEVER) {
      host.etcdBackAt = now + ETCD_STARTS;
    }
    if (host.etcdBackAt <= now) {
      host.etcdBackAt = Host.NEVER;
      if (host.docker == Host.Docker.WELL && !host.broken) {
        host.etcd = Host.Process.ALIVE;
        host.pid += 10;
        note("etcd of " + host.name() + " runs again");
      }
    }
  }

  private void boot(Host host) {
    long off = now - host.bootedAt;
    host.log =
        new RepairLog(
            host.log.acted().stream().map(then -> then.minusMillis(off)).toList(),
            host.log.failures());
    host.bootedAt = now;
    host.on = true;
    host.docker = Host.Docker.DEAD;
    host.etcd = Host.Process.DEAD;
    note(host.name() + " boots: docker and etcd do not run yet");
    start(host);
  }

  private void start(Host host) {
    host.daemon = true;
    host.daemonStart = now;
    host.state = RepairState.start(host.self(), host.log);
    host.eyes = Eyes.opened(host.index, host.clock(now));
    host.nextRound = now;
    host.ask = Host.Ask.NONE;
    host.askAgain = 0;
    note("the daemon of " + host.name() + " starts");
  }

  /** Who serves and who leads follows from who lives and is linked. */
  void physics() {
    for (Host host : hosts) {
      boolean serves = serves(host.index);
      if (serves && host.servesSince < 0) {
        host.servesSince = now;
        host.downSince = -1;
      } else if (!serves && (host.servesSince >= 0 || host.downSince < 0)) {
        host.servesSince = -1;
        host.downSince = now;
      }
    }
    for (Host host : hosts) {
      boolean sick = host.docker != Host.Docker.WELL;
      host.sickSince = !sick ? -1 : host.sickSince < 0 ? now : host.sickSince;
    }
    if (leader < 0 || !serves(leader)) {
      leader = serves(0) ? 0 : serves(1) ? 1 : serves(2) ? 2 : -1;
    }
    oracle.observe();
  }

  Instant wall(Host host) {
    return EPOCH.plusMillis(now + host.wallSkew);
  }

  /** Whether an action of this host's daemon waits for its end. */
  boolean pending(Host host) {
    return host.runs() && host.state.inFlight().isPresent();
  }

  /** Whether some daemon is about to signal etcd. */
  boolean ending() {
    return Arrays.stream(hosts)
        .anyMatch(
            host ->
                pending(host)
                    && host.state.inFlight().orElseThrow() instanceof RepairAction.EndEtcd);
  }

  /** How many masters' living voters were spent by their own daemons, well or not. */
  long turns() {
    return Arrays.stream(hosts).filter(host -> host.witness.lastStop > 0).count();
  }

  /** The action in flight ends. */
  void finish(Host host, Fate fate) {
    hands.finish(host, fate);
  }

  /** The state, without what no later step depends on. */
  @SuppressWarnings("EnumOrdinal") // Of one run only.
  long fingerprint() {
    Fingerprint print = new Fingerprint();
    print.add(now);
    print.add(leader);
    print.add(register.revision);
    print.add(register.lock);
    print.add(register.garbage);
    print.add(register.heldSince);
    print.add(register.late);
    for (Host host : hosts) {
      print.add(
          (host.docker.ordinal() * 3 + host.etcd.ordinal()) * 16
              + (host.on ? 8 : 0)
              + (host.cut ? 4 : 0)
              + (host.broken ? 2 : 0)
              + (host.daemon ? 1 : 0));
      print.add(host.bootedAt);
      print.add(host.wallSkew);
      print.add(host.events);
      print.add(host.pid);
      print.add(host.etcdBackAt);
      print.add(host.hostBackAt);
      print.add(host.daemonBackAt);
      print.add(host.actedAt);
      print.add(host.nextRound);
      print.add(pending(host) ? host.decidedAt : 0);
      print.add(host.ask.ordinal());
      print.add(host.ask == Host.Ask.DELAYED ? host.actAt : 0);
      print.add(host.askAgain);
      print.add(attested[host.index] == null ? 0 : attested[host.index].sequence());
      print.add(attested[host.index] == null ? 0 : attested[host.index].repair().hashCode());
      host.eyes.fingerprint(print);
      print.add(host.state);
      print.add(host.servesSince);
      print.add(host.downSince);
      host.witness.fingerprint(print);
    }
    return print.value();
  }
}
