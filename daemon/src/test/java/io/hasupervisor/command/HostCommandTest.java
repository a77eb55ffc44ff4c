package io.hasupervisor.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.hostfiles.FakeHost;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class HostCommandTest {
  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(MasterCommand command, FakeHost host) throws IOException, InterruptedException {
    new CommandLine(command).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    Plan plan =
        new Plan(
            new Plan.Settings(
                "n",
                false,
                List.of(),
                List.of(),
                host.state,
                host.state,
                "g",
                Duration.ofSeconds(5),
                1,
                1),
            List.of(),
            Optional.of(host.master()),
            Optional.empty());
    return command.run(plan, host.master(), host.state);
  }

  private static PointKubeletCommand pointing(boolean dryRun) {
    PointKubeletCommand command = new PointKubeletCommand();
    command.dryRun = dryRun;
    return command;
  }

  @Test
  void aDryRunShowsTheDifferenceAndChangesNothing() throws Exception {
    FakeHost host = new FakeHost(directory);
    String before = "DAEMON_ARGS=\"--config=/old\"\n";
    Path file = host.file("/etc/default/kubelet", before);
    assertEquals(0, run(pointing(true), host));
    assertTrue(out.toString().contains("-DAEMON_ARGS=\"--config=/old\"\n+"), out.toString());
    assertEquals(before, Files.readString(file));
    assertFalse(Files.exists(host.state.resolve("kept")));
  }

  @Test
  void changesTheFileOnceAndSaysWhatIsLeftToDo() throws Exception {
    FakeHost host = new FakeHost(directory);
    Path file = host.file("/etc/default/kubelet", "DAEMON_ARGS=\"--config=/old\"\n");
    assertEquals(0, run(pointing(false), host));
    assertEquals("DAEMON_ARGS=\"--config=" + host.manifests() + "\"\n", Files.readString(file));
    assertTrue(out.toString().contains("ha-supervisor restart kubelet"), out.toString());
    assertEquals(0, run(pointing(false), host));
    assertTrue(out.toString().contains("already; nothing to change"), out.toString());
  }

  @Test
  void refusesAFileThatItCannotReadAndNamesTheLine() throws Exception {
    FakeHost host = new FakeHost(directory);
    Path file = host.file("/etc/default/kubelet", "A=1\nif true; then\n");
    assertEquals(1, run(pointing(false), host));
    assertTrue(err.toString().contains(file + ":2: "), err.toString());
    assertTrue(err.toString().contains("nothing was changed"), err.toString());
  }

  @Test
  void makesNoKubeletConfigurationOfItsOwn() throws Exception {
    FakeHost host = new FakeHost(directory).modern();
    assertEquals(1, run(pointing(false), host));
    assertFalse(Files.exists(host.kubeletFile()));
  }
}
