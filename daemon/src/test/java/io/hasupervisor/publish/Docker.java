package io.hasupervisor.publish;

import io.hasupervisor.assess.Health;
import io.hasupervisor.assess.ProbeBoard;
import io.hasupervisor.assess.Tolerance;
import io.hasupervisor.assess.Verdict;
import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Event.Dependency;
import io.hasupervisor.decide.Facts;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.RestartLog;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.ProbeReport;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.publish.Status.IncidentRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Docker in situations of all kinds, an hour after boot; each call changes one fact. */
record Docker(
    String name,
    boolean observeOnly,
    Phase phase,
    Because because,
    RunState run,
    Verdict verdict,
    List<Dependency> waitingOn,
    Duration dependenciesBackAt,
    Optional<Hold> hold,
    int attempt,
    List<Duration> crashes,
    List<Duration> kills,
    Optional<Exit> exit,
    Optional<CheckResult> ping) {

  static final Duration NOW = Duration.ofHours(1);
  static final Instant BOOT = Instant.parse("2026-11-24T20:00:00Z");
  static final Incarnation LIFE = new Incarnation("abc", 4711, NOW.minusMinutes(7));
  static final CheckResult.Failed NO_ANSWER =
      new CheckResult.Failed(Symptom.TIMED_OUT, "no answer within 5s");
  static final CheckResult.Failed NO_SOCKET =
      new CheckResult.Failed(Symptom.NO_SOCKET, "/run/docker.sock");

  static Docker in(Phase phase, Because because) {
    return new Docker(
        "docker",
        false,
        phase,
        because,
        new RunState.Running(LIFE),
        Verdict.UNKNOWN,
        List.of(),
        Duration.ZERO,
        Optional.empty(),
        0,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  static Duration in(int seconds) {
    return NOW.plusSeconds(seconds);
  }

  static Duration ago(int seconds) {
    return NOW.minusSeconds(seconds);
  }

  Docker named(String other) {
    return new Docker(
        other,
        observeOnly,
        phase,
        because,
        run,
        verdict,
        waitingOn,
        dependenciesBackAt,
        hold,
        attempt,
        crashes,
        kills,
        exit,
        ping);
  }

  Docker observed() {
    return new Docker(
        name,
        true,
        phase,
        because,
        run,
        verdict,
        waitingOn,
        dependenciesBackAt,
        hold,
        attempt,
        crashes,
        kills,
        exit,
        ping);
  }

  Docker run(RunState next) {
    return new Docker(
        name,
        observeOnly,
        phase,
        because,
        next,
        verdict,
        waitingOn,
        dependenciesBackAt,
        hold,
        attempt,
        crashes,
        kills,
        exit,
        ping);
  }

  Docker dead(Exit how) {
    return new Docker(
        name,
        observeOnly,
        phase,
        because,
        new RunState.Dead(how),
        verdict,
        waitingOn,
        dependenciesBackAt,
        hold,
        attempt,
        crashes,
        kills,
        Optional.of(how),
        ping);
  }

  Docker failing(int failures, CheckResult.Failed failure) {
    Verdict sick =
        new Verdict(Health.SICK, failures >= 3, failures, 3, "ping", Optional.of(failure));
    return new Docker(
        name,
        observeOnly,
        phase,
        because,
        run,
        sick,
        waitingOn,
        dependenciesBackAt,
        hold,
        attempt,
        crashes,
        kills,
        exit,
        Optional.of(failure));
  }

  Docker answering(CheckResult result) {
    return new Docker(
        name,
        observeOnly,
        phase,
        because,
        run,
        verdict,
        waitingOn,
        dependenciesBackAt,
        hold,
        attempt,
        crashes,
        kills,
        exit,
        Optional.of(result));
  }

  Docker waitingOn(Dependency... missing) {
    return new Docker(
        name,
        observeOnly,
        phase,
        because,
        run,
        verdict,
        List.of(missing),
        dependenciesBackAt,
        hold,
        attempt,
        crashes,
        kills,
        exit,
        ping);
  }

  Docker dependenciesBack(Duration at) {
    return new Docker(
        name,
        observeOnly,
        phase,
        because,
        run,
        verdict,
        waitingOn,
        at,
        hold,
        attempt,
        crashes,
        kills,
        exit,
        ping);
  }

  Docker held(Hold next) {
    return new Docker(
        name,
        observeOnly,
        phase,
        because,
        run,
        verdict,
        waitingOn,
        dependenciesBackAt,
        Optional.of(next),
        attempt,
        crashes,
        kills,
        exit,
        ping);
  }

  Docker crashed(int times) {
    return new Docker(
        name,
        observeOnly,
        phase,
        because,
        run,
        verdict,
        waitingOn,
        dependenciesBackAt,
        hold,
        times,
        java.util.Collections.nCopies(times, ago(60)),
        kills,
        exit,
        ping);
  }

  Docker killed(Duration... at) {
    return new Docker(
        name,
        observeOnly,
        phase,
        because,
        run,
        verdict,
        waitingOn,
        dependenciesBackAt,
        hold,
        attempt,
        crashes,
        List.of(at),
        exit,
        ping);
  }

  Situation situation() {
    Optional<RestartLog.Down> down =
        run instanceof RunState.Running || run instanceof RunState.Stopping
            ? Optional.empty()
            : exit.map(how -> new RestartLog.Down(ago(2), how, in(4), Because.DIED));
    RestartLog log =
        new RestartLog(
            attempt, crashes, kills, Optional.of(LIFE), down, Optional.of(ago(120)), exit);
    Facts facts =
        new Facts(
            new RunReport(run, NOW),
            Duration.ZERO,
            verdict,
            waitingOn,
            dependenciesBackAt,
            hold,
            Optional.empty(),
            refusal());
    Tolerance tolerance = new Tolerance(3, 5, 8, 1, Duration.ofMinutes(2), Duration.ofSeconds(30));
    ProbeBoard board = ProbeBoard.of(Map.of("ping", tolerance)).during(LIFE);
    ProbeBoard asked =
        ping.map(result -> board.with(new ProbeReport("ping", result, ago(6), ago(1))))
            .orElse(board);
    return new Situation(
        name,
        "systemd",
        policy(observeOnly, name.equals("docker")),
        new ServiceState(phase, ago(180), because, facts, log, Optional.empty()),
        asked,
        List.of(
            new IncidentRef(
                "20261124-205600-docker", BOOT.plus(ago(240)), "killed: ping TIMED_OUT")),
        NOW,
        BOOT::plus);
  }

  /** An order that was refused is remembered beside the phase. */
  private Optional<Hold> refusal() {
    return because == Because.CONSENT_REFUSED && !(phase instanceof Phase.Held)
        ? Optional.of(SentencesTest.GUARD)
        : Optional.empty();
  }

  private static Policy policy(boolean observeOnly, boolean guarded) {
    return new Policy(
        List.of("containerd"),
        Duration.ofMinutes(2),
        Duration.ZERO,
        observeOnly,
        guarded,
        Set.of(78),
        new Policy.CrashPolicy(
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            0.25,
            Duration.ofMinutes(10),
            Duration.ofMinutes(2),
            10,
            Duration.ofMinutes(15),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10)),
        new Policy.KillPolicy(
            2,
            Duration.ofMinutes(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofMinutes(10)),
        List.of(),
        7);
  }
}
