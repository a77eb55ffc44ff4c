package io.hasupervisor.act.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.process.RealProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HookTest {
  @TempDir private Path directory;

  private String run(String script, Duration limit) throws Exception {
    Path hook = Files.writeString(directory.resolve("hook"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));
    return new Hook(List.of(hook.toString(), "to"), directory.resolve("log"), limit)
        .run(Path.of("/b/etcd.db"))
        .orElse("");
  }

  @Test
  void isGivenThePathAsItsLastArgument() throws Exception {
    Path said = directory.resolve("said");
    assertEquals("", run("echo \"$1 $2\" > " + said, Duration.ofSeconds(20)));
    assertEquals("to /b/etcd.db\n", Files.readString(said));
  }

  @Test
  void itsFailureIsToldWithItsLastLines() throws Exception {
    String why = run("seq 1 1000; echo no route to host >&2; exit 7", Duration.ofSeconds(20));
    assertTrue(why.contains("exit code 7") && why.contains("no route to host"), why);
    assertTrue(!why.contains("990"), why);
  }

  @Test
  void oneThatHangsIsKilledWithItsChildren() throws Exception {
    Path child = directory.resolve("child");
    String why = run("sleep 600 & echo $! > " + child + "; wait", Duration.ofSeconds(2));
    assertTrue(why.contains("did not end within 2 s"), why);
    long pid = Long.parseLong(Files.readString(child).strip());
    RealProcesses.until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void oneThatIsNotThereIsTold() throws Exception {
    Hook hook = new Hook(List.of("/none/such"), directory.resolve("log"), Duration.ofSeconds(1));
    assertTrue(hook.run(Path.of("/b")).orElse("").contains("not started"));
    assertEquals(
        Optional.empty(), new Hook(List.of(), directory, Duration.ZERO).run(Path.of("/b")));
  }
}
