package io.hasupervisor.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.host.process.DeathWatch;
import io.hasupervisor.host.process.ExecProcess;
import io.hasupervisor.host.process.ProcessId;
import io.hasupervisor.host.process.RealProcesses;
import io.hasupervisor.observe.Incarnation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExecActuatorTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path directory;

  private final DeathWatch deaths = DeathWatch.start();
  private final String name = "act-" + ProcessHandle.current().pid() + "-" + System.nanoTime();

  @AfterEach
  void end() {
    unit("true").find().ifPresent(RealProcesses::kill);
    deaths.close();
  }

  private ExecProcess unit(String... argv) {
    UnitSpec.Exec spec =
        new UnitSpec.Exec(List.of(argv), Map.of(), Optional.empty(), directory.resolve("log"));
    return new ExecProcess(name, spec, directory, deaths);
  }

  private static ProcessId running(ExecProcess unit) {
    return unit.find().orElseThrow();
  }

  @Test
  void startsOnceAndOnlyOnce() {
    ExecProcess unit = unit("sleep", "600");
    ExecActuator actuator = new ExecActuator(unit);
    assertEquals(new Outcome.Done(), actuator.start(LIMIT));
    ProcessId first = running(unit);
    assertEquals(new Outcome.Done(), actuator.start(LIMIT));
    assertEquals(first, running(unit));
  }

  @Test
  void aMissingProgramIsNamed() {
    Outcome outcome = new ExecActuator(unit("/usr/bin/no-such-thing")).start(LIMIT);
    String why = assertInstanceOf(Outcome.Failed.class, outcome).why();
    assertEquals("not started: program /usr/bin/no-such-thing does not exist", why);
  }

  @Test
  void stopIsTermAndKillIsKillForTheWholeGroup() throws Exception {
    ExecProcess unit = unit("sh", "-c", "trap '' TERM; sleep 600 & while :; do wait; done");
    ExecActuator actuator = new ExecActuator(unit);
    actuator.start(LIMIT);
    ProcessId shell = running(unit);
    ProcessHandle handle = ProcessHandle.of(shell.pid()).orElseThrow();
    RealProcesses.until(() -> handle.children().findFirst().isPresent());
    ProcessId child = RealProcesses.id(handle.children().findFirst().orElseThrow().pid());
    assertEquals(new Outcome.Done(), actuator.stop(LIMIT));
    assertTrue(shell.alive(), "ignores TERM");
    Incarnation life = new Incarnation(shell.toString(), shell.pid(), shell.startedAt());
    assertEquals(new Outcome.Done(), actuator.kill(Optional.of(life)));
    RealProcesses.until(() -> !shell.alive() && !child.alive());
    assertEquals(OptionalInt.of(128 + 9), unit.exitCode());
  }

  @Test
  void anEarlierOwnerOfThePidIsNoVictim() {
    ExecProcess unit = unit("sleep", "600");
    ExecActuator actuator = new ExecActuator(unit);
    actuator.start(LIMIT);
    ProcessId id = running(unit);
    Incarnation before =
        new Incarnation(id.pid() + ":" + (id.startTicks() - 1), id.pid(), Duration.ZERO);
    assertEquals(new Outcome.Done(), actuator.kill(Optional.of(before)));
    assertTrue(id.alive());
  }

  @Test
  void endingWhatDoesNotRunIsDone() {
    ExecActuator actuator = new ExecActuator(unit("sleep", "600"));
    assertEquals(new Outcome.Done(), actuator.stop(LIMIT));
    assertEquals(new Outcome.Done(), actuator.kill(Optional.empty()));
  }
}
