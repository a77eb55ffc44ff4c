package io.hasupervisor.disruption;

import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.RepairAction;
import io.hasupervisor.decide.disruption.RepairEvent;
import io.hasupervisor.decide.disruption.RepairOutcome;
import java.time.Duration;
import java.util.Optional;

/** How what a daemon wants done is done, or not, or half. */
final class Hands {
  /** What is done to etcd is not begun later after it was decided. */
  private static final long PROMPT = 2000;

  private final World world;

  Hands(World world) {
    this.world = world;
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
    world.daemons.step(host, new RepairEvent.Finished(outcome, host.clock(world.now)));
  }

  private static RepairOutcome failed(Fate fate) {
    return fate == Fate.REFUSED
        ? new RepairOutcome.Failed(GateReason.LOCK_UNREACHABLE, "refused")
        : new RepairOutcome.Uncertain("no answer");
  }

  private RepairOutcome readLock(Host host, Fate fate) {
    if (fate != Fate.DONE || !world.reaches(host.index)) {
      return failed(fate == Fate.DONE ? Fate.REFUSED : fate);
    }
    Duration asked = host.clock(world.now);
    host.events++;
    world.daemons.step(host, new RepairEvent.LockRead(world.register.read(), asked));
    return new RepairOutcome.Done(world.register.revision);
  }

  private RepairOutcome writeLock(Host host, RepairAction.WriteLock write, Fate fate) {
    if (!world.reaches(host.index)) {
      return failed(host.etcd == Host.Process.ALIVE ? Fate.LOST : Fate.REFUSED);
    }
    switch (fate) {
      case DONE -> {
        return world.register.compareAndSet(host, write.next(), write.expected());
      }
      case UNANSWERED -> world.register.compareAndSet(host, write.next(), write.expected());
      case LATE ->
          world.register.late =
              Optional.of(
                  new Register.Late(
                      host.index, write.next(), write.expected(), world.now + 2 * World.ROUND));
      case REFUSED, LOST, STALE -> {}
    }
    return failed(fate);
  }

  private RepairOutcome lookAgain(Host host, Fate fate) {
    switch (fate) {
      case DONE -> world.daemons.step(host, new RepairEvent.Looked(world.daemons.look(host)));
      case STALE -> world.daemons.step(host, new RepairEvent.Looked(host.state.scene()));
      case REFUSED, LOST, UNANSWERED, LATE -> {
        return failed(fate);
      }
    }
    return new RepairOutcome.Done(0);
  }

  private RepairOutcome moveLeader(Host host, RepairAction.MoveLeader move, Fate fate) {
    boolean possible = world.leader == host.index && world.serves(host.index);
    int to = (int) move.to().bits() - 1;
    if (possible && world.serves(to) && (fate == Fate.DONE || fate == Fate.UNANSWERED)) {
      world.leader = to;
      world.note("   leadership moves to " + Host.name(to));
      return fate == Fate.DONE ? new RepairOutcome.Done(0) : failed(fate);
    }
    return failed(fate == Fate.DONE ? Fate.REFUSED : fate);
  }

  private RepairOutcome endEtcd(Host host, RepairAction.EndEtcd end, Fate fate) {
    if (world.setup.prompt() && world.now - host.decidedAt > PROMPT) {
      return new RepairOutcome.Failed(GateReason.EVIDENCE_OLD, "too late");
    }
    boolean same = host.processAlive() && host.pid == end.pid();
    boolean dies =
        host.etcd == Host.Process.ALIVE && (fate == Fate.DONE || fate == Fate.UNANSWERED);
    if (same && dies) {
      world.oracle.stops(host, "etcd");
      host.etcd = Host.Process.DEAD;
      world.physics();
    }
    return fate == Fate.DONE && !(same && !dies) ? new RepairOutcome.Done(0) : failed(fate);
  }
}
