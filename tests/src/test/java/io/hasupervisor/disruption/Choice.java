package io.hasupervisor.disruption;

import io.hasupervisor.decide.disruption.RepairAction;
import io.hasupervisor.observe.disruption.LockDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One thing that may happen next. */
sealed interface Choice {

  /** Makes it happen. */
  void in(World world);

  /** What it takes from the number of faults that may still happen. */
  default int cost() {
    return 1;
  }

  /** Time passes until the next round, or to the end of a stretch in which nothing is going on. */
  record Wait() implements Choice {
    private static final int QUIET = 6;

    @Override
    public void in(World world) {
      for (int rounds = 0; rounds < QUIET; rounds++) {
        world.pass(World.ROUND);
        if (busy(world)) {
          return;
        }
      }
    }

    private static boolean busy(World world) {
      if (world.holder().isPresent() || world.register.late.isPresent()) {
        return true;
      }
      for (Host host : world.hosts) {
        if (world.pending(host) || host.ask == Host.Ask.GRANTED) {
          return true;
        }
      }
      return false;
    }

    @Override
    public int cost() {
      return 0;
    }
  }

  /** The action that a daemon waits for ends. */
  record Finish(int host, Fate fate) implements Choice {
    @Override
    public void in(World world) {
      world.finish(world.hosts[host], fate);
    }

    @Override
    public int cost() {
      return fate == Fate.DONE ? 0 : 1;
    }
  }

  /** What was granted is done. */
  record Act(int host) implements Choice {
    @Override
    public void in(World world) {
      world.daemons.act(world.hosts[host]);
    }

    @Override
    public int cost() {
      return 0;
    }
  }

  /** A late write is done; whether one happens at all was paid for. */
  record ApplyLate() implements Choice {
    @Override
    public void in(World world) {
      world.register.applyLate();
    }

    @Override
    public int cost() {
      return 0;
    }
  }

  /** Time passes although a daemon waits for an answer, which comes later. */
  record Slow() implements Choice {
    @Override
    public void in(World world) {
      world.pass(World.ROUND);
    }
  }

  /** What comes from outside. */
  enum Blow {
    ETCD_KILLED,
    ETCD_KILLED_FOR_GOOD,
    ETCD_FREEZES,
    POWER_LOSS,
    DAEMON_KILLED,
    CUT_OFF,
    CLOCK_JUMPS,
    DOCKER_HANGS
  }

  /** Something happens to one master. */
  record Strike(int host, Blow blow) implements Choice {
    @Override
    public void in(World world) {
      world.note(blow + " on " + Host.name(host));
      strike(world, world.hosts[host], blow);
      world.physics();
    }

    private static void strike(World world, Host host, Blow blow) {
      switch (blow) {
        case ETCD_KILLED -> kill(world, host);
        case ETCD_KILLED_FOR_GOOD -> {
          host.broken = true;
          kill(world, host);
        }
        case ETCD_FREEZES -> host.etcd = Host.Process.FROZEN;
        case POWER_LOSS -> {
          host.on = false;
          host.etcd = Host.Process.DEAD;
          host.docker = Host.Docker.DEAD;
          host.etcdBackAt = Host.NEVER;
          host.daemonBackAt = Host.NEVER;
          host.hostBackAt = world.now + World.HOST_BOOTS;
          host.ask = Host.Ask.NONE;
        }
        case DAEMON_KILLED -> {
          host.daemon = false;
          host.daemonBackAt = world.now + World.DAEMON_STARTS;
          host.ask = Host.Ask.NONE;
        }
        case CUT_OFF -> host.cut = true;
        case CLOCK_JUMPS -> {
          host.wallSkew += 3_600_000;
          world.clocksJumped = true;
        }
        case DOCKER_HANGS -> host.docker = Host.Docker.HUNG;
      }
    }

    private static void kill(World world, Host host) {
      host.etcd = Host.Process.DEAD;
      host.etcdBackAt =
          host.docker == Host.Docker.WELL && !host.broken
              ? world.now + World.ETCD_STARTS
              : Host.NEVER;
    }
  }

  /** An operator forbids to disturb anybody. */
  record Freeze() implements Choice {
    @Override
    public void in(World world) {
      LockDocument old = world.register.lock.orElse(LockDocument.EMPTY);
      world.note("an operator freezes the lock");
      world.register.set(
          Optional.of(
              new LockDocument(
                  old.holder(),
                  Optional.of(new LockDocument.Freeze("operator", "work", World.EPOCH)),
                  old.history(),
                  old.rolling())));
    }
  }

  /** All that can happen next, where so many faults may still happen. */
  static List<Choice> of(World world, int faults) {
    List<Choice> choices = new ArrayList<>();
    boolean waiting = false;
    for (Host host : world.hosts) {
      if (host.on && host.ask == Host.Ask.GRANTED) {
        choices.add(new Act(host.index));
        waiting = true;
      }
      if (world.pending(host)) {
        choices.add(new Finish(host.index, Fate.DONE));
        waiting = true;
      }
    }
    if (world.register.late.isPresent()) {
      choices.add(new ApplyLate());
    }
    if (!waiting) {
      choices.add(new Wait());
    }
    if (faults > 0) {
      faults(world, choices);
    }
    return choices;
  }

  private static void faults(World world, List<Choice> choices) {
    boolean granted = false;
    boolean pending = false;
    for (Host host : world.hosts) {
      granted |= host.ask == Host.Ask.GRANTED;
      if (world.pending(host)) {
        pending = true;
        for (Fate fate : fates(host)) {
          choices.add(new Finish(host.index, fate));
        }
      }
      for (Blow blow : Blow.values()) {
        if (possible(world, host, blow)) {
          choices.add(new Strike(host.index, blow));
        }
      }
    }
    if (pending && !granted) {
      choices.add(new Slow());
    }
    if (world.register.freeze().isEmpty() && world.quorum()) {
      choices.add(new Freeze());
    }
  }

  private static List<Fate> fates(Host host) {
    return switch (host.state.inFlight().orElseThrow()) {
      case RepairAction.WriteLock _ -> List.of(Fate.REFUSED, Fate.LOST, Fate.UNANSWERED, Fate.LATE);
      case RepairAction.Look _ -> List.of(Fate.REFUSED, Fate.STALE);
      case RepairAction.ReadLock _ -> List.of(Fate.REFUSED);
      case RepairAction.MoveLeader _, RepairAction.EndEtcd _ ->
          List.of(Fate.REFUSED, Fate.UNANSWERED);
    };
  }

  static boolean possible(World world, Host host, Blow blow) {
    boolean runs = host.on && host.etcd == Host.Process.ALIVE;
    return switch (blow) {
      case ETCD_KILLED, ETCD_KILLED_FOR_GOOD, ETCD_FREEZES -> runs;
      case POWER_LOSS -> host.on;
      case DAEMON_KILLED -> host.runs();
      case CUT_OFF -> !host.cut;
      case CLOCK_JUMPS -> world.holder().isPresent() && !world.holds(host);
      case DOCKER_HANGS -> host.on && host.docker == Host.Docker.WELL;
    };
  }
}
