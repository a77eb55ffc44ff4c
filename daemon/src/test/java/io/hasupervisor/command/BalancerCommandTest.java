package io.hasupervisor.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command with the shipped templates and a host in a temporary folder. */
@Timeout(60)
final class BalancerCommandTest {
  private static final Path TEMPLATES = Path.of("../config/manifests/balancer");

  @TempDir Path folder;
  private String out = "";
  private String err = "";

  private Path configured(String loadBalancer) throws IOException {
    Path templates = Files.createDirectories(folder.resolve("manifests/balancer"));
    try (Stream<Path> files = Files.list(TEMPLATES)) {
      for (Path file : files.toList()) {
        Files.writeString(templates.resolve(file.getFileName().toString()), Files.readString(file));
      }
    }
    Path file = folder.resolve("ha-supervisor.yaml");
    Files.writeString(
        file,
        """
        manifests:
          profile: modern
          directory: %s
          set:
            etcd: {enabled: false}
        node: {name: m2, address: 10.0.0.2}
        cluster:
          masters: {m1: 10.0.0.1, m2: 10.0.0.2, m3: 10.0.0.3}
          %s
          etcd: {token: t}
        """
            .formatted(folder.resolve("placed"), loadBalancer));
    return file;
  }

  private int run(Path config, String... more) {
    StringWriter written = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine line = new CommandLine(new BalancerCommand());
    line.setOut(new PrintWriter(written, true)).setErr(new PrintWriter(errors, true));
    int code =
        line.execute(
            Stream.concat(Stream.of("render", "--config", config.toString()), Stream.of(more))
                .toArray(String[]::new));
    out = written.toString();
    err = errors.toString();
    return code;
  }

  private int render(String loadBalancer, String... more) throws IOException {
    return run(
        configured(loadBalancer),
        Stream.concat(Stream.of("--interface", "eth1"), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void writesAllFilesAndTellsTheNextSteps() throws IOException {
    Path made = folder.resolve("made");
    assertEquals(0, render("load-balancer: 10.0.0.10:8443", "--output", made.toString()), err);
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(made)) {
      for (Path file : files.toList()) {
        names.add(file.getFileName().toString());
        assertEquals(
            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertFalse(Files.readString(file).contains("${"), file.toString());
      }
    }
    assertEquals(
        List.of("haproxy.cfg", "haproxy.yaml", "keepalived.conf", "keepalived.yaml"),
        List.copyOf(names));
    assertTrue(err.contains("haproxy -c -f " + made + "/haproxy.cfg"), err);
    assertFalse(err.contains("warning"), err);
  }

  @Test
  void everyMasterIsABackendWithTheApiserversPort() throws IOException {
    assertEquals(0, render("load-balancer: 10.0.0.10:8443"), err);
    assertTrue(out.contains("\n    bind *:8443\n"), out);
    for (int i = 1; i <= 3; i++) {
      assertTrue(out.contains("\n    server m%d 10.0.0.%d:6443\n".formatted(i, i)), out);
    }
  }

  @Test
  void keepalivedDiffersFromMasterToMaster() throws IOException {
    assertEquals(0, render("load-balancer: 10.0.0.10:8443"), err);
    assertTrue(out.contains("    priority 149\n"), "the second of three: " + out);
    assertTrue(out.contains("    interface eth1\n"), out);
    assertTrue(out.contains("    virtual_router_id 10\n"), out);
    assertTrue(out.contains("unicast_src_ip 10.0.0.2\n"), out);
    assertTrue(out.contains("unicast_peer {\n        10.0.0.1\n        10.0.0.3\n    }"), out);
  }

  @Test
  void warnsWhereTheLoadBalancerHasTheApiserversOwnPort() throws IOException {
    assertEquals(0, render("load-balancer: 10.0.0.10"), err);
    assertTrue(err.contains("warning: cluster.load-balancer has port 6443"), err);
    assertTrue(err.contains("hosts that are no masters"), err);
  }

  @Test
  void aNameCannotBeHeldByKeepalived() throws IOException {
    assertEquals(0, render("load-balancer: lb.example.com:8443"), err);
    assertFalse(out.contains("keepalived.conf\n"), out);
    assertTrue(err.contains("keepalived is left out"), err);
  }

  @Test
  void withoutALoadBalancerItSaysWhatToSet() throws IOException {
    assertEquals(1, render("load-balancer: none"));
    assertTrue(err.contains("cluster.load-balancer is none: set it"), err);
  }

  @Test
  void theManifestDirectoryIsNeverWrittenTo() throws IOException {
    Path placed = Files.createDirectory(folder.resolve("placed"));
    assertEquals(1, render("load-balancer: 10.0.0.10:8443", "--output", placed.toString()));
    assertTrue(err.contains("is the kubelet's own directory"), err);
    try (Stream<Path> files = Files.list(placed)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void anInterfaceIsAskedForWhereThisHostHasNone() throws IOException {
    assertEquals(1, run(configured("load-balancer: 10.0.0.10:8443")));
    assertTrue(err.contains("no network interface of this host has 10.0.0.2"), err);
    assertTrue(err.contains("--interface"), err);
  }

  @Test
  void wordsThatAreNoInterfaceAreRefused() throws IOException {
    assertEquals(2, run(configured("load-balancer: 10.0.0.10:8443"), "--interface", "a b"));
    assertEquals(2, render("load-balancer: 10.0.0.10:8443", "--router-id", "256"));
  }

  @Test
  void aTemplateWithAnUnknownVariableIsRefusedWithItsLine() throws IOException {
    Path config = configured("load-balancer: 10.0.0.10:8443");
    Files.writeString(folder.resolve("manifests/balancer/haproxy.cfg"), "global\n  ${NOPE}\n");
    assertEquals(1, run(config, "--interface", "eth1"));
    assertTrue(err.contains("haproxy.cfg:2: ${NOPE} has no value here"), err);
  }
}
