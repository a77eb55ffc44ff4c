package io.hasupervisor.disruption;

import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.Moment;
import io.hasupervisor.decide.disruption.Rank;
import io.hasupervisor.decide.disruption.RepairAction;
import io.hasupervisor.decide.disruption.RepairAnswer;
import io.hasupervisor.decide.disruption.RepairEvent;
import io.hasupervisor.decide.disruption.RepairLog;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.decide.disruption.RepairPhase;
import io.hasupervisor.decide.disruption.RepairState;
import io.hasupervisor.decide.disruption.RepairStep;
import io.hasupervisor.decide.disruption.Scene;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.HostReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  /** A write that its daemon gave up, and that etcd may still do. */
  record Late(int host, LockDocument next, long expected, long until) {}

  final Setup setup;
  Host[] hosts = new Host[3];
  long now;
  long steps;
  int leader = 0;
  long revision;
  Optional<LockDocument> lock = Optional.empty();
  boolean garbage;
  boolean full;
  boolean clocksJumped;
  long heldSince;
  Attestation[] attested = new Attestation[3];
  Optional<Late> late = Optional.empty();
  final Oracle oracle;
  Optional<Consumer<String>> trace = Optional.empty();

  World(Setup setup) {
    this.setup = setup;
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
    oracle = new Oracle(this);
    for (int n = 0; n < 3; n++) {
      hosts[n] = from.hosts[n].copy();
    }
    now = from.now;
    steps = from.steps;
    leader = from.leader;
    revision = from.revision;
    lock = from.lock;
    garbage = from.garbage;
    full = from.full;
    clocksJumped = from.clocksJumped;
    heldSince = from.heldSince;
    attested = from.attested.clone();
    late = from.late;
  }

  World copy() {
    return new World(this);
  }

  void note(String line) {
    trace.ifPresent(told -> told.accept("%9.3f s  %s".formatted(now / 1000.0, line)));
  }

  // --- etcd -------------------------------------------------------------------------------------

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
    return lock.flatMap(LockDocument::holder);
  }

  boolean holds(Host host) {
    return holder().filter(one -> one.machineId().equals(host.self().machineId())).isPresent();
  }

  /** Sets the lock from outside the daemons' protocol. */
  void set(Optional<LockDocument> next) {
    revision++;
    lock = next;
    garbage = false;
  }

  private RepairOutcome compareAndSet(Host host, LockDocument next, long expected) {
    if (full) {
      return new RepairOutcome.Failed(GateReason.LOCK_READ_ONLY, "mvcc: database space exceeded");
    }
    if (expected != (lock.isEmpty() && !garbage ? 0 : revision)) {
      return new RepairOutcome.Lost();
    }
    oracle.writes(host, lock.orElse(LockDocument.EMPTY), next);
    if (next.holder().isPresent()
        && !next.holder().map(LockDocument.Holder::nonce).equals(holder().map(h -> h.nonce()))) {
      heldSince = now;
    }
    set(Optional.of(next));
    note(
        "   lock, revision %d: %s"
            .formatted(revision, holder().map(h -> h.node() + " " + h.action()).orElse("free")));
    return new RepairOutcome.Done(revision);
  }

  private LockSeen read() {
    if (garbage) {
      return new LockSeen.Unreadable("no JSON", false, revision);
    }
    return new LockSeen.Readable(lock.orElse(LockDocument.EMPTY), lock.isEmpty() ? 0 : revision);
  }

  /** What was given up long ago happens after all. */
  void applyLate() {
    Late write = late.orElseThrow();
    late = Optional.empty();
    if (quorum()) {
      note("etcd does the late write of " + Host.name(write.host()));
      compareAndSet(hosts[write.host()], write.next(), write.expected());
    }
  }

  // --- time -------------------------------------------------------------------------------------

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
    late = late.filter(write -> write.until() > now);
    if (setup.lease() > 0 && holder().isPresent() && now - heldSince >= setup.lease()) {
      LockDocument old = lock.orElseThrow();
      note("etcd drops the holder: its lease ended");
      set(
          Optional.of(
              new LockDocument(Optional.empty(), old.freeze(), old.history(), old.rolling())));
    }
    physics();
    for (Host host : hosts) {
      if (host.runs() && host.nextRound <= now) {
        attest(host);
      }
    }
    for (Host host : hosts) {
      if (host.runs() && host.nextRound <= now) {
        host.nextRound = now + ROUND;
        round(host);
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
    host.witness.proven = Duration.ofDays(-999);
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

  private void attest(Host host) {
    boolean often = holder().isPresent() || !host.eyes.full();
    if (!serves(host.index) || (!often && now / ROUND % 3 != host.index)) {
      return;
    }
    attested[host.index] =
        new Attestation(
            Host.member(host.index),
            new EtcdId(0xabc),
            host.name(),
            host.self().machineId(),
            host.boot(),
            now,
            1,
            1,
            "3.4.23",
            Duration.ofMillis(10),
            List.of(),
            host.eyes.ownWell(),
            host.docker.name(),
            "HEALTHY",
            repair(host.state.phase()),
            HostReport.NONE,
            wall(host));
  }

  private static String repair(RepairPhase phase) {
    return switch (phase.label()) {
      case "IDLE", "ASKING" -> "none";
      case "REPAIR_BLOCKED" -> "blocked";
      default -> "running";
    };
  }

  Instant wall(Host host) {
    return EPOCH.plusMillis(now + host.wallSkew);
  }

  // --- daemons ----------------------------------------------------------------------------------

  private void round(Host host) {
    step(host, new RepairEvent.Looked(look(host)));
    if (reaches(host.index)) {
      Duration asked = host.clock(now);
      host.events++;
      step(host, new RepairEvent.LockRead(read(), asked));
    }
    step(
        host,
        new RepairEvent.Served(
            host.ask == Host.Ask.GRANTED || now - host.actedAt < ROUND, host.well()));
    step(host, new RepairEvent.Ticked());
    ask(host);
  }

  private Scene look(Host host) {
    host.events++;
    Duration at = host.clock(now);
    var view = host.eyes.look(this, at);
    oracle.looked(host, at);
    List<String> apiservers = new ArrayList<>(2);
    List<String> busy = new ArrayList<>(0);
    for (int n = 0; n < 3; n++) {
      int other = n;
      if (n != host.index && linked(host.index, n) && serves(n)) {
        apiservers.add(Host.name(n));
      }
      view.attested().stream()
          .filter(heard -> heard.newest().member().equals(Host.member(other)))
          .filter(heard -> heard.fresh(at) && heard.newest().repair().equals("running"))
          .forEach(heard -> busy.add(heard.newest().node()));
    }
    return new Scene(
        Optional.of(view),
        host.process(),
        at,
        false,
        false,
        serves(host.index),
        serves(host.index) ? Optional.empty() : Optional.of(host.clock(host.downSince)),
        apiservers,
        busy,
        false,
        false,
        Duration.ofMillis(now - host.bootedAt),
        host.sickSince < 0 ? Optional.empty() : Optional.of(host.clock(host.sickSince)),
        new Rank(host.index, 3));
  }

  /** The service machine of this host asks before it touches docker. */
  private void ask(Host host) {
    if (host.ask == Host.Ask.DELAYED && now >= host.actAt) {
      // The desk looks once more whether it is still free.
      if (host.processAlive()) {
        host.ask = Host.Ask.NONE;
      } else {
        act(host);
      }
    }
    if (host.docker == Host.Docker.WELL) {
      if (host.ask == Host.Ask.WAITING) {
        host.ask = Host.Ask.NONE;
        step(host, new RepairEvent.Withdrawn());
      }
      return;
    }
    if (host.ask != Host.Ask.NONE || now < host.askAgain || now - host.actedAt < 2 * ROUND) {
      return;
    }
    host.wanted = host.docker == Host.Docker.DEAD ? Disruption.Kind.START : Disruption.Kind.RESTART;
    if (host.wanted == Disruption.Kind.START && !setup.asksToStart()) {
      act(host);
      return;
    }
    host.ask = Host.Ask.WAITING;
    step(
        host,
        new RepairEvent.Asked(new Disruption(host.wanted, "docker", Disruption.Origin.DAEMON)));
  }

  /** The init system asks whether it may start docker, and does so where it may. */
  void initAsks(Host host) {
    Host.Ask before = host.ask;
    host.ask = Host.Ask.WAITING;
    step(
        host,
        new RepairEvent.Asked(
            new Disruption(Disruption.Kind.START, "docker", Disruption.Origin.INIT)));
    if (host.ask == Host.Ask.GRANTED) {
      act(host);
    } else if (before != Host.Ask.NONE) {
      Violation.unless(host.ask != Host.Ask.WAITING, "one asker at a time waits");
      host.ask = before;
    }
  }

  /** What was granted is done: docker starts anew, and whatever ran under it ends. */
  void act(Host host) {
    note(host.name() + " acts: " + host.wanted + " docker");
    if (host.processAlive()) {
      oracle.stops(host, "docker");
    }
    host.ask = Host.Ask.NONE;
    host.actedAt = now;
    host.witness.acted = true;
    host.witness.wellSince = -1;
    host.docker = Host.Docker.WELL;
    host.etcd = Host.Process.DEAD;
    host.etcdBackAt = host.broken ? Host.NEVER : now + ETCD_STARTS;
    physics();
  }

  /** Whether an action of this host's daemon waits for its end. */
  boolean pending(Host host) {
    return host.runs() && host.state.inFlight().isPresent();
  }

  /** The action in flight ends. */
  void finish(Host host, Fate fate) {
    RepairAction action = host.state.inFlight().orElseThrow();
    host.events++;
    RepairOutcome outcome =
        switch (action) {
          case RepairAction.ReadLock _ -> readLock(host, fate);
          case RepairAction.WriteLock write -> writeLock(host, write, fate);
          case RepairAction.Look _ -> lookAgain(host, fate);
          case RepairAction.MoveLeader move -> moveLeader(host, move, fate);
          case RepairAction.EndEtcd end -> endEtcd(host, end, fate);
        };
    step(host, new RepairEvent.Finished(outcome, host.clock(now)));
  }

  private static RepairOutcome failed(Fate fate) {
    return fate == Fate.REFUSED
        ? new RepairOutcome.Failed(GateReason.LOCK_UNREACHABLE, "refused")
        : new RepairOutcome.Uncertain("no answer");
  }

  private RepairOutcome readLock(Host host, Fate fate) {
    if (fate != Fate.DONE || !reaches(host.index)) {
      return failed(fate == Fate.DONE ? Fate.REFUSED : fate);
    }
    Duration asked = host.clock(now);
    host.events++;
    step(host, new RepairEvent.LockRead(read(), asked));
    return new RepairOutcome.Done(revision);
  }

  private RepairOutcome writeLock(Host host, RepairAction.WriteLock write, Fate fate) {
    if (!reaches(host.index)) {
      return failed(host.etcd == Host.Process.ALIVE ? Fate.LOST : Fate.REFUSED);
    }
    switch (fate) {
      case DONE -> {
        return compareAndSet(host, write.next(), write.expected());
      }
      case UNANSWERED -> compareAndSet(host, write.next(), write.expected());
      case LATE ->
          late = Optional.of(new Late(host.index, write.next(), write.expected(), now + 2 * ROUND));
      case REFUSED, LOST, STALE -> {}
    }
    return failed(fate);
  }

  private RepairOutcome lookAgain(Host host, Fate fate) {
    switch (fate) {
      case DONE -> step(host, new RepairEvent.Looked(look(host)));
      case STALE -> step(host, new RepairEvent.Looked(host.state.scene()));
      case REFUSED, LOST, UNANSWERED, LATE -> {
        return failed(fate);
      }
    }
    return new RepairOutcome.Done(0);
  }

  private RepairOutcome moveLeader(Host host, RepairAction.MoveLeader move, Fate fate) {
    boolean possible = leader == host.index && serves(host.index);
    int to = (int) move.to().bits() - 1;
    if (possible && serves(to) && (fate == Fate.DONE || fate == Fate.UNANSWERED)) {
      leader = to;
      note("   leadership moves to " + Host.name(to));
      return fate == Fate.DONE ? new RepairOutcome.Done(0) : failed(fate);
    }
    return failed(fate == Fate.DONE ? Fate.REFUSED : fate);
  }

  private RepairOutcome endEtcd(Host host, RepairAction.EndEtcd end, Fate fate) {
    boolean same = host.processAlive() && host.pid == end.pid();
    boolean dies =
        host.etcd == Host.Process.ALIVE && (fate == Fate.DONE || fate == Fate.UNANSWERED);
    if (same && dies) {
      oracle.stops(host, "etcd");
      host.etcd = Host.Process.DEAD;
      physics();
    }
    return fate == Fate.DONE && !(same && !dies) ? new RepairOutcome.Done(0) : failed(fate);
  }

  /** One event for one daemon. */
  void step(Host host, RepairEvent event) {
    host.events++;
    steps++;
    Duration clock = host.clock(now);
    Moment moment = new Moment(clock, wall(host), host.name() + "-" + now + "-" + host.events);
    RepairStep step = setup.rules().step(setup.settings(), host.state, event, moment);
    if (trace.isPresent() && Telling.worth(host, event, step)) {
      note(Telling.step(host, event, step));
    }
    host.state = step.next();
    host.log = step.next().log();
    step.answer().ifPresent(answer -> answered(host, answer));
  }

  private void answered(Host host, RepairAnswer answer) {
    Violation.unless(host.ask == Host.Ask.WAITING, "nobody is answered who does not wait");
    switch (answer) {
      case RepairAnswer.Granted _ -> {
        oracle.granted(host);
        host.ask = Host.Ask.GRANTED;
      }
      case RepairAnswer.GrantedAfter after -> {
        oracle.granted(host);
        host.ask = Host.Ask.DELAYED;
        host.actAt = now + after.delay().toMillis();
      }
      case RepairAnswer.Refused refused -> {
        host.ask = Host.Ask.NONE;
        host.askAgain = now + refused.refusal().again().toMillis();
      }
    }
  }

  long dockersWell() {
    return Arrays.stream(hosts).filter(host -> host.docker == Host.Docker.WELL).count();
  }

  /** The state, without what no later step depends on. */
  long fingerprint() {
    Fingerprint print = new Fingerprint();
    print.add(now);
    print.add(leader);
    print.add(revision);
    print.add(lock);
    print.add(garbage);
    print.add(late);
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
      print.add(host.ask.ordinal());
      print.add(host.ask == Host.Ask.DELAYED ? host.actAt : 0);
      print.add(host.askAgain);
      print.add(attested[host.index] == null ? 0 : attested[host.index].sequence());
      print.add(attested[host.index] == null ? 0 : attested[host.index].repair().hashCode());
      host.eyes.fingerprint(print);
      print.add(host.state);
      print.add(host.witness.stopped);
      print.add(host.witness.disturbed);
    }
    return print.value();
  }
}
