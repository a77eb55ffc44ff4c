package io.hasupervisor.observe;

import io.hasupervisor.host.systemd.UnitFacts;
import io.hasupervisor.host.systemd.UnitFacts.MainProcess;
import io.hasupervisor.host.systemd.UnitFacts.Times;
import io.hasupervisor.observe.RunState.Absent;
import io.hasupervisor.observe.RunState.Dead;
import io.hasupervisor.observe.RunState.JobWaiting;
import io.hasupervisor.observe.RunState.RestartingByInit;
import io.hasupervisor.observe.RunState.Running;
import io.hasupervisor.observe.RunState.Stopping;
import io.hasupervisor.observe.RunState.Unclear;
import java.time.Duration;

/**
 * Pure: what systemd says of a unit, as a run state. What runs counts before what is on disk: a
 * unit whose file was removed or masked runs on until it ends.
 */
final class SystemdRunState {
  private static final int CLD_EXITED = 1;

  private SystemdRunState() {}

  static RunState of(String unit, UnitFacts facts) {
    return switch (facts.activeState()) {
      case "active", "reloading", "refreshing" -> active(unit, facts);
      case "activating" -> activating(facts);
      case "deactivating" -> new Stopping(life(facts), stoppingSince(facts.times()));
      case "inactive", "failed" -> ended(unit, facts);
      case "maintenance" -> new JobWaiting("clean");
      default -> new Unclear("systemd says " + words(facts) + " of " + unit + ", which is unknown");
    };
  }

  private static RunState active(String unit, UnitFacts facts) {
    if (facts.main().pid() > 0) {
      return new Running(life(facts));
    }
    return facts.subState().equals("exited")
        ? new Absent(
            "systemd keeps " + unit + " active though its process has ended (RemainAfterExit=)",
            "supervise the process itself: another unit, or kind script with its pidfile")
        : new Unclear(
            "systemd knows no main process of "
                + unit
                + ": it needs PIDFile= or another Type= (systemd.service(5))");
  }

  private static RunState activating(UnitFacts facts) {
    if (facts.subState().startsWith("auto-restart")) {
      Duration nextStart = facts.times().stateChange().plus(facts.restarts().delay());
      return new RestartingByInit(exit(facts), nextStart);
    }
    return facts.main().pid() > 0 ? new Running(life(facts)) : new JobWaiting(words(facts));
  }

  private static RunState ended(String unit, UnitFacts facts) {
    if (facts.job().isPresent()) {
      return new JobWaiting(facts.job().get());
    }
    return switch (facts.loadState()) {
      case "not-found" -> noSuchUnit(unit);
      case "masked" -> new Absent(unit + " is masked", "systemctl unmask " + unit);
      case "bad-setting", "error" ->
          new Absent(
              unit + " cannot be loaded: " + facts.loadError(),
              "mend the unit file, then: systemctl daemon-reload");
      default -> new Dead(exit(facts));
    };
  }

  static RunState noSuchUnit(String unit) {
    return new Absent(
        "systemd has no unit " + unit,
        "install it, or correct the unit's name in the configuration");
  }

  /** How the last life ended, or the last attempt to begin one. */
  private static Exit exit(UnitFacts facts) {
    MainProcess main = facts.main();
    Times times = facts.times();
    String result = facts.result();
    if (result.equals("start-limit-hit")) {
      return new Exit(Exit.Kind.START_LIMIT, 0, "start-limit-hit");
    }
    if (result.equals("exec-condition")) {
      return Exit.startFailed("systemd skipped the start: ExecCondition= said no");
    }
    if (facts.startSkipped()) {
      return Exit.startFailed("systemd skipped the start: a Condition or Assert was not met");
    }
    if (main.exitCode() == 0) {
      return result.equals("success")
          ? Exit.unknown("systemd has no record of its last run")
          : Exit.startFailed(result);
    }
    // A stop leaves "active" before the process ends; a death by itself after it.
    boolean stopped =
        result.equals("success")
            && times.activeExit().compareTo(times.inactiveExit()) >= 0
            && times.activeExit().compareTo(main.exitedAt()) < 0;
    if (stopped) {
      return new Exit(Exit.Kind.STOPPED_OUTSIDE, 0, "stopped through systemd");
    }
    return new Exit(
        main.exitCode() == CLD_EXITED ? Exit.Kind.EXITED : Exit.Kind.SIGNALED,
        main.exitStatus(),
        result.equals("success") ? "" : result);
  }

  /**
   * Under systemd 254 and later an automatic restart does not pass through {@code inactive}: the
   * process's own start is then the better beginning.
   */
  private static Incarnation life(UnitFacts facts) {
    Duration began = facts.times().inactiveExit();
    Duration process = facts.main().pid() > 0 ? facts.main().startedAt() : began;
    return new Incarnation(
        facts.invocationId(), facts.main().pid(), process.compareTo(began) > 0 ? process : began);
  }

  /** The sub-state changes with each step of a stop; what counts is when the whole began. */
  private static Duration stoppingSince(Times times) {
    return times.activeExit().compareTo(times.inactiveExit()) >= 0
        ? times.activeExit()
        : times.stateChange();
  }

  private static String words(UnitFacts facts) {
    return facts.activeState() + " (" + facts.subState() + ")";
  }
}
