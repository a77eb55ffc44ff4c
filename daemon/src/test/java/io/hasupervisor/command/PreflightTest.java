package io.hasupervisor.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hasupervisor.assess.preflight.Area;
import io.hasupervisor.assess.preflight.Check;
import io.hasupervisor.assess.preflight.Check.Result;
import io.hasupervisor.control.cli.Terminal;
import io.hasupervisor.observe.hostfiles.FakeHost;
import io.hasupervisor.observe.hostfiles.Kernel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(120)
final class PreflightTest {
  private static final List<Check> CHECKS =
      List.of(
          Check.ok(Area.CONFIGURATION, "", "profile seed"),
          new Check(Area.DAEMON, "D", Result.WARNING, "it", "is old", "restart it"),
          new Check(Area.RUNTIME, "R", Result.ADVICE, "runtime", "is \033[31mred", "paint"),
          Check.notChecked(Area.IMAGES, "", "docker does not answer", "look again"),
          new Check(Area.PORTS, "P", Result.FAILED, "443", "443 is taken", "free it"));

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private boolean interactive;
  private int user;
  private int seconds;

  @Test
  void aLineForEachCheckAndBelowItTheCure() {
    assertEquals(
        """
        ok    configuration : profile seed
        WARN  daemon        : it: is old
              cure: restart it
        note  runtime       : is [31mred
              cure: paint
        --    images        : docker does not answer
              cure: look again
        FAIL  ports         : 443 is taken
              cure: free it

        Not ready: 1 to cure, from the top; 1 warning, 1 not checked.
        """,
        PreflightText.of(CHECKS));
    assertTrue(
        PreflightText.of(List.of(CHECKS.getFirst()))
            .endsWith("being a master; 0 warnings, 0 not checked.\n"));
  }

  @Test
  void theSameForPrograms() throws Exception {
    JsonNode json = new ObjectMapper().readTree(PreflightJson.of(CHECKS));
    assertFalse(json.path("ready").asBoolean(true));
    assertEquals(
        List.of("ok", "warning", "advice", "not-checked", "failed"),
        json.findValuesAsText("result"));
    assertEquals(
        "{\"area\":\"ports\",\"code\":\"P\",\"result\":\"failed\",\"subject\":\"443\","
            + "\"text\":\"443 is taken\",\"cure\":\"free it\"}",
        json.path("checks").path(4).toString());
  }

  private int run(String configuration, String... more) throws Exception {
    Path config = Files.createDirectories(directory.resolve("etc")).resolve("ha.yaml");
    Files.writeString(config, configuration);
    FakeHost host = new FakeHost(directory);
    host.file("/proc/sys/kernel/hostname", "a\n");
    PreflightScene scene =
        new PreflightScene(
            user,
            new Terminal(interactive, Map.of(), () -> seconds-- > 0),
            "0.1.0",
            host.paths(),
            new Kernel(List::of, () -> Duration.ZERO, () -> Optional.of(true)),
            name -> {
              throw new UnknownHostException(name);
            },
            () -> Set.of("10.0.0.1"),
            Duration.ofSeconds(60));
    List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
    arguments.addAll(List.of(more));
    return new CommandLine(new PreflightCommand(() -> scene))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  @Test
  void onlyRootMayLook() throws Exception {
    user = 1000;
    assertEquals(1, run(""));
    assertTrue(err.toString().contains("only root"), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void aHostThatIsNoMasterIsLookedAtAllTheSame() throws Exception {
    assertEquals(78, run("", "--json"));
    JsonNode checks = new ObjectMapper().readTree(out.toString()).path("checks");
    assertTrue(checks.findValuesAsText("code").contains("NO_PROFILE"), out.toString());
    assertTrue(checks.findValuesAsText("code").contains("KUBELET_MISSING"), out.toString());
    assertEquals(
        List.of(Area.values()).stream().map(Area::label).toList(),
        checks.findValuesAsText("area").stream().distinct().toList());
  }

  @Test
  void aWrongConfigurationIsToldAndTheHostLookedAt() throws Exception {
    assertEquals(78, run("mode: never\n"));
    assertTrue(out.toString().startsWith("FAIL  configuration : "), out.toString());
    assertTrue(out.toString().contains("ha.yaml:1:7"), out.toString());
    assertTrue(out.toString().contains("FAIL  kubelet"), out.toString());
  }

  @Test
  void whatIsWaitedForIsShownOnATerminalAloneAndGoneAtTheEnd() throws Exception {
    assertEquals(78, run(""));
    assertEquals("", err.toString());
    interactive = true;
    assertEquals(78, run(""));
    assertTrue(err.toString().endsWith("\r\033[K"), err.toString());
  }

  @Test
  void waitingLooksAgainUntilTheTimeIsOverOrItIsBrokenOff() throws Exception {
    seconds = 2;
    assertEquals(78, run("", "--wait", "1h"));
    assertEquals(-1, seconds);
  }

  @Test
  void aLookThatHangsIsSaidSoAndKeepsNobodyWaiting() throws Exception {
    CountDownLatch ever = new CountDownLatch(1);
    Looks looks = new Looks(Duration.ofSeconds(2));
    Looks.Look<String> hanging =
        looks.begin(
            "dead mount",
            () -> {
              ever.await();
              return "";
            });
    Looks.Look<String> good = looks.begin("good", () -> "seen");
    List<List<String>> waiting = new ArrayList<>();
    looks.await(waiting::add);
    assertEquals(Optional.of("seen"), good.got());
    Check late = hanging.judged(Area.HOST, _ -> List.of()).getFirst();
    assertEquals(Result.NOT_CHECKED, late.result());
    assertEquals("this took longer than 2 s", late.text());
    assertEquals(List.of(), waiting.getLast());
    assertTrue(waiting.getFirst().contains("dead mount"), waiting.toString());
    ever.countDown();
  }

  @Test
  void aLookThatFailsIsNotCheckedAndNoCrash() throws Exception {
    Looks looks = new Looks(Duration.ofSeconds(20));
    Looks.Look<String> failing =
        looks.begin(
            "broken",
            () -> {
              throw new java.io.IOException("no such thing");
            });
    Looks.Outcome.None<?> none = assertInstanceOf(Looks.Outcome.None.class, failing.outcome());
    assertTrue(none.why().contains("no such thing"), none.why());
  }
}
