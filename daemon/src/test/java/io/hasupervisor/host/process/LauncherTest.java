package io.hasupervisor.host.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.ProcStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherTest {
  @TempDir Path directory;

  private Launcher.Launch launch(String... argv) {
    return new Launcher.Launch(
        "etcd", List.of(argv), Map.of("MARK", "here"), Optional.empty(), directory.resolve("log"));
  }

  private String output(String... argv) throws IOException, InterruptedException {
    assertEquals(0, Launcher.start(launch(argv)).waitFor());
    return Files.readString(directory.resolve("log"));
  }

  @Test
  void commandKeepsThePidAndLeadsItsOwnSession() throws Exception {
    Process process = Launcher.start(launch("sleep", "600"));
    try {
      RealProcesses.until(
          () -> ProcStat.of(process.pid()).filter(s -> s.name().equals("sleep")).isPresent());
      assertEquals(process.pid(), ProcStat.of(process.pid()).orElseThrow().session());
    } finally {
      RealProcesses.kill(process);
    }
  }

  @Test
  void environmentIsCleanButForWhatIsGiven() throws Exception {
    List<String> lines = output("env").lines().toList();
    assertTrue(lines.contains("MARK=here"));
    List<String> allowed = List.of("HOME", "LANG", "LOGNAME", "PATH", "TZ", "USER", "MARK");
    assertTrue(
        lines.stream().allMatch(line -> allowed.contains(line.split("=", -1)[0])),
        lines.toString());
  }

  @Test
  void inheritsNoOpenFiles() throws Exception {
    assertEquals("0\n1\n2\n3\n", output("ls", "/proc/self/fd"), "3 is the directory being listed");
  }

  @Test
  void inputIsEmptyAndDirectoryIsRoot() throws Exception {
    assertEquals("/\n", output("sh", "-c", "cat; pwd"));
  }

  @Test
  void noSignalIsBlockedOrIgnored() throws Exception {
    String status = output("cat", "/proc/self/status");
    assertTrue(status.contains("SigBlk:\t0000000000000000"), status);
    // 32 and 33 are the C library's own; posix_spawn leaves them ignored.
    assertTrue(status.matches("(?s).*SigIgn:\t0000000[01][80]0000000\n.*"), status);
  }

  @Test
  void outputIsAppendedToAFileThatOthersCannotRead() throws Exception {
    output("echo", "first");
    assertEquals("first\nsecond\n", output("sh", "-c", "echo second >&2"));
    String mode =
        PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("log")));
    assertTrue(mode.endsWith("---"), mode);
  }

  @Test
  void aLinkedLogIsRefused() throws Exception {
    Path target = directory.resolve("shadow");
    Files.createSymbolicLink(directory.resolve("log"), target);
    IOException e = assertThrows(IOException.class, () -> Launcher.start(launch("true")));
    assertTrue(String.valueOf(e.getMessage()).contains(directory.resolve("log").toString()));
    assertFalse(Files.exists(target));
  }

  @Test
  void aPipeInPlaceOfTheLogDoesNotBlock() throws Exception {
    new ProcessBuilder("mkfifo", directory.resolve("log").toString()).start().waitFor();
    assertThrows(IOException.class, () -> Launcher.start(launch("true")));
  }

  @Test
  void aMissingProgramIsNamed() {
    for (String program : List.of("/usr/bin/no-such-thing", "no-such-thing")) {
      IOException e = assertThrows(IOException.class, () -> Launcher.start(launch(program)));
      assertEquals("program " + program + " does not exist", e.getMessage());
    }
    assertFalse(Files.exists(directory.resolve("log")), "nothing was begun");
  }

  @Test
  void aFileThatIsNoProgramIsNamed() {
    IOException e = assertThrows(IOException.class, () -> Launcher.start(launch("/etc/passwd")));
    assertEquals("program /etc/passwd is not an executable file", e.getMessage());
  }

  @Test
  void aMissingDirectoryIsNamed() {
    Launcher.Launch launch =
        new Launcher.Launch(
            "etcd",
            List.of("true"),
            Map.of(),
            Optional.of(directory.resolve("none")),
            directory.resolve("log"));
    IOException e = assertThrows(IOException.class, () -> Launcher.start(launch));
    assertTrue(String.valueOf(e.getMessage()).contains(directory.resolve("none").toString()));
  }
}
