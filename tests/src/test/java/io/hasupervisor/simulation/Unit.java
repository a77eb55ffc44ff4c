package io.hasupervisor.simulation;

import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.observe.Symptom;
import java.time.Duration;
import java.util.Optional;

/** The truth about one service: what really runs, and what its init system really does. */
final class Unit {
  /** Never. */
  private static final long NEVER = Long.MAX_VALUE;

  private final Chance chance;
  private int lives;
  private Optional<Incarnation> life = Optional.empty();
  private long readyAt;
  private long diesAt = NEVER;
  private long stoppingSince = NEVER;
  private long initStartsAt = NEVER;
  private boolean killPending;
  private Exit lastExit = Exit.unknown("never ran");

  boolean sick;
  boolean ignoresTerm;
  boolean unkillable;
  boolean startFails;
  boolean crashesAtOnce;
  boolean slowStart;
  boolean absent;
  boolean jobWaiting;
  boolean initRestarts;
  boolean initBreaksItsWord;
  boolean busLost;
  boolean probesBroken;

  Unit(Chance chance) {
    this.chance = chance;
  }

  /**
   * Everything that would keep a new life from being well is over; the present life stays as it is.
   */
  void calm() {
    ignoresTerm = false;
    unkillable = false;
    startFails = false;
    crashesAtOnce = false;
    slowStart = false;
    absent = false;
    jobWaiting = false;
    initBreaksItsWord = false;
    busLost = false;
    probesBroken = false;
  }

  Optional<Incarnation> life() {
    return life;
  }

  /** What time alone brings: a death, a start by the init system. */
  void passTo(long now) {
    if (life.isPresent() && (diesAt <= now || (killPending && !unkillable))) {
      boolean byOrder = stoppingSince != NEVER;
      end(now, killPending ? new Exit(Exit.Kind.SIGNALED, 9, "") : exit(), !byOrder);
    }
    if (life.isEmpty() && initStartsAt <= now && !initBreaksItsWord) {
      begin(now);
    }
  }

  private Exit exit() {
    return switch (chance.between(0, 5)) {
      case 0 -> new Exit(Exit.Kind.EXITED, 78, "bad configuration");
      case 1 -> new Exit(Exit.Kind.SIGNALED, 9, "oom");
      case 2 -> new Exit(Exit.Kind.START_LIMIT, 0, "start-limit-hit");
      case 3 -> new Exit(Exit.Kind.EXITED, 0, "");
      default -> new Exit(Exit.Kind.EXITED, 1, "");
    };
  }

  private void begin(long now) {
    lives++;
    life = Optional.of(new Incarnation("life" + lives, 1000 + lives, Duration.ofMillis(now)));
    readyAt = now + (slowStart ? chance.between(1000, 20_000) : chance.between(0, 500));
    diesAt = crashesAtOnce ? now + chance.between(0, 800) : NEVER;
    stoppingSince = NEVER;
    initStartsAt = NEVER;
    killPending = false;
    sick = false;
  }

  private void end(long now, Exit exit, boolean restartable) {
    life = Optional.empty();
    lastExit = exit;
    killPending = false;
    stoppingSince = NEVER;
    diesAt = NEVER;
    initStartsAt =
        initRestarts && restartable && exit.kind() != Exit.Kind.START_LIMIT
            ? now + chance.between(50, 3000)
            : NEVER;
  }

  /** It dies of itself. */
  void crash(long now) {
    if (life.isPresent() && !unkillable) {
      end(now, exit(), true);
    }
  }

  /** Somebody else restarts it so fast that nobody sees it dead. */
  void replace(long now) {
    if (life.isPresent() && !unkillable) {
      end(now, exit(), false);
      begin(now);
    }
  }

  /** Somebody else starts it. */
  void startOutside(long now) {
    if (life.isEmpty()) {
      begin(now);
    }
  }

  /** The start order reaches the init system; false when that says no. */
  boolean start(long now) {
    if (busLost || absent || startFails) {
      return false;
    }
    if (life.isEmpty()) {
      begin(now);
    }
    return true;
  }

  /** TERM through the init system, by us or by anybody. */
  boolean stop(long now) {
    if (busLost) {
      return false;
    }
    initStartsAt = NEVER;
    if (life.isPresent() && stoppingSince == NEVER) {
      stoppingSince = now;
      diesAt = ignoresTerm || unkillable ? NEVER : now + chance.between(10, 3000);
    }
    return true;
  }

  /** KILL for exactly this life, or for any. */
  void kill(Optional<Incarnation> victim, long now) {
    if (life.isPresent() && victim.map(life.get()::equals).orElse(true)) {
      killPending = true;
      passTo(now);
    }
  }

  /** What one look says. */
  RunState look() {
    if (busLost) {
      return new RunState.Unclear("no bus");
    }
    if (life.isPresent()) {
      return stoppingSince == NEVER
          ? new RunState.Running(life.get())
          : new RunState.Stopping(life.get(), Duration.ofMillis(stoppingSince));
    }
    if (absent) {
      return new RunState.Absent("no such unit", "install it");
    }
    if (jobWaiting) {
      return new RunState.JobWaiting("start");
    }
    return initStartsAt == NEVER
        ? new RunState.Dead(lastExit)
        : new RunState.RestartingByInit(lastExit, Duration.ofMillis(initStartsAt));
  }

  /** What a probe finds. */
  CheckResult answer(long now) {
    if (probesBroken) {
      return new CheckResult.Inconclusive("no file descriptor left");
    }
    if (life.isEmpty()) {
      return new CheckResult.Failed(Symptom.REFUSED, "refused");
    }
    return sick || now < readyAt
        ? new CheckResult.Failed(Symptom.TIMED_OUT, "no answer")
        : new CheckResult.Passed(Duration.ofMillis(5), "ok");
  }
}
