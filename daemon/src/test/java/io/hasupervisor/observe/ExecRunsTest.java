package io.hasupervisor.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.SystemClock;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.host.process.DeathWatch;
import io.hasupervisor.host.process.ExecProcess;
import io.hasupervisor.host.process.ProcessId;
import io.hasupervisor.host.process.RealProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExecRunsTest {
  @TempDir Path directory;

  private final SystemClock clock = SystemClock.verified();
  private final DeathWatch deaths = DeathWatch.start();
  private final String name = "runs-" + ProcessHandle.current().pid() + "-" + System.nanoTime();

  @AfterEach
  void end() {
    deaths.close();
  }

  private ExecProcess unit(String... argv) {
    UnitSpec.Exec spec =
        new UnitSpec.Exec(List.of(argv), Map.of(), Optional.empty(), directory.resolve("log"));
    return new ExecProcess(name, spec, directory, deaths);
  }

  private Exit dead(ExecProcess unit) throws InterruptedException {
    return assertInstanceOf(RunState.Dead.class, new ExecRuns(unit, clock).look().state()).exit();
  }

  @Test
  void neverStartedIsDead() throws Exception {
    assertEquals("not started yet", dead(unit("sleep", "600")).detail());
  }

  @Test
  void aMissingProgramIsAbsent() throws Exception {
    RunState state = new ExecRuns(unit("/usr/bin/no-such-thing"), clock).look().state();
    assertTrue(assertInstanceOf(RunState.Absent.class, state).why().contains("no-such-thing"));
  }

  @Test
  void runningIsTheStartedLifeAndItsEndIsTheSignal() throws Exception {
    ExecProcess unit = unit("sleep", "600");
    Duration before = clock.now();
    ProcessId id = unit.start();
    ExecRuns runs = new ExecRuns(unit, clock);
    Incarnation life = assertInstanceOf(RunState.Running.class, runs.look().state()).incarnation();
    assertEquals(id.toString(), life.id());
    assertTrue(life.startedAt().compareTo(before.minusMillis(10)) >= 0);
    RealProcesses.kill(id);
    RealProcesses.until(() -> !id.alive());
    assertEquals(new Exit(Exit.Kind.SIGNALED, 9, ""), dead(unit));
  }

  @Test
  void exitCodeIsKnownOfAChildAndLostOfOneFoundAgain() throws Exception {
    ExecProcess unit = unit("sh", "-c", "exit 3");
    ProcessId id = unit.start();
    RealProcesses.until(() -> !id.alive());
    assertEquals(new Exit(Exit.Kind.EXITED, 3, ""), dead(unit));
    ExecProcess again = unit("sh", "-c", "exit 3");

    assertEquals(Exit.Kind.UNKNOWN, dead(again).kind());
  }
}
