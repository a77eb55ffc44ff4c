package io.hasupervisor.observe;

import static io.hasupervisor.host.systemd.Units.seconds;
import static io.hasupervisor.host.systemd.Units.unit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.hasupervisor.host.systemd.Units;
import io.hasupervisor.observe.RunState.Absent;
import io.hasupervisor.observe.RunState.Dead;
import io.hasupervisor.observe.RunState.JobWaiting;
import io.hasupervisor.observe.RunState.RestartingByInit;
import io.hasupervisor.observe.RunState.Running;
import io.hasupervisor.observe.RunState.Stopping;
import io.hasupervisor.observe.RunState.Unclear;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each answer of systemd means; the rows were seen on systemd 252. */
final class SystemdRunStateTest {
  private static final int EXITED = 1;
  private static final int KILLED = 2;
  private static final int DUMPED = 3;

  record Row(String says, Units unit, RunState expected) {
    @Override
    public String toString() {
      return says;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "active with a main process is running",
            unit("active", "running").started("id", 7, 10),
            new Running(new Incarnation("id", 7, seconds(10)))),
        new Row(
            "reloading is running",
            unit("reloading", "reload").started("id", 7, 10),
            new Running(new Incarnation("id", 7, seconds(10)))),
        new Row(
            "a notify service that is not ready yet is running",
            unit("activating", "start").started("id", 7, 10),
            new Running(new Incarnation("id", 7, seconds(10)))),
        new Row(
            "ExecStartPost is running, since the process began",
            unit("activating", "start-post").started("id", 7, 10).processStarted(14),
            new Running(new Incarnation("id", 7, seconds(14)))),
        new Row(
            "a fork seen just before the unit left inactive does not begin earlier than the unit",
            unit("active", "running").started("id", 7, 10).processStarted(9.999),
            new Running(new Incarnation("id", 7, seconds(10)))),
        new Row(
            "ExecStartPre has no main process: systemd is at work",
            unit("activating", "start-pre").started("id", 0, 10),
            new JobWaiting("activating (start-pre)")),
        new Row(
            "an automatic restart is due its delay after the last change",
            unit("activating", "auto-restart")
                .started("id", 7, 20)
                .ended(KILLED, 9, 19.9)
                .leftActive(19.95, 20)
                .result("signal")
                .restartDelay(3),
            new RestartingByInit(new Exit(Exit.Kind.SIGNALED, 9, "signal"), seconds(23))),
        new Row(
            "an automatic restart after a failed ExecStartPre",
            unit("activating", "auto-restart")
                .started("id", 0, 20)
                .leftActive(15, 20)
                .result("exit-code"),
            new RestartingByInit(Exit.startFailed("exit-code"), seconds(20))),
        new Row(
            "systemd 254's queued automatic restart",
            unit("activating", "auto-restart-queued").started("id", 7, 20).ended(EXITED, 1, 19),
            new RestartingByInit(new Exit(Exit.Kind.EXITED, 1, ""), seconds(20))),
        new Row(
            "a stop counts from when it began, not from its last step",
            unit("deactivating", "stop-sigkill").started("id", 7, 10).leftActive(50, 80),
            new Stopping(new Incarnation("id", 7, seconds(10)), seconds(50))),
        new Row(
            "a stop of a start that never became active counts from its last step",
            unit("deactivating", "stop-sigterm").started("id", 7, 100).leftActive(50, 120),
            new Stopping(new Incarnation("id", 7, seconds(100)), seconds(120))),
        new Row(
            "ExecStopPost is stopping, without a process",
            unit("deactivating", "stop-post")
                .started("id", 7, 10)
                .ended(EXITED, 0, 50)
                .leftActive(49, 50),
            new Stopping(new Incarnation("id", 0, seconds(10)), seconds(49))),
        new Row(
            "SIGKILL",
            unit("failed", "failed")
                .started("id", 7, 10)
                .ended(KILLED, 9, 20)
                .leftActive(20.1, 20.1)
                .result("signal"),
            new Dead(new Exit(Exit.Kind.SIGNALED, 9, "signal"))),
        new Row(
            "a core dump",
            unit("failed", "failed")
                .started("id", 7, 10)
                .ended(DUMPED, 11, 20)
                .leftActive(20.1, 20.1)
                .result("core-dump"),
            new Dead(new Exit(Exit.Kind.SIGNALED, 11, "core-dump"))),
        new Row(
            "exit code 203: the binary is missing",
            unit("failed", "failed")
                .started("id", 7, 10)
                .ended(EXITED, 203, 10)
                .result("exit-code"),
            new Dead(new Exit(Exit.Kind.EXITED, 203, "exit-code"))),
        new Row(
            "a failed ExecStartPre is a failed start",
            unit("failed", "failed").started("id", 0, 10).result("exit-code"),
            new Dead(Exit.startFailed("exit-code"))),
        new Row(
            "the start limit",
            unit("failed", "failed")
                .started("id", 7, 10)
                .ended(EXITED, 1, 11)
                .result("start-limit-hit"),
            new Dead(new Exit(Exit.Kind.START_LIMIT, 0, "start-limit-hit"))),
        new Row(
            "an end by itself with exit code 0 comes before the unit leaves active",
            unit("inactive", "dead")
                .started("id", 7, 10)
                .ended(EXITED, 0, 20)
                .leftActive(20.1, 20.1),
            new Dead(new Exit(Exit.Kind.EXITED, 0, ""))),
        new Row(
            "a stop through systemd leaves active before the process ends, whatever its exit",
            unit("inactive", "dead")
                .started("id", 7, 10)
                .ended(EXITED, 0, 20)
                .leftActive(19.9, 20.1),
            new Dead(new Exit(Exit.Kind.STOPPED_OUTSIDE, 0, "stopped through systemd"))),
        new Row(
            "a stop that needed KILL is told as such",
            unit("failed", "failed")
                .started("id", 7, 10)
                .ended(KILLED, 9, 100)
                .leftActive(10.5, 100)
                .result("timeout"),
            new Dead(new Exit(Exit.Kind.SIGNALED, 9, "timeout"))),
        new Row(
            "a TERM by somebody's hand is clean for systemd and a death for us",
            unit("inactive", "dead")
                .started("id", 7, 10)
                .ended(KILLED, 15, 20)
                .leftActive(20.1, 20.1),
            new Dead(new Exit(Exit.Kind.SIGNALED, 15, ""))),
        new Row(
            "an earlier life's leaving active is no stop of this one",
            unit("inactive", "dead").started("id", 7, 10).ended(EXITED, 0, 11).leftActive(5, 11),
            new Dead(new Exit(Exit.Kind.EXITED, 0, ""))),
        new Row(
            "never started",
            unit("inactive", "dead"),
            new Dead(Exit.unknown("systemd has no record of its last run"))),
        new Row(
            "a condition that is not met",
            unit("inactive", "dead").startSkipped(),
            new Dead(
                Exit.startFailed("systemd skipped the start: a Condition or Assert was not met"))),
        new Row(
            "a start that a guard has skipped",
            unit("inactive", "dead").result("exec-condition"),
            new Dead(Exit.startFailed("systemd skipped the start: ExecCondition= said no"))),
        new Row(
            "a guard that is being asked",
            unit("activating", "condition"),
            new JobWaiting("activating (condition)")),
        new Row(
            "a queued start that has not run",
            unit("inactive", "dead").job("start"),
            new JobWaiting("start")),
        new Row(
            "a queued start of a failed unit",
            unit("failed", "failed").job("restart"),
            new JobWaiting("restart")),
        new Row(
            "a queued stop of what runs changes nothing yet",
            unit("active", "running").started("id", 7, 10).job("stop"),
            new Running(new Incarnation("id", 7, seconds(10)))),
        new Row(
            "systemctl clean is at work", unit("maintenance", "cleaning"), new JobWaiting("clean")),
        new Row(
            "not found",
            unit("inactive", "dead").load("not-found"),
            new Absent(
                "systemd has no unit k.service",
                "install it, or correct the unit's name in the configuration")),
        new Row(
            "masked",
            unit("failed", "failed").load("masked").started("id", 7, 1).ended(KILLED, 9, 2),
            new Absent("k.service is masked", "systemctl unmask k.service")),
        new Row(
            "a bad unit file",
            unit("inactive", "dead").load("bad-setting"),
            new Absent(
                "k.service cannot be loaded: why it is not loaded",
                "mend the unit file, then: systemctl daemon-reload")),
        new Row(
            "what runs counts before what is on disk: masked",
            unit("active", "running").load("masked").started("id", 7, 10),
            new Running(new Incarnation("id", 7, seconds(10)))),
        new Row(
            "what runs counts before what is on disk: removed",
            unit("active", "running").load("not-found").started("id", 7, 10),
            new Running(new Incarnation("id", 7, seconds(10)))));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void systemdsAnswerMeans(Row row) {
    assertEquals(row.expected(), SystemdRunState.of("k.service", row.unit().facts()));
  }

  @Test
  void anActiveUnitWithoutAnyProcessCannotBeSupervised() {
    assertInstanceOf(
        Absent.class,
        SystemdRunState.of("k.service", unit("active", "exited").started("id", 0, 1).facts()));
  }

  @Test
  void anActiveUnitWithoutAKnownMainProcessIsNoEvidence() {
    assertInstanceOf(
        Unclear.class,
        SystemdRunState.of("k.service", unit("active", "running").started("id", 0, 1).facts()));
  }

  @Test
  void aStateThatALaterSystemdMayInventIsNoEvidence() {
    assertInstanceOf(
        Unclear.class, SystemdRunState.of("k.service", unit("hibernating", "deep").facts()));
  }
}
