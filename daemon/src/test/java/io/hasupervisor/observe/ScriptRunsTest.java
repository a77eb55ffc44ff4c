package io.hasupervisor.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.FileWatch;
import io.hasupervisor.host.SystemClock;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.host.process.DeathWatch;
import io.hasupervisor.host.process.ProcessId;
import io.hasupervisor.host.process.RealProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScriptRunsTest {
  @TempDir Path directory;

  private final SystemClock clock = SystemClock.verified();
  private final DeathWatch deaths = DeathWatch.start();
  private final RealProcesses real = new RealProcesses();
  private Path pidfile = Path.of("/");
  private final FileWatch files;

  ScriptRunsTest() throws IOException {
    files = FileWatch.start();
  }

  @BeforeEach
  void choose() {
    pidfile = directory.resolve("service.pid");
  }

  @AfterEach
  void end() throws IOException {
    real.close();
    deaths.close();
    files.close();
  }

  private ScriptRuns runs(String script) {
    List<String> start = List.of(script, "start");
    return new ScriptRuns(
        new UnitSpec.Script(start, List.of(script, "stop"), pidfile, Duration.ofSeconds(5)),
        clock,
        deaths,
        files);
  }

  private ScriptRuns runs() {
    return runs("/bin/sh");
  }

  private void name(Process process) throws IOException {
    Files.writeString(pidfile, process.pid() + "\n");
  }

  private static Incarnation running(RunSource runs) throws InterruptedException {
    return assertInstanceOf(RunState.Running.class, runs.look().state()).incarnation();
  }

  private static String dead(RunSource runs) throws InterruptedException {
    return assertInstanceOf(RunState.Dead.class, runs.look().state()).exit().detail();
  }

  /** Start times are told in hundredths of a second: two in a row may have the same. */
  private Process startedAfter(Process earlier) {
    Process later = real.sleeper();
    while (RealProcesses.id(later).startTicks() <= RealProcesses.id(earlier).startTicks()) {
      later = real.sleeper();
    }
    return later;
  }

  @Test
  void theNamedProcessIsTheServiceByPidAndStartTime() throws Exception {
    Process service = real.sleeper();
    name(service);
    assertEquals(RealProcesses.id(service).toString(), running(runs()).id());
    assertEquals(service.pid(), running(runs()).pid());
  }

  @Test
  void nobodyNamedIsDead() throws Exception {
    assertTrue(dead(runs()).contains("does not exist"));
    Files.writeString(pidfile, "rubbish");
    assertTrue(dead(runs()).contains("does not hold a process number"));
  }

  @Test
  void aNumberNobodyHasIsDead() throws Exception {
    Process gone = real.start("true");
    gone.waitFor();
    name(gone);
    assertTrue(dead(runs()).contains("is gone"));
  }

  @Test
  void aZombieIsDead() throws Exception {
    Process parent = real.start("sh", "-c", "sleep 600 & exec sleep 600");
    RealProcesses.until(() -> parent.children().findFirst().isPresent());
    ProcessId child = RealProcesses.id(parent.children().findFirst().orElseThrow().pid());
    Files.writeString(pidfile, child.pid() + "\n");
    ScriptRuns runs = runs();
    running(runs);
    RealProcesses.kill(child);
    RealProcesses.until(() -> !child.alive());
    assertTrue(dead(runs).contains("zombie"));
  }

  @Test
  void anotherProgramsPidInTheFileIsNotTheService() throws Exception {
    Process bystander = real.start("tail", "-f", "/dev/null");
    Process service = startedAfter(bystander);
    name(service);
    ScriptRuns runs = runs();
    running(runs);
    name(bystander);
    assertEquals(service.pid(), running(runs).pid(), "the service lives, whatever the file says");
    RealProcesses.kill(service);
    assertTrue(dead(runs).contains("names " + bystander.pid()));
  }

  @Test
  void aProcessYoungerThanTheFileIsNotTheService() throws Exception {
    Process stranger = real.sleeper();
    name(stranger);
    Files.setLastModifiedTime(pidfile, FileTime.from(Instant.now().minusSeconds(3600)));
    assertTrue(dead(runs()).contains("started after the file was written"));
  }

  @Test
  void theServiceStaysAliveThoughItsPidfileIsLost() throws Exception {
    Process service = real.sleeper();
    name(service);
    ScriptRuns runs = runs();
    running(runs);
    Files.delete(pidfile);
    assertEquals(service.pid(), running(runs).pid());
    Files.writeString(pidfile, "");
    assertEquals(service.pid(), running(runs).pid());
  }

  @Test
  void anInterruptedLookIsNoDeath() throws Exception {
    Process service = real.sleeper();
    name(service);
    ScriptRuns runs = runs();
    Thread.currentThread().interrupt();
    RunState first = runs.look().state();
    boolean kept = Thread.interrupted();
    running(runs);
    Thread.currentThread().interrupt();
    RunState second = runs.look().state();
    assertTrue(Thread.interrupted() && kept);
    assertInstanceOf(RunState.Running.class, first);
    assertInstanceOf(RunState.Running.class, second);
  }

  @Test
  void aRestartOutsideIsANewLife() throws Exception {
    Process service = real.sleeper();
    name(service);
    ScriptRuns runs = runs();
    Incarnation first = running(runs);
    RealProcesses.kill(service);
    dead(runs);
    Process successor = real.sleeper();
    name(successor);
    assertEquals(successor.pid(), running(runs).pid());
    assertTrue(!first.id().equals(running(runs).id()));
  }

  @Test
  void aMissingStartCommandIsAbsentUnlessTheServiceRunsAllTheSame() throws Exception {
    RunState state = runs("/etc/init.d/no-such-thing").look().state();
    assertTrue(assertInstanceOf(RunState.Absent.class, state).why().contains("no-such-thing"));
    Path script = Files.writeString(directory.resolve("script"), "#!/bin/sh\n");
    assertInstanceOf(RunState.Absent.class, runs(script.toString()).look().state(), "no x bit");
    name(real.sleeper());
    running(runs("/etc/init.d/no-such-thing"));
  }

  @Test
  void aLinkedPidfileIsNotFollowed() throws Exception {
    Path target = Files.writeString(directory.resolve("target"), real.sleeper().pid() + "\n");
    Files.createSymbolicLink(pidfile, target);
    RunState.Absent absent = assertInstanceOf(RunState.Absent.class, runs().look().state());
    assertTrue(absent.why().contains("symbolic link"));
  }

  @Test
  void deathIsTold() throws Exception {
    Process service = real.sleeper();
    name(service);
    ScriptRuns runs = runs();
    CountDownLatch told = new CountDownLatch(1);
    runs.onChange(told::countDown);
    running(runs);
    assertEquals(1, told.getCount(), "nothing has changed yet");
    service.destroyForcibly();
    RealProcesses.await(told);
    dead(runs);
  }

  @Test
  void aPidfileThatAppearsIsTold() throws Exception {
    ScriptRuns runs = runs();
    CountDownLatch told = new CountDownLatch(1);
    runs.onChange(told::countDown);
    dead(runs);
    name(real.sleeper());
    RealProcesses.await(told);
    running(runs);
  }
}
