package io.hasupervisor.control.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.control.ControlServer;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.publish.Rendering;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
final class CommandsTest {
  @TempDir Path directory;

  private final List<Request> heard = new CopyOnWriteArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> ran = new ArrayList<>();

  private CommandLine line(boolean interactive, Map<String, String> environment, int seconds) {
    Iterator<Integer> left = java.util.stream.IntStream.range(0, seconds).iterator();
    return line(
        new Terminal(
            interactive,
            environment,
            () -> {
              boolean more = left.hasNext();
              if (more) {
                left.next();
              }
              return more;
            }));
  }

  private CommandLine line(Terminal terminal) {
    return Commands.create(
            (config, state, socket) -> {
              ran.add(config + " " + state + " " + socket);
              return 78;
            },
            (config, good, bad) -> {
              ran.add(config.toString());
              bad.println("a problem");
              return 78;
            },
            terminal,
            List.of())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err));
  }

  private int execute(Reply answer, String... args) throws Exception {
    return execute(answer, line(false, Map.of(), 0), args);
  }

  private int execute(Reply answer, CommandLine line, String... args) throws Exception {
    Path socket = directory.resolve("sock");
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--socket", socket.toString()));
    try (ControlServer _ =
        ControlServer.start(
            socket,
            "no-such-group",
            (request, _) -> {
              heard.add(request);
              return CompletableFuture.completedFuture(answer);
            })) {
      return line.execute(all.toArray(String[]::new));
    }
  }

  @Test
  void everyCommandAsksForWhatItSays() throws Exception {
    String[][] commands = {
      {"status"},
      {"status", "--json"},
      {"cluster"},
      {"cluster", "--json"},
      {"events", "--since", "7"},
      {"explain", "docker"},
      {"incident", "show", "ID"},
      {"start", "docker"},
      {"stop", "docker"},
      {"stop", "docker", "--for", "1h30m"},
      {"restart", "docker"},
      {"restart", "docker", "--accept-quorum-loss"},
      {"retry", "docker"},
      {"hold", "docker", "--for", "30m", "--reason", "disk change"},
      {"hold", "--all", "--for=2d", "--reason=x"},
      {"release", "docker"},
      {"release", "--all"},
      {"may-start", "docker", "--max-wait", "3s"},
      {"lock", "show"},
      {"lock", "show", "--json"},
      {"lock", "break", "--yes"},
      {"lock", "freeze", "--reason", "work on the switches"},
      {"lock", "unfreeze"},
      {"rolling", "restart", "docker"},
      {"rolling", "restart", "kubelet", "--reason", "flags"},
      {"rolling", "status"},
      {"rolling", "stop"},
      {"reboot", "--when-safe"},
      {"reboot", "--when-safe", "--max-wait", "30s", "--accept-quorum-loss"},
      {"reload"}
    };
    for (String[] command : commands) {
      assertEquals(0, execute(Reply.done("well"), command), err.toString());
    }
    assertEquals(
        List.of(
            new Request.GetStatus(Rendering.TEXT),
            new Request.GetStatus(Rendering.JSON),
            new Request.GetCluster(Rendering.TEXT),
            new Request.GetCluster(Rendering.JSON),
            new Request.GetEvents(7),
            new Request.Explain("docker"),
            new Request.ShowIncident("ID"),
            new Request.Start("docker"),
            new Request.Stop("docker", Optional.empty()),
            new Request.Stop("docker", Optional.of(Duration.ofMinutes(90))),
            new Request.Restart("docker"),
            new Request.Restart("docker", true),
            new Request.Retry("docker"),
            new Request.Hold(Optional.of("docker"), Duration.ofMinutes(30), "disk change"),
            new Request.Hold(Optional.empty(), Duration.ofDays(2), "x"),
            new Request.Release(Optional.of("docker")),
            new Request.Release(Optional.empty()),
            new Request.MayStart("docker", Duration.ofMillis(1500)),
            new Request.GetLock(Rendering.TEXT),
            new Request.GetLock(Rendering.JSON),
            new Request.BreakLock(),
            new Request.FreezeLock("work on the switches"),
            new Request.UnfreezeLock(),
            new Request.RestartRolling("docker", ""),
            new Request.RestartRolling("kubelet", "flags"),
            new Request.GetRolling(Rendering.TEXT),
            new Request.StopRolling(),
            new Request.Reboot(false, Duration.ofMinutes(4)),
            new Request.Reboot(true, Duration.ofSeconds(30)),
            new Request.Reload()),
        heard);
    assertEquals("", err.toString());
  }

  @Test
  void theDaemonsExitCodeIsTheCommandsAndRefusalsGoToStandardError() throws Exception {
    assertEquals(5, execute(new Reply(5, "critical\n"), "status"));
    assertEquals("critical\n", out.toString());
    assertEquals(2, execute(Reply.unknown("no service x"), "start", "x"));
    assertEquals("ha-supervisor: no service x\n", err.toString());
    assertEquals("critical\n", out.toString());
  }

  @Test
  void wrongUsageIsExplainedShortlyWithoutAskingTheDaemon() throws Exception {
    String[][] wrong = {
      {"hold", "docker", "--reason", "x"},
      {"hold", "--for", "3m", "--reason", "x"},
      {"hold", "docker", "--all", "--for", "3m", "--reason", "x"},
      {"stop", "docker", "--for", "5x"},
      {"stop", "docker", "--for", "0s"},
      {"stop", "docker", "--for", ""},
      {"start"},
      {"start", "a", "b"},
      {"release"},
      {"events", "--since", "x"},
      {"sttus"},
      {"incident"},
      {"lock"},
      {"lock", "freeze"},
      {"rolling", "restart"},
      {"reboot"},
    };
    for (String[] command : wrong) {
      err.getBuffer().setLength(0);
      assertEquals(2, execute(Reply.done(""), command));
      assertTrue(err.toString().lines().count() <= 5, err.toString());
      assertTrue(err.toString().contains("--help"), err.toString());
    }
    assertEquals(2, line(false, Map.of(), 0).execute());
    assertEquals(List.of(), heard);
  }

  @Test
  void theLockIsNotBrokenByWhoOnlyWantsToSeeWhatThatWouldMean() throws Exception {
    assertEquals(1, execute(Reply.done("LOCK held by m2 to restart docker\n"), "lock", "break"));
    assertEquals(List.of(new Request.GetLock(Rendering.TEXT)), heard);
    assertEquals("LOCK held by m2 to restart docker\n", out.toString());
    assertTrue(err.toString().contains("may still be acting"), err.toString());
    assertTrue(err.toString().contains("--yes"), err.toString());
  }

  @Test
  void aRebootIsAskedForUntilItIsSafeAndSaysWhyItWaits() throws Exception {
    Reply no = new Reply(Reply.NO, "not now (LOCK_HELD): m2 holds it");
    CommandLine line = line(false, Map.of(), 60);
    assertEquals(75, execute(no, line, "reboot", "--when-safe", "--max-wait", "25s"));
    assertEquals(3, heard.size());
    assertEquals(1, out.toString().lines().filter(no.body()::equals).count(), out.toString());
    assertTrue(out.toString().contains("every 10s, for 25s at most"), out.toString());
    assertTrue(err.toString().contains("At last: " + no.body()), err.toString());
  }

  @Test
  void nobodyRebootsAHostOnWhichNobodyWouldGiveTheLockBack() throws Exception {
    Terminal terminal = new Terminal(false, Map.of(), () -> true, () -> false);
    assertEquals(1, execute(Reply.done("well"), line(terminal), "reboot", "--when-safe"));
    assertEquals(List.of(), heard);
    assertTrue(err.toString().contains("systemctl enable ha-supervisor"), err.toString());
  }

  @Test
  void withoutADaemonCommandsSayHowToStartIt() {
    assertEquals(
        3,
        line(false, Map.of(), 0)
            .execute("status", "--socket", directory.resolve("absent").toString()));
    assertTrue(err.toString().contains("systemctl start ha-supervisor"), err.toString());
  }

  @Test
  void everyHelpFitsAndShowsExamplesAndExitCodes() {
    List<CommandLine> all = new ArrayList<>();
    collect(line(false, Map.of(), 0), all);
    for (CommandLine command : all) {
      String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
      assertTrue(help.contains("Example"), help);
      boolean group = List.of("incident", "lock", "rolling").contains(command.getCommandName());
      assertTrue(group || help.contains("Exit codes:"), help);
      assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
    }
    assertEquals(28, all.size());
  }

  private static void collect(CommandLine command, List<CommandLine> all) {
    all.add(command);
    command.getSubcommands().values().forEach(below -> collect(below, all));
  }

  @Test
  void colourOnlyOnATerminalThatWantsIt() throws Exception {
    Map<String, String> xterm = Map.of("TERM", "xterm", "COLUMNS", "120");
    execute(Reply.done(""), line(true, xterm, 0), "status");
    execute(Reply.done(""), line(false, xterm, 0), "status");
    execute(Reply.done(""), line(true, Map.of("TERM", "xterm", "NO_COLOR", "1"), 0), "status");
    execute(Reply.done(""), line(true, Map.of("TERM", "dumb"), 0), "status");
    assertEquals(
        List.of(
            new Request.GetStatus(new Rendering(false, 120, true)),
            new Request.GetStatus(new Rendering(false, 120, false)),
            new Request.GetStatus(Rendering.TEXT),
            new Request.GetStatus(Rendering.TEXT)),
        heard);
  }

  @Test
  void watchingAsksAgainEachSecond() throws Exception {
    assertEquals(4, execute(new Reply(4, "now\n"), line(true, Map.of(), 2), "status", "--watch"));
    assertEquals(3, heard.size());
    assertEquals("\033[H\033[2Jnow\n".repeat(3), out.toString());
  }

  @Test
  void followingAsksForWhatCameAfterTheLastNumber() throws Exception {
    execute(Reply.done("5 a\n9 b\n"), line(false, Map.of(), 2), "events", "--follow");
    assertEquals(
        List.of(new Request.GetEvents(0), new Request.GetEvents(9), new Request.GetEvents(9)),
        heard);
    assertEquals("5 a\n9 b\n".repeat(3), out.toString());
  }

  @Test
  void runAndCheckConfigPassTheirArgumentsAndExitCodesOn() {
    assertEquals(
        78,
        line(false, Map.of(), 0)
            .execute("run", "--config", "c.yaml", "--state-dir", "s", "--socket", "k"));
    assertEquals(78, line(false, Map.of(), 0).execute("run"));
    assertEquals(78, line(false, Map.of(), 0).execute("check-config"));
    assertEquals(78, line(false, Map.of(), 0).execute("check-config", "d.yaml"));
    assertEquals(
        List.of(
            "c.yaml Optional[s] Optional[k]",
            "/etc/ha-supervisor/ha-supervisor.yaml Optional.empty Optional.empty",
            "/etc/ha-supervisor/ha-supervisor.yaml",
            "d.yaml"),
        ran);
    assertEquals("a problem\na problem\n", err.toString());
  }

  @Test
  void versionIsThatOfTheBuild() {
    assertEquals(0, line(false, Map.of(), 0).execute("version"));
    assertTrue(out.toString().matches("ha-supervisor \\d+\\.\\d+\\.\\d+.*\n"), out.toString());
    assertFalse(out.toString().contains("$"), out.toString());
  }
}
