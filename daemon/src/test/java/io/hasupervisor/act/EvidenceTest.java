package io.hasupervisor.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.ProcStat;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.host.process.RealProcesses;
import io.hasupervisor.observe.Incarnation;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jnr.posix.POSIXFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever can be had within the limit is kept, and nobody is harmed for it. */
final class EvidenceTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final UnitSpec UNIT = new UnitSpec.Systemd("docker.service");

  @TempDir Path directory;
  private Path incident;
  private final List<Process> started = new ArrayList<>();

  /** Loading it takes seconds on a busy host, and is not what is tested here. */
  @BeforeAll
  static void loadTheNativeLibrary() {
    assertTrue(POSIXFactory.getNativePOSIX().getpid() > 0);
  }

  @BeforeEach
  void openAnIncident() throws IOException {
    incident = Files.createDirectory(directory.resolve("incident"));
  }

  @AfterEach
  void endWhatWasStarted() {
    started.forEach(Process::destroyForcibly);
  }

  private static EvidenceSpec spec(
      Optional<String> signal, List<String> dumps, Optional<URI> url, Optional<Path> log) {
    return new EvidenceSpec(signal, dumps, url, Optional.empty(), Optional.empty(), log, 50, LIMIT);
  }

  private static EvidenceSpec nothing() {
    return spec(Optional.empty(), List.of(), Optional.empty(), Optional.empty());
  }

  private EvidenceSpec dump() {
    return dump(LIMIT);
  }

  private EvidenceSpec dump(Duration limit) {
    return new EvidenceSpec(
        Optional.of("USR1"),
        List.of(directory.resolve("goroutine-stacks-*.log").toString()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        50,
        limit);
  }

  private Outcome capture(EvidenceSpec spec, Optional<Incarnation> life)
      throws InterruptedException {
    return capture(new Evidence("/nonexistent/journalctl"), spec, life);
  }

  private Outcome capture(Evidence evidence, EvidenceSpec spec, Optional<Incarnation> life)
      throws InterruptedException {
    return evidence.capture(spec, UNIT, life, incident, "docker /_ping: TIMED_OUT x3\n");
  }

  private String kept(String name) throws IOException {
    return Files.readString(incident.resolve(name));
  }

  private Process shell(String script) throws IOException {
    Process process = new ProcessBuilder("/bin/sh", "-c", script).start();
    started.add(process);
    try (BufferedReader out = process.inputReader()) {
      assertEquals("ready", out.readLine());
    }
    return process;
  }

  /** A stand-in for dockerd: writes its stacks at USR1. */
  private Process dumping() throws IOException {
    String file = directory.resolve("goroutine-stacks-2.log").toString();
    return shell(
        "trap 'echo goroutine 1 [semacquire] > "
            + file
            + "' USR1; echo ready;"
            + " while :; do sleep 0.02; done");
  }

  private static Incarnation life(Process process) {
    long ticks = ProcStat.of(process.pid()).orElseThrow().startTicks();
    return new Incarnation(process.pid() + ":" + ticks, process.pid(), Duration.ZERO);
  }

  @Test
  void theDumpOfTheMainProcessIsMovedIntoTheIncident() throws Exception {
    Files.writeString(directory.resolve("goroutine-stacks-1.log"), "of last week");
    assertEquals(new Outcome.Done(), capture(dump(), Optional.of(life(dumping()))));
    assertEquals("goroutine 1 [semacquire]\n", kept("dump-1-goroutine-stacks-2.log"));
    assertFalse(Files.exists(directory.resolve("goroutine-stacks-2.log")));
    assertTrue(Files.exists(directory.resolve("goroutine-stacks-1.log")));
    assertEquals("docker /_ping: TIMED_OUT x3\n", kept("probes.txt"));
  }

  @Test
  void aLinkThatAppearsAsADumpIsNotFollowed() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "token");
    Path link = directory.resolve("goroutine-stacks-3.log");
    Process process =
        shell(
            "trap 'ln -s "
                + secret
                + " "
                + link
                + "' USR1; echo ready;"
                + " while :; do sleep 0.02; done");
    EvidenceSpec awaited = dump(Duration.ofSeconds(3));
    assertEquals(new Outcome.Done(), capture(awaited, Optional.of(life(process))));
    assertFalse(Files.exists(incident.resolve("dump-1-goroutine-stacks-3.log")));
    RealProcesses.until(() -> Files.isSymbolicLink(link));
    assertTrue(kept("capture.txt").contains("dump: USR1 sent"), kept("capture.txt"));
  }

  @Test
  void aProcessThatWouldDieOfTheSignalDoesNotGetIt() throws Exception {
    Process process = shell("echo ready; exec sleep 60");
    assertEquals(new Outcome.Done(), capture(dump(), Optional.of(life(process))));
    assertTrue(process.isAlive());
    assertTrue(kept("capture.txt").contains("does not handle USR1"), kept("capture.txt"));
  }

  @Test
  void anotherProcessWithTheSamePidIsNeitherSignalledNorDescribed() throws Exception {
    Process process = dumping();
    List<Incarnation> others =
        List.of(
            new Incarnation(process.pid() + ":1", process.pid(), Duration.ZERO),
            new Incarnation("9f86d081884c7d65", process.pid(), Duration.ofDays(3650)));
    for (Incarnation other : others) {
      incident = Files.createDirectory(directory.resolve("incident" + others.indexOf(other)));
      assertEquals(new Outcome.Done(), capture(dump(), Optional.of(other)));
      assertTrue(kept("capture.txt").contains("dump: USR1 not sent"), kept("capture.txt"));
      assertFalse(Files.exists(incident.resolve("process.txt")));
      assertFalse(Files.exists(directory.resolve("goroutine-stacks-2.log")));
    }
  }

  @Test
  void aLifeOfSystemdIsTrustedWhereTheProcessBeganInIt() throws Exception {
    Incarnation life = new Incarnation("9f86d081884c7d65", dumping().pid(), Duration.ZERO);
    assertEquals(new Outcome.Done(), capture(dump(), Optional.of(life)));
    assertTrue(Files.exists(incident.resolve("dump-1-goroutine-stacks-2.log")));
  }

  @Test
  void theProcessIsDescribedWithoutItsSecrets() throws Exception {
    Process process =
        shell("export TOKEN=s3cr3t; echo ready; while :; do sleep 0.02; done; : --token=s3cr3t");
    assertEquals(new Outcome.Done(), capture(nothing(), Optional.of(life(process))));
    assertTrue(kept("process.txt").contains("Pid:\t" + process.pid()));
    assertTrue(kept("process.txt").contains("Max open files"));
    assertTrue(kept("threads.txt").startsWith("1 threads\n1 in "), kept("threads.txt"));
    for (Path file : new IncidentFolder(incident).evidence()) {
      assertFalse(Files.readString(file).contains("s3cr3t"), file.toString());
    }
  }

  @Test
  void withoutALifeNothingIsSignalledAndTheRestIsKept() throws Exception {
    assertEquals(new Outcome.Done(), capture(dump(), Optional.empty()));
    assertEquals(List.of("capture.txt", "probes.txt"), names());
  }

  private List<String> names() throws IOException {
    return new IncidentFolder(incident)
        .evidence().stream().map(file -> String.valueOf(file.getFileName())).toList();
  }

  @Test
  void theLastWholeLinesOfTheLogAreKept() throws Exception {
    Path log = directory.resolve("docker.log");
    Files.writeString(log, "a line of the log\n".repeat(50_000) + "the last line\n");
    assertEquals(
        new Outcome.Done(),
        capture(
            spec(Optional.empty(), List.of(), Optional.empty(), Optional.of(log)),
            Optional.empty()));
    String tail = kept("log.txt");
    assertTrue(tail.startsWith("a line of the log\n"));
    assertTrue(tail.endsWith("the last line\n"));
    assertTrue(tail.length() <= LogTail.BYTES);
  }

  @Test
  void aLogThatIsALinkOrAPipeIsNotRead() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "token");
    Path link = Files.createSymbolicLink(directory.resolve("link.log"), secret);
    Path pipe = directory.resolve("pipe.log");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    for (Path log : List.of(link, pipe)) {
      incident = Files.createDirectory(directory.resolve("incident-" + log.getFileName()));
      assertEquals(
          new Outcome.Done(),
          capture(
              spec(Optional.empty(), List.of(), Optional.empty(), Optional.of(log)),
              Optional.empty()));
      assertEquals(List.of("capture.txt", "probes.txt"), names());
      assertTrue(kept("capture.txt").contains(log + " is not there, a link"), kept("capture.txt"));
    }
  }

  @Test
  void theOutputOfAnExecServiceIsItsLog() throws Exception {
    Path log = Files.writeString(directory.resolve("output.log"), "panic: out of ideas\n");
    UnitSpec exec = new UnitSpec.Exec(List.of("/bin/true"), Map.of(), Optional.empty(), log);
    assertEquals(
        new Outcome.Done(),
        new Evidence().capture(nothing(), exec, Optional.empty(), incident, ""));
    assertEquals("panic: out of ideas\n", kept("log.txt"));
  }

  @Test
  void theJournalIsAskedForTheUnit() throws Exception {
    Path journalctl = directory.resolve("journalctl");
    Files.writeString(journalctl, "#!/bin/sh\necho \"$@\"\n");
    Files.setPosixFilePermissions(journalctl, PosixFilePermissions.fromString("rwx------"));
    assertEquals(
        new Outcome.Done(),
        capture(new Evidence(journalctl.toString()), nothing(), Optional.empty()));
    assertEquals("-u docker.service -n 50 -o short-iso --no-pager\n", kept("journal.txt"));
  }

  @Test
  void aMissingJournalctlIsNoted() throws Exception {
    assertEquals(new Outcome.Done(), capture(nothing(), Optional.empty()));
    assertTrue(kept("capture.txt").contains("/nonexistent/journalctl"), kept("capture.txt"));
  }

  @Test
  void evidenceThatCannotBeWrittenIsAFailureAndNoException() throws Exception {
    incident = Files.createFile(directory.resolve("file"));
    assertInstanceOf(Outcome.Failed.class, capture(nothing(), Optional.empty()));
  }
}
