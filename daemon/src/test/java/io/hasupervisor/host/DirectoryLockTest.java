package io.hasupervisor.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryLockTest {
  @TempDir Path directory;

  /** Another daemon: holds the lock until it is killed. */
  static final class Holder {
    public static void main(String[] args) throws IOException {
      try (DirectoryLock _ = DirectoryLock.take(Path.of(args[0]))) {
        System.out.println("locked");
        int _ = System.in.read();
      }
    }
  }

  private Process holder() throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void namesTheHolderAndIsFreeOnceTheHolderWasKilled() throws Exception {
    Process holder = holder();
    try (BufferedReader said = holder.inputReader()) {
      assertEquals("locked", said.readLine());
      IOException e = assertThrows(IOException.class, () -> DirectoryLock.take(directory));
      assertTrue(String.valueOf(e.getMessage()).contains("pid " + holder.pid() + ":"));
    } finally {
      holder.destroyForcibly().waitFor();
    }
    DirectoryLock.take(directory).close();
  }

  @Test
  void isTakenOnceWithinOneProcessToo() throws IOException {
    try (DirectoryLock _ = DirectoryLock.take(directory)) {
      assertThrows(IOException.class, () -> DirectoryLock.take(directory));
    }
    DirectoryLock.take(directory).close();
  }

  @Test
  void followsNoLink() throws IOException {
    Path target = Files.createFile(directory.resolve("target"));
    Files.createSymbolicLink(directory.resolve("lock"), target);
    assertThrows(IOException.class, () -> DirectoryLock.take(directory));
    assertEquals(0, Files.size(target));
  }
}
