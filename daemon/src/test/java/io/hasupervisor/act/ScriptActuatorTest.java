package io.hasupervisor.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.FileWatch;
import io.hasupervisor.host.SystemClock;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.host.process.DeathWatch;
import io.hasupervisor.host.process.ProcessId;
import io.hasupervisor.host.process.RealProcesses;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.observe.ScriptRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScriptActuatorTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path directory;

  private final DeathWatch deaths = DeathWatch.start();
  private final FileWatch files;
  private final RealProcesses real = new RealProcesses();

  ScriptActuatorTest() throws IOException {
    files = FileWatch.start();
  }

  @AfterEach
  void end() throws IOException {
    running().ifPresent(life -> RealProcesses.kill(ProcessId.parse(life.id()).orElseThrow()));
    real.close();
    deaths.close();
    files.close();
  }

  private Path pidfile() {
    return directory.resolve("service.pid");
  }

  private UnitSpec.Script spec(Duration limit) {
    String script = directory.resolve("script").toString();
    return new UnitSpec.Script(List.of(script, "start"), List.of(script, "stop"), pidfile(), limit);
  }

  private ScriptRuns runs() {
    return new ScriptRuns(spec(LIMIT), SystemClock.verified(), deaths, files);
  }

  private Optional<Incarnation> running() {
    return runs().look().state() instanceof RunState.Running running
        ? Optional.of(running.incarnation())
        : Optional.empty();
  }

  private ScriptActuator script(Duration limit, String... lines) throws IOException {
    Path script = directory.resolve("script");
    String text = "#!/bin/sh\ncd " + directory + "\n" + String.join("\n", lines) + "\n";
    Files.writeString(script, text);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new ScriptActuator("service", spec(limit), runs(), directory);
  }

  private ScriptActuator script(String... lines) throws IOException {
    return script(LIMIT, lines);
  }

  private static String why(Outcome outcome) {
    return assertInstanceOf(Outcome.Failed.class, outcome).why();
  }

  @Test
  void startsAServiceThatKeepsItsOutputOpen() throws Exception {
    ScriptActuator actuator = script("sleep 600 & echo $! > service.pid");
    assertEquals(new Outcome.Done(), actuator.start(LIMIT));
    assertTrue(running().isPresent());
  }

  @Test
  void neverRunsTheScriptWhileTheServiceLives() throws Exception {
    ScriptActuator actuator = script("kill -9 $(cat service.pid); touch ran");
    Process service = real.sleeper();
    Files.writeString(pidfile(), service.pid() + "\n");
    assertEquals(new Outcome.Done(), actuator.start(LIMIT));
    assertTrue(service.isAlive());
    assertFalse(Files.exists(directory.resolve("ran")));
  }

  @Test
  void aFailedStartSaysWhatTheScriptSaidLast() throws Exception {
    ScriptActuator actuator = script("seq 99", "echo 'no space\tleft' >&2; exit 3");
    String why = why(actuator.start(LIMIT));
    assertTrue(why.contains("start ended with exit code 3; it said: 98 / 99 / no space left"), why);
  }

  @Test
  void aStartPastItsLimitIsUncertainAndSparesWhatItStarted() throws Exception {
    ScriptActuator actuator =
        script(
            Duration.ofSeconds(3),
            "sleep 600 & echo $! > service.pid; echo $$ > self; echo still at it; exec sleep 600");
    assertInstanceOf(Outcome.Uncertain.class, actuator.start(LIMIT));
    long self = Long.parseLong(Files.readString(directory.resolve("self")).strip());
    RealProcesses.until(() -> ProcessId.of(self).filter(ProcessId::alive).isEmpty());
    assertTrue(running().isPresent());
  }

  @Test
  void anInterruptedStartEndsItsScript() throws Exception {
    ScriptActuator actuator = script("mkfifo pipe; read nothing < pipe");
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> actuator.start(LIMIT));
    RealProcesses.until(
        () ->
            ProcessHandle.current()
                .children()
                .noneMatch(
                    child -> child.info().commandLine().orElse("").contains(directory.toString())));
  }

  @Test
  void aMissingScriptIsNamed() throws Exception {
    ScriptActuator actuator = script("");
    Files.delete(directory.resolve("script"));
    assertTrue(why(actuator.start(LIMIT)).contains(directory.resolve("script").toString()));
    assertTrue(why(actuator.stop(LIMIT)).contains(directory.resolve("script").toString()));
  }

  @Test
  void stopsByTheScript() throws Exception {
    ScriptActuator actuator = script("[ $1 = stop ] && kill $(cat service.pid)");
    Process service = real.sleeper();
    Files.writeString(pidfile(), service.pid() + "\n");
    assertEquals(new Outcome.Done(), actuator.stop(LIMIT));
    assertEquals(128 + 15, service.waitFor());
  }

  @Test
  void aStopThatFailsOrHangsIsNotDone() throws Exception {
    assertTrue(why(script("echo cannot; exit 1").stop(LIMIT)).contains("it said: cannot"));
    assertInstanceOf(
        Outcome.Uncertain.class, script("exec sleep 600").stop(Duration.ofMillis(200)));
  }

  @Test
  void killsExactlyTheVictim() throws Exception {
    ScriptActuator actuator = script("");
    Process service = real.sleeper();
    ProcessId id = RealProcesses.id(service);
    Incarnation before =
        new Incarnation(id.pid() + ":" + (id.startTicks() - 1), id.pid(), Duration.ZERO);
    assertEquals(new Outcome.Done(), actuator.kill(Optional.of(before)));
    assertTrue(service.isAlive(), "an earlier owner of the pid was meant");
    Incarnation life = new Incarnation(id.toString(), id.pid(), id.startedAt());
    assertEquals(new Outcome.Done(), actuator.kill(Optional.of(life)));
    assertEquals(128 + 9, service.waitFor());
  }

  @Test
  void aKillWithoutAVictimEndsWhateverRuns() throws Exception {
    ScriptActuator actuator = script("");
    assertEquals(new Outcome.Done(), actuator.kill(Optional.empty()));
    Process service = real.sleeper();
    Files.writeString(pidfile(), service.pid() + "\n");
    assertEquals(new Outcome.Done(), actuator.kill(Optional.empty()));
    assertEquals(128 + 9, service.waitFor());
  }
}
