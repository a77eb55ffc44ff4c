package io.hasupervisor.decide.disruption;

import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One master's daemon on the real machine: what it does and answers, in a few words each. */
final class Daemon {
  static final Disruption RESTART =
      new Disruption(Disruption.Kind.RESTART, "docker", Disruption.Origin.DAEMON);
  static final Disruption ORDER =
      new Disruption(Disruption.Kind.RESTART, "docker", Disruption.Origin.OPERATOR);
  static final Disruption START =
      new Disruption(Disruption.Kind.START, "docker", Disruption.Origin.INIT);

  final int number;
  final List<String> told = new ArrayList<>();

  /** Whether docker and all on it is well, and whether somebody works on it. */
  boolean well = true;

  boolean busy;
  boolean failed;

  /** Ahead of everybody else's wall clock. */
  Duration fast = Duration.ZERO;

  RepairState state;
  Optional<RepairAction> wanted = Optional.empty();
  private final Town town;
  private int moments;

  Daemon(Town town, int number) {
    this.town = town;
    this.number = number;
    this.state = RepairState.start(self(), RepairLog.EMPTY);
  }

  private RepairState.Self self() {
    return new RepairState.Self("machine-" + number, "m" + number, "boot-" + number);
  }

  /** It ends in the middle of whatever it does, and another life begins; its log is kept. */
  void restarts() {
    state = RepairState.start(self(), state.log());
    wanted = Optional.empty();
    told.add("restarted");
  }

  String attested() {
    return switch (state.phase()) {
      case RepairPhase.Idle _ -> "none";
      case RepairPhase.Blocked _ -> "blocked";
      default -> "running";
    };
  }

  String phase() {
    return state.phase().label();
  }

  void asks(Disruption disruption) {
    step(new RepairEvent.Asked(disruption));
  }

  void step(RepairEvent event) {
    Moment moment = new Moment(town.now, town.wall.plus(fast), "n" + number + "-" + ++moments);
    RepairStep step = RepairMachine.step(RepairSettings.DEFAULT, state, event, moment);
    state = step.next();
    step.answer().ifPresent(answer -> told.add(words(answer)));
    if (step.action().isPresent()) {
      wanted = step.action();
    }
  }

  /** What it wants done is done, until it wants nothing more for now. */
  void lives() {
    step(new RepairEvent.Ticked());
    step(new RepairEvent.Served(busy, well, failed));
    performsAll();
  }

  void performsAll() {
    for (int i = 0; i < 50 && wanted.isPresent(); i++) {
      performs();
    }
  }

  void round() {
    step(new RepairEvent.Looked(town.scene(number)));
    if (town.quorum()) {
      step(new RepairEvent.LockRead(town.lock, town.now));
    }
  }

  /** The next action is done as it should. */
  void performs() {
    RepairAction action = begins();
    ends(outcome(action));
  }

  RepairAction begins() {
    RepairAction action = wanted.orElseThrow();
    wanted = Optional.empty();
    told.add(words(action));
    town.moment();
    return action;
  }

  void ends(RepairOutcome outcome) {
    town.moment();
    step(new RepairEvent.Finished(outcome, town.now));
  }

  /** What really happens. */
  RepairOutcome outcome(RepairAction action) {
    return switch (action) {
      case RepairAction.ReadLock _ -> {
        if (!town.quorum()) {
          yield new RepairOutcome.Failed(GateReason.LOCK_UNREACHABLE, "timed out");
        }
        step(new RepairEvent.LockRead(town.lock, town.now));
        yield new RepairOutcome.Done(0);
      }
      case RepairAction.WriteLock write -> written(write);
      case RepairAction.Look _ -> {
        step(new RepairEvent.Looked(town.scene(number)));
        yield new RepairOutcome.Done(0);
      }
      case RepairAction.MoveLeader(var to) -> {
        town.leader = (int) to.bits();
        town.unrest = Optional.of(town.now);
        yield new RepairOutcome.Done(0);
      }
      case RepairAction.EndEtcd _ -> {
        town.down.add(number);
        yield new RepairOutcome.Done(0);
      }
    };
  }

  private RepairOutcome written(RepairAction.WriteLock write) {
    if (town.full) {
      return new RepairOutcome.Failed(GateReason.LOCK_READ_ONLY, "NOSPACE");
    }
    if (!town.quorum()) {
      return new RepairOutcome.Failed(GateReason.LOCK_UNREACHABLE, "no leader");
    }
    return town.swap(write.next(), write.expected())
        ? new RepairOutcome.Done(town.lock.revision())
        : new RepairOutcome.Lost();
  }

  static String words(RepairAction action) {
    return switch (action) {
      case RepairAction.ReadLock _ -> "reads";
      case RepairAction.WriteLock(var next, long _) ->
          next.holder().isPresent() ? "writes " + next.holder().get().node() : "frees";
      case RepairAction.Look _ -> "looks";
      case RepairAction.MoveLeader(var to) -> "moves the leader to m" + to;
      case RepairAction.EndEtcd(long pid, long _) -> "ends etcd " + pid;
    };
  }

  private static String words(RepairAnswer answer) {
    return switch (answer) {
      case RepairAnswer.Granted _ -> "granted";
      case RepairAnswer.GrantedAfter(Duration delay) -> "granted after " + delay;
      case RepairAnswer.Refused(GateRefusal refusal) -> "refused " + refusal.reason();
    };
  }

  /** Docker was restarted, and everything on it is well again. */
  void recovers() {
    town.recovers(number);
    busy = false;
    well = true;
  }

  /** The lock as it was read last. */
  Optional<LockSeen> seen() {
    return state.lock().seen();
  }
}
