package io.hasupervisor.host.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.UnitSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExecProcessTest {
  @TempDir Path directory;

  private final DeathWatch deaths = DeathWatch.start();
  private final List<ProcessId> started = new ArrayList<>();
  private final String name = "unit-" + ProcessHandle.current().pid() + "-" + System.nanoTime();

  @AfterEach
  void end() {
    started.forEach(RealProcesses::kill);
    deaths.close();
  }

  private ExecProcess unit(String... argv) {
    UnitSpec.Exec spec =
        new UnitSpec.Exec(
            List.of(argv), Map.of(), Optional.empty(), directory.resolve(name + ".log"));
    return new ExecProcess(name, spec, directory, deaths);
  }

  private ExecProcess sleeper() {
    return unit("sleep", "600");
  }

  private ProcessId start(ExecProcess unit) throws IOException {
    ProcessId id = unit.start();
    started.add(id);
    return id;
  }

  private String mark(Path stateDirectory) {
    return MarkedProcesses.mark(name, stateDirectory);
  }

  /** On the way to the command the one program becomes another, and shows no marker meanwhile. */
  private void awaitMarked(ProcessId id, Path stateDirectory) {
    ProcessHandle handle = ProcessHandle.of(id.pid()).orElseThrow();
    RealProcesses.until(
        () ->
            handle.info().command().orElse("").endsWith("sleep")
                && MarkedProcesses.find(mark(stateDirectory)).isPresent());
  }

  private Path record() {
    return directory.resolve("exec-" + name);
  }

  @Test
  void isFoundAgainByItsRecord() throws IOException {
    ProcessId id = start(sleeper());
    assertEquals(Optional.of(id), sleeper().find());
  }

  @Test
  void isFoundAgainByItsMarkerWithoutARecord() throws IOException {
    ProcessId id = start(sleeper());
    Files.delete(record());
    awaitMarked(id, directory);
    assertEquals(Optional.of(id), sleeper().find());
    assertTrue(Files.exists(record()), "recorded anew");
  }

  @Test
  void anotherDaemonsServiceOfTheSameNameIsNotAdopted() throws IOException {
    ProcessId id = start(sleeper());
    awaitMarked(id, directory);
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    ExecProcess other = new ExecProcess(name, sleeper().spec(), elsewhere, deaths);
    assertEquals(Optional.empty(), other.find());
  }

  @Test
  void isFoundAgainByAnInterruptedThreadToo() throws IOException {
    ProcessId id = start(sleeper());
    awaitMarked(id, directory);
    Thread.currentThread().interrupt();
    Optional<ProcessId> byRecord = sleeper().find();
    boolean kept = Thread.interrupted();
    Files.delete(record());
    Thread.currentThread().interrupt();
    Optional<ProcessId> byMarker = sleeper().find();
    assertTrue(Thread.interrupted() && kept);
    assertEquals(Optional.of(id), byRecord);
    assertEquals(Optional.of(id), byMarker);
  }

  @Test
  void aRecordOfAnotherBootOrOfRubbishIsNotBelieved() throws IOException {
    ProcessId id = start(sleeper());
    awaitMarked(id, directory);
    ProcessId other = RealProcesses.id(ProcessHandle.current().pid());
    for (String rubbish :
        List.of(other + " 1234-5678:1", "", "\0\0", "a b", "1 2 3", "x".repeat(9999))) {
      Files.writeString(record(), rubbish);
      assertEquals(Optional.of(id), sleeper().find(), rubbish);
    }
  }

  @Test
  void aRecordOfTheDeadIsBelieved() throws IOException {
    ProcessId id = start(sleeper());
    RealProcesses.kill(id);
    RealProcesses.until(() -> !id.alive());
    ExecProcess again = sleeper();
    assertEquals(Optional.empty(), again.find());
    assertEquals(Optional.of(id), again.newest());
  }

  @Test
  void aChildThatInheritedTheMarkerIsNotTheService() throws Exception {
    ExecProcess unit = unit("sh", "-c", "sleep 600 & wait");
    ProcessId shell = start(unit);
    ProcessHandle handle = ProcessHandle.of(shell.pid()).orElseThrow();
    RealProcesses.until(
        () -> handle.children().anyMatch(c -> c.info().command().orElse("").endsWith("sleep")));
    ProcessId child = RealProcesses.id(handle.children().findFirst().orElseThrow().pid());
    started.add(child);
    Files.delete(record());
    assertEquals(Optional.of(shell), MarkedProcesses.find(mark(directory)));
    RealProcesses.kill(shell);
    RealProcesses.until(() -> !shell.alive());
    assertTrue(child.alive());
    assertEquals(Optional.empty(), sleeper().find(), "the orphan is not the service");
  }

  @Test
  void isNeverStartedTwice() throws Exception {
    ExecProcess unit = sleeper();
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<ProcessId>> starts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        starts.add(unit::start);
      }
      List<ProcessId> all = new ArrayList<>();
      for (Future<ProcessId> one : many.invokeAll(starts)) {
        all.add(one.get());
      }
      started.addAll(all);
      assertEquals(1, all.stream().collect(Collectors.toSet()).size());
    }
    assertEquals(started.getFirst(), sleeper().start(), "nor by a later run of the daemon");
  }

  @Test
  void isNotStartedTwiceWhenTheStateDirectoryCannotBeWritten() throws Exception {
    Path missing = directory.resolve("missing");
    UnitSpec.Exec spec = sleeper().spec();
    ProcessId id = start(new ExecProcess(name, spec, missing, deaths));
    awaitMarked(id, missing);
    assertEquals(id, new ExecProcess(name, spec, missing, deaths).start());
  }

  @Test
  void tellsOfStartAndDeathAndKnowsTheExitCode() throws Exception {
    ExecProcess unit = unit("sh", "-c", "exit 3");
    CountDownLatch changes = new CountDownLatch(2);
    unit.onChange(changes::countDown);
    start(unit);
    RealProcesses.await(changes);
    assertEquals(Optional.empty(), unit.find());
    assertEquals(OptionalInt.of(3), unit.exitCode());
  }

  @Test
  void tellsOfTheDeathOfOneFoundAgain() throws Exception {
    ProcessId id = start(sleeper());
    ExecProcess again = sleeper();
    CountDownLatch died = new CountDownLatch(1);
    again.onChange(died::countDown);
    assertEquals(Optional.of(id), again.find());
    RealProcesses.kill(id);
    RealProcesses.await(died);
    assertEquals(Optional.empty(), again.find());
    assertEquals(OptionalInt.empty(), again.exitCode());
  }

  @Test
  void canBeStartedAgainAfterItsDeath() throws Exception {
    ExecProcess unit = sleeper();
    ProcessId first = start(unit);
    RealProcesses.kill(first);
    RealProcesses.until(() -> !first.alive());
    ProcessId second = start(unit);
    assertFalse(first.equals(second));
    assertEquals(Optional.of(second), sleeper().find());
  }
}
