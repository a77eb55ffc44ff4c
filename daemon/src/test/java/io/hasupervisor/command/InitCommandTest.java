package io.hasupervisor.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Cluster.LoadBalancer;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.config.ConfigLoader;
import io.hasupervisor.config.Loaded;
import io.hasupervisor.config.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A first configuration is asked for, checked before it is written, and never lost. */
final class InitCommandTest {
  private static final String[] THREE = {
    "--profile",
    "seed",
    "--node-name",
    "b",
    "--masters",
    "a=10.0.0.1,b=10.0.0.2,c=10.0.0.3",
    "--load-balancer",
    "10.0.0.10:8443"
  };

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectory(folder.resolve("conf.d"));
    Files.writeString(config(), "");
  }

  private Path config() {
    return folder.resolve("main.yaml");
  }

  private Path written() {
    return folder.resolve("conf.d/master.yaml");
  }

  private int init(String... words) {
    return init(Optional.empty(), words);
  }

  private int answering(String answers, String... words) {
    return init(Optional.of(answers), words);
  }

  private int init(Optional<String> answers, String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", config().toString()));
    return new CommandLine(
            new InitCommand(() -> answers.map(StringReader::new).map(BufferedReader::new)))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  private Master master() {
    return switch (ConfigLoader.load(
        config(), Surroundings.of(Map.of(), Optional.empty(), Optional.empty()))) {
      case Loaded.Good good -> good.plan().master().orElseThrow();
      case Loaded.Bad bad -> throw new AssertionError(bad.problems().toString());
    };
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("conf.d"))) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private static String[] and(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void allOptionsMakeAMasterWithoutAQuestion() throws IOException {
    assertEquals(0, init(and(THREE, "--token", "t-1")), err.toString());
    Master master = master();
    assertEquals(Profile.SEED, master.profile());
    assertEquals(new Master.Node("b", "10.0.0.2"), master.node());
    assertEquals(Optional.of(new LoadBalancer("10.0.0.10", 8443)), master.cluster().loadBalancer());
    assertEquals("t-1", master.cluster().etcd().token());
    assertEquals(
        PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(written()));
    assertEquals(List.of("master.yaml"), files());
  }

  @Test
  void theOtherMastersAreToldTheSameTokenInCommandsThatWork() throws IOException {
    assertEquals(0, init(THREE), err.toString());
    Master first = master();
    List<MatchResult> commands =
        Pattern.compile("On ([a-z]):\n  ha-supervisor init (.*)\n")
            .matcher(out.toString())
            .results()
            .toList();
    assertEquals(List.of("a", "c"), commands.stream().map(each -> each.group(1)).toList());
    for (MatchResult each : commands) {
      assertEquals(0, init(and(each.group(2).split(" ", -1), "--force")), err.toString());
      assertEquals(each.group(1), master().node().name());
      assertEquals(first.cluster(), master().cluster());
    }
    assertTrue(first.cluster().etcd().token().matches("[0-9a-f]{32}"));
  }

  @Test
  void everyNewClusterHasAnotherToken() {
    assertEquals(0, init(THREE));
    String token = master().cluster().etcd().token();
    assertEquals(0, init(and(THREE, "--force")));
    assertNotEquals(token, master().cluster().etcd().token());
  }

  @Test
  void withoutATerminalEverythingThatIsMissingIsListed() throws IOException {
    assertEquals(2, init());
    assertEquals(
        "ha-supervisor: missing: --profile seed|modern; --masters NAME=ADDRESS,NAME=ADDRESS,...;"
            + " --node-name NAME; --load-balancer HOST[:PORT], or none\n",
        err.toString());
    assertEquals(List.of(), files());
  }

  @Test
  void atATerminalItAsksForWhatIsMissingAndForNothingElse() {
    assertEquals(
        0, answering("modern\nx=10.0.0.1,y=10.0.0.2\nx\nlb.example.com\n\n"), err.toString());
    assertEquals(
        "Profile: seed (docker, the design of 2015 to 2018) or modern (kubeadm's shape): "
            + "All masters, this one included, as NAME=ADDRESS,NAME=ADDRESS,...: "
            + "Name of this host among the masters: "
            + "Load balancer of all apiservers, as HOST or HOST:PORT [none]: "
            + "Token of etcd's bootstrap, from the first master; empty if this is it: Wrote "
            + written()
            + ".",
        out.toString().lines().findFirst().orElse(""));
    assertEquals(
        Optional.of(new LoadBalancer("lb.example.com", 6443)), master().cluster().loadBalancer());
    assertTrue(out.toString().contains("Note: etcd on 2 masters survives the loss of no more"));

    assertEquals(0, answering("t-2\n", and(THREE, "--force")), err.toString());
    assertEquals("t-2", master().cluster().etcd().token());
  }

  @Test
  void anAnswerLeftOutIsAskedForAgainAndTheEndOfInputEndsIt() throws IOException {
    assertEquals(0, answering("\n\nseed\n", "--masters", "a=10.0.0.1", "--node-name", "a"));
    assertEquals(2, answering("\n\n\n", "--masters", "a=10.0.0.1", "--node-name", "a", "--force"));
    assertEquals(2, answering("", "--force"));
    assertTrue(err.toString().contains("missing: --profile seed|modern; --masters"));
    assertEquals(List.of("master.yaml"), files());
  }

  @Test
  void oneMasterNeedsNoLoadBalancer() {
    assertEquals(
        0,
        init("--profile", "seed", "--masters", "a=10.0.0.1", "--node-name", "a"),
        err.toString());
    assertEquals(Optional.empty(), master().cluster().loadBalancer());
  }

  /** The options of {@link #THREE}, one with another value. */
  private static String[] instead(String option, String value) {
    List<String> words = new ArrayList<>(List.of(THREE));
    int at = words.indexOf(option);
    if (at < 0) {
      words.addAll(List.of(option, value));
    } else {
      words.set(at + 1, value);
    }
    return words.toArray(String[]::new);
  }

  @Test
  void whatTheConfigurationWouldRefuseIsNotWritten() throws IOException {
    Map<String[], String> wrong =
        Map.of(
            instead("--node-name", "d"),
                "node.name: \"d\" is not one of the cluster.masters: a, b, c",
            instead("--node-ip", "10.0.0.3"), "node.address: must be that of b",
            instead("--profile", "none"), "manifests.profile: must be seed or modern",
            instead("--profile", "sed"), "did you mean \"seed\"?",
            instead("--token", "a b"), "cluster.etcd.token: must be",
            instead("--masters", "b=10.0.0.2,a=10.0.0.2"), "the same address",
            instead("--masters", "b=10.0.0.2,A=10.0.0.1"), "a master must be a DNS name",
            instead("--service-cidr", "10.0.0.0/16"), "choose a range that no host is in",
            instead("--load-balancer", "x'\nmode: act"), "cluster.load-balancer: must be",
            and(instead("--profile", "modern"), "--discovery", "https://d.example/x"),
                "cluster.etcd.discovery: does not go with profile modern");
    wrong.forEach(
        (words, problem) -> {
          assertEquals(2, init(words), problem);
          assertTrue(err.toString().contains(problem), problem + " not in " + err);
          assertTrue(
              err.toString().contains("nothing was written; this was: ha-supervisor init"),
              err.toString());
        });
    assertEquals(List.of(), files());
  }

  @Test
  void mastersAreWrittenAsPairsAndOnceEach() {
    for (String masters : List.of("a", "a=10.0.0.1,", "=10.0.0.1", "a=10.0.0.1,a=10.0.0.2")) {
      assertEquals(2, init("--masters", masters));
      assertTrue(err.toString().startsWith("--masters: "), err.toString());
    }
  }

  @Test
  void aFileThatIsThereIsLeftAlone() throws IOException {
    Files.writeString(written(), "mode: observe\n");
    assertEquals(1, init(THREE));
    assertTrue(err.toString().contains("is there already; --force replaces it"), err.toString());
    assertEquals("mode: observe\n", Files.readString(written()));
    Files.delete(written());
    Files.createSymbolicLink(written(), folder.resolve("nowhere"));
    assertEquals(1, init(THREE));
    assertFalse(Files.exists(folder.resolve("nowhere")));
  }

  @Test
  void forceKeepsTheFormerFileWhereItIsNotRead() throws IOException {
    Files.writeString(written(), "mode: observe\n");
    assertEquals(0, init(and(THREE, "--force")), err.toString());
    List<String> files = files();
    assertEquals(2, files.size());
    assertTrue(
        files.getLast().matches("master\\.yaml\\.[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z"), files.toString());
    assertEquals(
        "mode: observe\n", Files.readString(folder.resolve("conf.d").resolve(files.getLast())));
    assertTrue(out.toString().contains("; the old one is " + folder), out.toString());
    assertEquals("b", master().node().name());
  }

  @Test
  void whereItCannotWriteItSaysSoAndLeavesNothing() throws IOException {
    assertEquals(1, init(and(THREE, "--output", folder.resolve("absent/x.yaml").toString())));
    assertTrue(err.toString().contains("cannot write"), err.toString());
    assertEquals(List.of(), files());
  }

  @Test
  void whenTheRestOfTheConfigurationContradictsItThatIsSaid() throws IOException {
    Files.writeString(config(), "cluster: {service-cidr: 10.0.0.0/8}\n");
    assertEquals(78, init(THREE));
    assertTrue(err.toString().contains("main.yaml:1:25: cluster.service-cidr"), err.toString());
  }

  @Test
  void theHelpHasAnExampleAndExitCodesAndFits() {
    String help = new CommandLine(new InitCommand()).getUsageMessage(CommandLine.Help.Ansi.OFF);
    assertTrue(help.contains("Example:") && help.contains("Exit codes:"), help);
    assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
  }
}
