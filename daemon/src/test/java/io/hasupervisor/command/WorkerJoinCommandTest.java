package io.hasupervisor.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.worker.FakeUnits;
import io.hasupervisor.host.ProcessLock;
import io.hasupervisor.host.SystemClock;
import io.hasupervisor.observe.FakeServer;
import io.hasupervisor.observe.TestCertificates;
import io.hasupervisor.observe.hostfiles.FakeHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class WorkerJoinCommandTest {
  private static final FakeServer.Session WELL =
      FakeServer.answerAndWait("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  private static final String SEED = "DAEMON_ARGS=\"--api-servers=https://10.0.0.1 --v=2\"\n";

  @TempDir static Path certificates;
  private static TestCertificates made;

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final FakeUnits units = new FakeUnits();
  private FakeHost host;
  private Path main;
  private int user;
  private Optional<String> keyboard = Optional.empty();

  @BeforeAll
  static void certificates() throws Exception {
    made =
        TestCertificates.in(certificates)
            .ec("server", "IP:127.0.0.1", 10)
            .ec("elsewhere", "DNS:elsewhere", 10)
            .ec("node", "DNS:node", 10);
  }

  @BeforeEach
  void host() throws IOException {
    host = new FakeHost(directory);
    Path etc = Files.createDirectories(host.root.resolve("etc/ha-supervisor/conf.d"));
    main = etc.resolveSibling("ha-supervisor.yaml");
    Files.writeString(
        main,
        "state-directory: %s\ncontrol: {socket: %s}\n"
            .formatted(host.state, directory.resolve("no.sock")));
    host.file("/srv/kubernetes/ca.crt", Files.readString(made.file("ca.crt")));
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    WorkerJoinCommand command =
        new WorkerJoinCommand(
            () ->
                new JoinWorld(
                    host.paths(),
                    user,
                    () -> keyboard.map(text -> new BufferedReader(new StringReader(text))),
                    SystemClock.verified(),
                    () -> {},
                    (_, _, work) -> work.with(units)));
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(
            Stream.concat(Stream.of("--config", main.toString()), Stream.of(args))
                .toArray(String[]::new));
  }

  private int join(FakeServer server, String... more) throws IOException {
    try (server) {
      return run(
          Stream.concat(Stream.of("--apiserver", url(server)), Stream.of(more))
              .toArray(String[]::new));
    }
  }

  private static String url(FakeServer server) {
    return "https://127.0.0.1:" + server.port();
  }

  private FakeServer balancer() throws Exception {
    return made.serve("server", false, WELL);
  }

  private Path kubeadm() throws IOException {
    return host.file(
        "/etc/kubernetes/kubelet.conf",
        """
        clusters:
        - cluster:
            certificate-authority-data: %s
            server: https://10.0.0.1:6443
          name: k
        contexts: [{name: c, context: {cluster: k, user: u}}]
        current-context: c
        users:
        - name: u
          user:
            client-certificate-data: %s
            client-key-data: %s
        """
            .formatted(base64("ca.crt"), base64("node.crt"), base64("node.key")));
  }

  private static String base64(String name) throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(made.file(name)));
  }

  /** Every file with its content. */
  private Map<String, String> tree() throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.toList()) {
        tree.put(each.toString(), Files.isRegularFile(each) ? Files.readString(each) : "");
      }
    }
    return tree;
  }

  private Path config() {
    return main.resolveSibling("conf.d").resolve("50-worker.yaml");
  }

  @Test
  void aHostOfTheSeedsEraJoins() throws Exception {
    Path file = host.file("/etc/default/kubelet", SEED);
    FakeServer balancer = balancer();
    String url = url(balancer);
    assertEquals(0, join(balancer, "--yes"), err.toString());
    assertEquals("DAEMON_ARGS=\"--api-servers=" + url + " --v=2\"\n", Files.readString(file));
    assertTrue(Files.readString(config()).contains("apiserver: \"" + url + "\""));
    assertTrue(out.toString().contains("asked: an apiserver answers at " + url), out.toString());
    assertTrue(out.toString().contains("joined: kubelet by " + url), out.toString());
    assertTrue(out.toString().contains("the daemon was not told: "), out.toString());
  }

  @Test
  void aHostOfKubeadmJoinsAndShowsNoSecret() throws Exception {
    Path file = kubeadm();
    String before = Files.readString(file);
    FakeServer balancer = made.serve("server", true, WELL);
    String url = url(balancer);
    assertEquals(0, join(balancer, "--yes"), err.toString());
    assertEquals(before.replace("https://10.0.0.1:6443", url), Files.readString(file));
    assertTrue(out.toString().contains("+    server: " + url), out.toString());
    assertFalse(out.toString().contains(base64("node.key")), out.toString());
  }

  @Test
  void whoHasJoinedHasNothingMoreToDo() throws Exception {
    host.file("/etc/default/kubelet", SEED);
    try (FakeServer balancer = balancer()) {
      assertEquals(0, run("--apiserver", url(balancer), "--yes"));
      Map<String, String> before = tree();
      units.restarted.clear();
      assertEquals(0, run("--apiserver", url(balancer) + "/", "--yes"));
      assertTrue(out.toString().contains("nothing to do: this host has joined"), out.toString());
      assertEquals(List.of(), units.restarted);
      assertEquals(before, tree());
    }
  }

  @Test
  void aDryRunShowsAllAndChangesNothing() throws Exception {
    host.file("/etc/default/kubelet", SEED);
    Map<String, String> before = tree();
    user = 1000;
    assertEquals(0, join(balancer(), "--dry-run"), err.toString());
    assertEquals(before, tree());
    assertTrue(out.toString().contains("-" + SEED + "+DAEMON_ARGS"), out.toString());
    assertTrue(out.toString().contains("+role: worker"), out.toString());
    assertTrue(out.toString().contains("to be restarted: kubelet"), out.toString());
    assertTrue(out.toString().contains("nothing was changed: dry run"), out.toString());
    assertEquals(List.of(), units.restarted);
  }

  private void refuses(String why, FakeServer server) throws IOException {
    Map<String, String> before = tree();
    assertEquals(1, join(server, "--yes"));
    assertTrue(err.toString().contains(why), err.toString());
    assertTrue(err.toString().contains("nothing was changed"), err.toString());
    assertEquals(List.of(), units.restarted);
    assertEquals(withoutLock(before), withoutLock(tree()));
  }

  private static Map<String, String> withoutLock(Map<String, String> tree) {
    tree.keySet().removeIf(name -> name.matches(".*/state/worker(/lock)?"));
    return tree;
  }

  @Test
  void nothingIsTouchedWhereTheLoadBalancerIsNoGood() throws Exception {
    host.file("/etc/default/kubelet", SEED);
    FakeServer closed = balancer();
    closed.close();
    refuses("does not answer: ", closed);
    refuses("does not answer: ", made.serve("elsewhere", false, WELL));
    refuses(
        "says that it is not well: 503",
        made.serve("server", false, FakeServer.answer(503, "[-]etcd failed: reason withheld")));
    refuses(
        "is no apiserver",
        made.serve(
            "server", false, FakeServer.answer("HTTP/1.1 302 Go\r\nLocation: /login\r\n\r\n")));
    refuses("the answer is not TLS", FakeServer.tcp(FakeServer.answer(200, "ok")));
  }

  @Test
  void aKubeletThatTheClusterDoesNotKnowIsNotPointedThere() throws Exception {
    kubeadm();
    refuses(
        "refuses the kubelet's own credentials (401)",
        made.serve("server", false, FakeServer.answer(401, "no")));
    assertEquals(
        0,
        join(made.serve("server", false, FakeServer.answer(403, "no")), "--yes"),
        err.toString());
  }

  @Test
  void withoutAnAuthorityNobodyIsBelieved() throws Exception {
    host.file("/etc/default/kubelet", SEED);
    Path ca = host.root.resolve("srv/kubernetes/ca.crt");
    Path given = Files.move(ca, directory.resolve("given.crt"));
    refuses("--ca FILE names an authority", balancer());
    assertEquals(0, join(balancer(), "--yes", "--ca", given.toString()), err.toString());
    assertTrue(Files.readString(config()).contains("  ca: '" + given + "'\n"));
  }

  @Test
  void aKubeletThatDoesNotComeBackIsPutBack() throws Exception {
    Path file = host.file("/etc/default/kubelet", SEED);
    units.connected = () -> false;
    assertEquals(1, join(balancer(), "--yes", "--timeout", "1s"));
    assertEquals(SEED, Files.readString(file));
    assertFalse(Files.exists(config()));
    assertTrue(err.toString().contains("not joined: all is as before"), err.toString());
    assertTrue(out.toString().contains("did not connect to the load balancer"), out.toString());
  }

  @Test
  void restoreTakesTheLastJoinBack() throws Exception {
    Path file = host.file("/etc/default/kubelet", SEED);
    assertEquals(0, join(balancer(), "--yes"));
    assertEquals(0, run("--restore"), err.toString());
    assertEquals(SEED, Files.readString(file));
    assertFalse(Files.exists(config()));
    assertEquals(0, run("--restore"));
    assertTrue(out.toString().contains("there is nothing to restore"), out.toString());
  }

  /** As after kill -9: its note is still there, and the files are the new ones. */
  @Test
  void aJoinThatWasBrokenOffIsDoneAnew() throws Exception {
    Path file = host.file("/etc/default/kubelet", SEED);
    try (FakeServer balancer = balancer()) {
      assertEquals(0, run("--apiserver", url(balancer), "--yes"));
      String joined = Files.readString(file);
      Path folder = host.state.resolve("worker");
      Files.move(folder.resolve("last-join.json"), folder.resolve("join.json"));
      units.restarted.clear();
      assertEquals(0, run("--apiserver", url(balancer), "--yes"), err.toString());
      assertTrue(out.toString().contains("was broken off: it is taken back first"));
      assertEquals(joined, Files.readString(file));
      assertTrue(Files.exists(config()));
      assertEquals(List.of("kubelet"), units.restarted);
      assertFalse(Files.exists(folder.resolve("join.json")));
    }
  }

  @Test
  void whatWasBrokenOffIsTakenBackWholeWhereTheLoadBalancerIsGone() throws Exception {
    Path file = host.file("/etc/default/kubelet", SEED);
    assertEquals(0, join(balancer(), "--yes"));
    Path folder = host.state.resolve("worker");
    Files.move(folder.resolve("last-join.json"), folder.resolve("join.json"));
    units.restarted.clear();
    FakeServer gone = balancer();
    gone.close();
    assertEquals(1, join(gone, "--yes"));
    assertEquals(SEED, Files.readString(file));
    assertEquals(List.of("kubelet"), units.restarted);
    assertFalse(Files.exists(folder.resolve("join.json")));
  }

  @Test
  void nobodysYesIsTakenForGranted() throws Exception {
    Path file = host.file("/etc/default/kubelet", SEED);
    assertEquals(1, join(balancer()));
    assertTrue(err.toString().contains("with --yes"), err.toString());
    keyboard = Optional.of("\n");
    assertEquals(1, join(balancer()));
    assertEquals(SEED, Files.readString(file));
    keyboard = Optional.of("y\n");
    assertEquals(0, join(balancer()), err.toString());
  }

  @Test
  void aLinkedFileIsRefused() throws Exception {
    Path real = host.file("/etc/real", SEED);
    Path link = host.root.resolve("etc/default/kubelet");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, real);
    refuses(link + ": " + link + " is a symbolic link, not a regular file", balancer());
  }

  @Test
  void onlyRootJoinsAndNoMasterDoes() throws Exception {
    host.file("/etc/default/kubelet", SEED);
    user = 1000;
    assertEquals(1, join(balancer(), "--yes"));
    assertTrue(err.toString().contains("only root may do this"), err.toString());
    user = 0;
    Files.writeString(
        main.resolveSibling("conf.d").resolve("master.yaml"),
        """
        node: {name: a, address: 10.0.0.1}
        cluster: {masters: {a: 10.0.0.1}}
        manifests: {profile: seed}
        """);
    assertEquals(1, join(balancer(), "--yes"));
    assertTrue(err.toString().contains("this host is configured as a master"), err.toString());
  }

  @Test
  void twoJoinsAtOnceAreOneTooMany() throws Exception {
    host.file("/etc/default/kubelet", SEED);
    Files.createDirectories(host.state.resolve("worker"));
    try (ProcessLock _ = ProcessLock.take(host.state.resolve("worker/lock"), Duration.ZERO)) {
      assertEquals(1, join(balancer(), "--yes"));
    }
    assertTrue(err.toString().contains("another worker join is under way"), err.toString());
  }

  @Test
  void aLaterFileThatSaysAnotherLoadBalancerIsNamed() throws Exception {
    Path file = host.file("/etc/default/kubelet", SEED);
    Files.writeString(
        main.resolveSibling("conf.d").resolve("90-site.yaml"),
        "role: worker\nworker: {apiserver: \"https://10.0.0.99:6443\"}\n");
    assertEquals(1, join(balancer(), "--yes"));
    assertTrue(out.toString().contains("says role or worker.apiserver after"), out.toString());
    assertEquals(SEED, Files.readString(file));
    assertEquals(List.of(), units.restarted);
    assertFalse(Files.exists(config()));
  }

  @Test
  void aHostWithContainerdAndAProxyIsConfiguredWithThem() throws Exception {
    host.file("/etc/default/kubelet", SEED);
    host.file("/etc/default/kube-proxy", "DAEMON_ARGS=\"--master=https://10.0.0.1\"\n");
    host.file("/etc/systemd/system/kube-proxy.service", "[Service]\n");
    Path containerd = host.file("/usr/bin/containerd", "");
    assertTrue(containerd.toFile().setExecutable(true));
    assertEquals(0, join(balancer(), "--yes", "--kube-proxy"), err.toString());
    assertEquals(List.of("kubelet", "kube-proxy"), units.restarted);
    assertTrue(
        Files.readString(config())
            .endsWith(
                """
                services:
                  docker: {enabled: false}
                  containerd: {enabled: true}
                  kubelet: {depends-on: [containerd]}
                  kube-proxy: {enabled: true}
                """),
        Files.readString(config()));
  }

  @Test
  void wrongUsageIsAnsweredWithWhatIsMissing() {
    assertEquals(2, run());
    assertTrue(err.toString().contains("--apiserver is needed"), err.toString());
    assertEquals(2, run("--apiserver", "http://10.0.0.10:8080"));
    assertEquals(2, run("--apiserver", "https://10.0.0.10/api"));
    assertEquals(2, run("--restore", "--apiserver", "https://10.0.0.10"));
  }
}
