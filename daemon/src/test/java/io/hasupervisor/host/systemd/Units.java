package io.hasupervisor.host.systemd;

import io.hasupervisor.host.systemd.UnitFacts.Files;
import io.hasupervisor.host.systemd.UnitFacts.MainProcess;
import io.hasupervisor.host.systemd.UnitFacts.Restarts;
import io.hasupervisor.host.systemd.UnitFacts.Times;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Facts of a unit in a test: begins with one never started; times are in seconds since boot. */
public record Units(
    String load,
    String active,
    String sub,
    Optional<String> job,
    String id,
    String result,
    boolean skipped,
    MainProcess main,
    Duration delay,
    Times times) {

  /** Facts of the same, restarted by systemd under {@code policy}, with these files heeded. */
  public UnitFacts facts(String policy, Path... dropIns) {
    UnitFacts plain = facts();
    return new UnitFacts(
        plain.loadState(),
        plain.loadError(),
        plain.activeState(),
        plain.subState(),
        plain.job(),
        plain.invocationId(),
        plain.result(),
        plain.startSkipped(),
        plain.main(),
        new Restarts(policy, 0, delay),
        plain.times(),
        new Files(Optional.empty(), List.of(dropIns), Optional.empty()));
  }

  public static Units unit(String active, String sub) {
    return new Units(
        "loaded",
        active,
        sub,
        Optional.empty(),
        "",
        "success",
        false,
        new MainProcess(0, 0, 0, Duration.ZERO, Duration.ZERO),
        Duration.ZERO,
        times(0, 0, 0));
  }

  /** The life {@code id} began at {@code at}; its main process {@code pid}, if any, at once. */
  public Units started(String id, int pid, double at) {
    return new Units(
        load,
        active,
        sub,
        job,
        id,
        result,
        skipped,
        new MainProcess(pid, 0, 0, pid > 0 ? seconds(at) : Duration.ZERO, Duration.ZERO),
        delay,
        times(at, 0, at));
  }

  /** The main process began later than the unit's start. */
  public Units processStarted(double at) {
    MainProcess begun =
        new MainProcess(main.pid(), main.exitCode(), main.exitStatus(), seconds(at), Duration.ZERO);
    return new Units(load, active, sub, job, id, result, skipped, begun, delay, times);
  }

  /** The main process ended; {@code code} as in sigaction(2). */
  public Units ended(int code, int status, double at) {
    MainProcess gone = new MainProcess(0, code, status, main.startedAt(), seconds(at));
    return new Units(load, active, sub, job, id, result, skipped, gone, delay, times);
  }

  public Units leftActive(double at, double lastChange) {
    Times changed = new Times(times.inactiveExit(), seconds(at), seconds(lastChange));
    return new Units(load, active, sub, job, id, result, skipped, main, delay, changed);
  }

  public Units result(String result) {
    return new Units(load, active, sub, job, id, result, skipped, main, delay, times);
  }

  public Units load(String load) {
    return new Units(load, active, sub, job, id, result, skipped, main, delay, times);
  }

  public Units job(String type) {
    return new Units(load, active, sub, Optional.of(type), id, result, skipped, main, delay, times);
  }

  public Units startSkipped() {
    return new Units(load, active, sub, job, id, result, true, main, delay, times);
  }

  public Units restartDelay(double seconds) {
    return new Units(load, active, sub, job, id, result, skipped, main, seconds(seconds), times);
  }

  public UnitFacts facts() {
    return new UnitFacts(
        load,
        "why it is not loaded",
        active,
        sub,
        job,
        id,
        result,
        skipped,
        main,
        new Restarts("no", 0, delay),
        times,
        new Files(Optional.empty(), List.of(), Optional.empty()));
  }

  private static Times times(double inactiveExit, double activeExit, double stateChange) {
    return new Times(seconds(inactiveExit), seconds(activeExit), seconds(stateChange));
  }

  public static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
