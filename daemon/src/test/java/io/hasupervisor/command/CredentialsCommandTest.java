package io.hasupervisor.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hasupervisor.act.credential.Forge;
import io.hasupervisor.act.credential.MadeSet;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.loop.CredentialFolder;
import io.hasupervisor.loop.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Timeout(60)
final class CredentialsCommandTest {
  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** The command with a master that no file configures. */
  @Command
  private record Given(MasterCommand command, Master master) implements Callable<Integer> {
    @Override
    public Integer call() throws IOException, InterruptedException {
      Path nowhere = Path.of("/nonexistent");
      Plan plan =
          new Plan(
              new Plan.Settings(
                  "n",
                  false,
                  List.of(),
                  List.of(),
                  nowhere,
                  nowhere,
                  "g",
                  Duration.ofSeconds(5),
                  1,
                  1),
              List.of(),
              Optional.of(master),
              Optional.empty());
      return command.run(plan, master, nowhere);
    }
  }

  private int execute(MasterCommand command, Master master, String... args) {
    CommandLine line = new CommandLine(command);
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    line.setExecutionStrategy(
        parsed -> {
          if (line.isUsageHelpRequested()) {
            return 0;
          }
          try {
            return new Given(command, master).call();
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    int exit = line.execute(args);
    line.getOut().flush();
    line.getErr().flush();
    return exit;
  }

  private CredentialFolder made(Profile profile) throws IOException {
    return CredentialFolder.made(directory.resolve("root"), profile, "master-1");
  }

  private int check(CredentialFolder folder, String... more) {
    return execute(
        new CredentialsCheckCommand(),
        folder.master(),
        Stream.concat(Stream.of("--root", folder.root().toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void daysLeftAreShownWhereAllIsWell(Profile profile) throws IOException {
    CredentialFolder folder = made(profile);
    assertEquals(0, check(folder));
    assertTrue(
        out.toString().contains("  364  ") || out.toString().contains("  365  "), out::toString);
    assertTrue(out.toString().contains("0 critical, 0 warnings, 0 advice"), out::toString);
    folder.holdsNoSecret(out.toString());
  }

  @Test
  void whatIsCriticalMakesItExitWithOne() throws IOException {
    CredentialFolder folder = made(Profile.MODERN);
    Files.delete(folder.file("apiserver.key"));
    MadeSet.mode(folder.file("sa.key"), "rw-r--r--");
    assertEquals(1, check(folder));
    assertTrue(out.toString().contains("CRITICAL  CREDENTIAL_MISSING"), out::toString);
    assertTrue(out.toString().contains("chmod 600 "), out::toString);
    folder.holdsNoSecret(out.toString());
  }

  @Test
  void warningsAreNoFailure() throws IOException {
    CredentialFolder folder = made(Profile.MODERN);
    MadeSet.mode(folder.file("sa.key"), "rw-r--r--");
    assertEquals(0, check(folder));
  }

  @Test
  void theJsonNamesEachCertificateAndFinding() throws IOException {
    CredentialFolder folder = made(Profile.SEED);
    MadeSet.authority(Profile.SEED, "ca")
        .server()
        .valid(Duration.ofDays(-400), Duration.ofDays(-2))
        .over(folder.file("server.cert"), folder.file("server.key"));
    Files.writeString(folder.file("known_tokens.csv"), "s3cret-s3cret,a\n");
    assertEquals(1, check(folder, "--json"));
    folder.holdsNoSecret(out.toString());
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertEquals("master-1", json.path("node").textValue());
    assertEquals(3, json.path("certificates").size());
    assertTrue(json.path("certificates").get(1).path("daysLeft").longValue() < 0);
    JsonNode last = json.path("findings").get(json.path("findings").size() - 1);
    assertEquals("TABLE_COLUMNS", last.path("code").textValue());
    assertEquals(1, last.path("line").intValue());
  }

  @Test
  void namesInCertificatesCannotForgeLines() throws IOException {
    CredentialFolder folder = made(Profile.SEED);
    Forge.byStranger("CN=evil\\0a\\1b[31mCRITICAL  FORGED")
        .server()
        .over(folder.file("server.cert"), folder.file("server.key"));
    assertEquals(1, check(folder));
    assertFalse(out.toString().contains("\u001b") || out.toString().contains("\nCRITICAL  FORGED"));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void createSaysWhatToDoAndShowsNoSecret(Profile profile) throws IOException {
    Path output = directory.resolve("out");
    int exit =
        execute(
            new CredentialsCreateCommand(),
            MadeSet.master(profile, "master-1"),
            "--output",
            output.toString());
    assertEquals(0, exit, err::toString);
    String text = out.toString();
    assertTrue(text.contains("ssh root@master-3 tar -xzpf master-3.tar.gz -C / -k"), text);
    assertTrue(text.contains("whoever has") || text.contains("Whoever has"), text);
    assertFalse(text.contains("PRIVATE KEY"), text);
    assertTrue(Files.exists(output.resolve("master-2.tar.gz")));
    assertEquals("", err.toString());
  }

  @Test
  void createRefusesADirectoryThatIsNotEmpty() throws IOException {
    Files.writeString(directory.resolve("mine"), "mine");
    int exit =
        execute(
            new CredentialsCreateCommand(),
            MadeSet.master(Profile.SEED, "master-1"),
            "--output",
            directory.toString());
    assertEquals(1, exit);
    assertTrue(err.toString().contains("is not empty"), err::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--days=0", "--days=4000", "--ca-days=36501", "--ca-days=364"})
  void createRefusesLivesThatMakeNoSense(String option) {
    int exit =
        execute(
            new CredentialsCreateCommand(),
            MadeSet.master(Profile.SEED, "master-1"),
            "--output",
            directory.resolve("out").toString(),
            option);
    assertEquals(2, exit);
    assertFalse(Files.exists(directory.resolve("out")));
  }

  @Test
  void theGroupHasBoth() {
    assertEquals(
        java.util.Set.of("check", "create"),
        new CommandLine(new CredentialsCommand()).getSubcommands().keySet());
  }
}
