package io.hasupervisor.disruption;

import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.decide.disruption.RepairLog;
import io.hasupervisor.decide.disruption.RepairState;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;

/**
 * One master as it is, its daemon, and the stand-in for the service machine that asks before it
 * touches docker. Times are milliseconds of the world.
 */
final class Host implements Cloneable {
  static final long NEVER = Long.MAX_VALUE;

  /** What docker does. */
  enum Docker {
    WELL,
    HUNG,
    DEAD
  }

  /** What etcd's process does. */
  @SuppressWarnings("AvoidCommonTypeNames") // The word of this model; nothing is forked here.
  enum Process {
    ALIVE,
    FROZEN,
    DEAD
  }

  /** Where the service machine is with its wish. */
  enum Ask {
    NONE,
    WAITING,
    /** To act now. */
    GRANTED,
    /** To act at {@code actAt}, without the lock. */
    DELAYED
  }

  final int index;
  Docker docker = Docker.WELL;
  Process etcd = Process.ALIVE;
  long pid;
  boolean on = true;
  boolean cut;

  /** Whether a repair does not help: etcd does not come back. */
  boolean broken;

  long bootedAt;
  long wallSkew;

  /**
   * Events since the last jump of time. They make this host's clock go on a little, and no other
   * one's, so that the order of what happens on different hosts leaves no trace in their states.
   */
  int events;

  long etcdBackAt = NEVER;
  long hostBackAt = NEVER;
  long daemonBackAt = NEVER;
  long actedAt = -1_000_000_000_000L;

  boolean daemon = true;
  long daemonStart;
  long nextRound;
  RepairState state;
  RepairLog log = RepairLog.EMPTY;
  Eyes eyes;
  long began;

  /** When it was decided to end etcd. */
  long decidedAt;

  Ask ask = Ask.NONE;
  Disruption.Kind wanted = Disruption.Kind.RESTART;
  long actAt = NEVER;
  long askAgain;

  /** Since when the member serves, {@code -1} where it does not; and since when it does not. */
  long servesSince = -1;

  long downSince = -1;

  /** Since when docker has not been well. */
  long sickSince = -1;

  Witness witness = new Witness();

  Host(int index, long bootedAt) {
    this.index = index;
    this.bootedAt = bootedAt;
    this.pid = 100L + index;
    this.state = RepairState.start(self(), log);
    this.eyes = new Eyes(index);
  }

  Host copy() {
    try {
      Host copy = (Host) clone();
      copy.eyes = eyes.copy();
      copy.witness = witness.copy();
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  static EtcdId member(int index) {
    return new EtcdId(index + 1);
  }

  static String name(int index) {
    return "m" + (index + 1);
  }

  String name() {
    return name(index);
  }

  String boot() {
    return "boot-" + bootedAt;
  }

  RepairState.Self self() {
    return new RepairState.Self("machine-" + name(), name(), boot());
  }

  /** When its newest event happened, where the world says {@code now}. */
  long moment(long now) {
    return now + 10L * events;
  }

  /** This host's monotonic clock. */
  Duration clock(long now) {
    return Duration.ofMillis(moment(now) - bootedAt);
  }

  boolean runs() {
    return on && daemon;
  }

  boolean processAlive() {
    return etcd != Process.DEAD;
  }

  ProcessSeen process() {
    return processAlive() ? new ProcessSeen.Alive(pid, 'S', pid * 100) : new ProcessSeen.Absent();
  }

  /** Docker and etcd as they should be. */
  boolean well() {
    return on && docker == Docker.WELL && servesSince >= 0;
  }
}
