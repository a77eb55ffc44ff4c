package io.hasupervisor.disruption;

import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.decide.disruption.Moment;
import io.hasupervisor.decide.disruption.Rank;
import io.hasupervisor.decide.disruption.RepairAction;
import io.hasupervisor.decide.disruption.RepairAnswer;
import io.hasupervisor.decide.disruption.RepairEvent;
import io.hasupervisor.decide.disruption.RepairPhase;
import io.hasupervisor.decide.disruption.RepairStep;
import io.hasupervisor.decide.disruption.Scene;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.HostReport;
import io.hasupervisor.publish.RepairStatusView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The daemons of three masters, and the stand-in for the service machine, which asks before it
 * touches docker and acts within two seconds once it may.
 */
final class Daemons {
  /** Between two attestations where all is well. */
  private static final long SELDOM = 30_000;

  private final World world;

  Daemons(World world) {
    this.world = world;
  }

  void attest(Host host) {
    boolean often = world.holder().isPresent() || !host.eyes.full();
    Attestation last = world.attested[host.index];
    boolean lately = last != null && world.now - last.sequence() < SELDOM;
    if (!world.serves(host.index) || (lately && !often)) {
      return;
    }
    world.attested[host.index] =
        new Attestation(
            Host.member(host.index),
            new EtcdId(0xabc),
            host.name(),
            host.self().machineId(),
            host.boot(),
            world.now,
            1,
            1,
            "3.4.23",
            Duration.ofMillis(10),
            List.of(),
            host.eyes.ownWell(),
            host.docker.name(),
            "HEALTHY",
            RepairStatusView.attested(host.state),
            HostReport.NONE,
            world.wall(host));
  }

  void round(Host host) {
    step(host, new RepairEvent.Looked(look(host)));
    if (world.reaches(host.index)) {
      Duration asked = host.clock(world.now);
      host.events++;
      step(host, new RepairEvent.LockRead(world.register.read(), asked));
    }
    step(
        host,
        new RepairEvent.Served(
            host.ask == Host.Ask.GRANTED || world.now - host.actedAt < World.ROUND,
            host.well(),
            false));
    step(host, new RepairEvent.Ticked());
    ask(host);
  }

  Scene look(Host host) {
    host.events++;
    Duration at = host.clock(world.now);
    var view = host.eyes.look(world, at);
    world.oracle.looked(host);
    List<String> apiservers = new ArrayList<>(2);
    List<String> busy = new ArrayList<>(0);
    for (int n = 0; n < 3; n++) {
      int other = n;
      if (n != host.index && world.linked(host.index, n) && world.serves(n)) {
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
        world.serves(host.index),
        world.serves(host.index) ? Optional.empty() : Optional.of(host.clock(host.downSince)),
        apiservers,
        busy,
        false,
        false,
        Duration.ofMillis(world.now - host.bootedAt),
        host.sickSince < 0 ? Optional.empty() : Optional.of(host.clock(host.sickSince)),
        new Rank(host.index, 3));
  }

  /** The service machine of this host asks before it touches docker. */
  private void ask(Host host) {
    if (host.ask == Host.Ask.DELAYED && world.now >= host.actAt) {
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
    if (host.ask != Host.Ask.NONE
        || world.now < host.askAgain
        || world.now - host.actedAt < 2 * World.ROUND) {
      return;
    }
    host.wanted = host.docker == Host.Docker.DEAD ? Disruption.Kind.START : Disruption.Kind.RESTART;
    if (host.wanted == Disruption.Kind.START && !world.setup.asksToStart()) {
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
    world.note(host.name() + " acts: " + host.wanted + " docker");
    if (host.processAlive()) {
      world.oracle.stops(host, "docker");
    }
    host.ask = Host.Ask.NONE;
    host.actedAt = world.now;
    host.witness.acted |= host.state.phase() instanceof RepairPhase.Acting;
    host.witness.wellSince = -1;
    host.docker = Host.Docker.WELL;
    host.etcd = Host.Process.DEAD;
    host.etcdBackAt = host.broken ? Host.NEVER : world.now + World.ETCD_STARTS;
    world.physics();
  }

  /** One event for one daemon. */
  void step(Host host, RepairEvent event) {
    host.events++;
    world.steps++;
    Duration clock = host.clock(world.now);
    Moment moment =
        new Moment(clock, world.wall(host), host.name() + "-" + world.now + "-" + host.events);
    RepairStep step = world.setup.rules().step(world.setup.settings(), host.state, event, moment);
    if (world.trace.isPresent() && Telling.worth(host, event, step)) {
      world.note(Telling.step(host, event, step));
    }
    host.state = step.next();
    host.log = step.next().log();
    if (step.action().orElse(null) instanceof RepairAction.EndEtcd) {
      host.decidedAt = world.now;
    }
    step.answer().ifPresent(answer -> answered(host, answer));
  }

  private void answered(Host host, RepairAnswer answer) {
    Violation.unless(host.ask == Host.Ask.WAITING, "nobody is answered who does not wait");
    switch (answer) {
      case RepairAnswer.Granted _ -> {
        world.oracle.granted(host);
        host.ask = Host.Ask.GRANTED;
      }
      case RepairAnswer.GrantedAfter after -> {
        world.oracle.granted(host);
        host.ask = Host.Ask.DELAYED;
        host.actAt = world.now + after.delay().toMillis();
      }
      case RepairAnswer.Refused refused -> {
        host.ask = Host.Ask.NONE;
        host.askAgain = world.now + refused.refusal().again().toMillis();
      }
    }
  }
}
