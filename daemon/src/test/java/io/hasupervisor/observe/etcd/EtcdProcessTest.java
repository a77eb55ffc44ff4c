package io.hasupervisor.observe.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.process.RealProcesses;
import io.hasupervisor.observe.etcd.ProcessSeen.Absent;
import io.hasupervisor.observe.etcd.ProcessSeen.Alive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real locks and processes. */
final class EtcdProcessTest {
  @TempDir Path data;

  private Path database() throws IOException {
    Path database = data.resolve("member/snap/db");
    Files.createDirectories(database.getParent());
    return Files.writeString(database, "");
  }

  private static Process start(String... argv) throws IOException {
    return new ProcessBuilder(argv).redirectErrorStream(true).start();
  }

  private static void ready(Process process) throws IOException {
    assertEquals('+', process.getInputStream().read());
  }

  @Test
  void theHolderOfTheDatabasesLockIsFoundAndItsStateIsTold() throws Exception {
    Process process =
        start("flock", "--no-fork", "-x", database() + "", "sh", "-c", "printf +; exec cat");
    try {
      ready(process);
      Alive alive = assertInstanceOf(Alive.class, EtcdProcess.look(data));
      assertTrue(alive.startTicks() > 0);
      assertTrue(List.of('S', 'R').contains(alive.state()), "state " + alive.state());
      assertEquals(0, start("kill", "-STOP", alive.pid() + "").waitFor());
      // The signal is sent, and stops the process a moment later.
      Alive stopped = new Alive(alive.pid(), 'T', alive.startTicks());
      RealProcesses.until(() -> EtcdProcess.look(data).equals(stopped));
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertEquals(new Absent(), EtcdProcess.look(data));
  }

  /** etcd 2.x has no database, and any etcd none that is locked yet at its very start. */
  @Test
  void withoutALockAProcessNamedEtcdWithThatDirectoryIsFound(@TempDir Path programs)
      throws Exception {
    Path etcd = programs.resolve("etcd");
    Files.copy(Path.of("/bin/sh").toRealPath(), etcd, StandardCopyOption.COPY_ATTRIBUTES);
    Process process = start(etcd + "", "-c", "printf +; read -r _", "etcd", "--data-dir=" + data);
    try {
      ready(process);
      assertEquals(process.pid(), assertInstanceOf(Alive.class, EtcdProcess.look(data)).pid());
      Path other = Files.createDirectory(programs.resolve("other"));
      assertEquals(new Absent(), EtcdProcess.look(other));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void withoutDataThereIsNoProcess() {
    assertEquals(new Absent(), EtcdProcess.look(data.resolve("none")));
  }

  @Test
  void locksOfOtherFilesAndOpenFileDescriptionsAreNobodys() throws Exception {
    Path database = database();
    List<String> locks =
        List.of(
            "1: OFDLCK ADVISORY  WRITE -1 fe:00:2181667 0 EOF",
            "2: FLOCK  ADVISORY  WRITE 1 00:00:1 0 EOF",
            "3: -> FLOCK  ADVISORY  WRITE 1 fe:00:2181667 0 EOF",
            "nonsense");
    assertEquals(Optional.empty(), EtcdProcess.holder(locks, database));
  }

  @Test
  void theDataDirectoryIsReadFromEveryFormOfTheFlag() {
    for (List<String> arguments :
        List.of(
            List.of("etcd", "--data-dir", "/d"),
            List.of("etcd", "--data-dir=/d"),
            List.of("etcd", "-data-dir=/d", "--name", "x"),
            List.of("etcd", "-data-dir", "/d"))) {
      assertEquals(Optional.of("/d"), EtcdProcess.dataDirectory(arguments), arguments + "");
    }
    assertEquals(Optional.empty(), EtcdProcess.dataDirectory(List.of("etcd", "--data-dir")));
    assertEquals(Optional.empty(), EtcdProcess.dataDirectory(List.of("etcd", "--data-dir", "d")));
  }
}
