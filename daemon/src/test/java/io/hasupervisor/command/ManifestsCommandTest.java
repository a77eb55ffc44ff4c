package io.hasupervisor.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The commands that need no daemon, with the shipped templates and a host in a temporary folder.
 */
@Timeout(60)
final class ManifestsCommandTest {
  private static final Path TEMPLATES = Path.of("../config/manifests").toAbsolutePath().normalize();
  private static final List<String> SET =
      List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");

  @TempDir Path folder;
  private Path config;
  private Path placed;
  private String out = "";
  private String err = "";

  @BeforeEach
  void aHost() throws IOException {
    placed = Files.createDirectory(folder.resolve("placed"));
    config = configured("");
  }

  /** A configuration for the old design; paths of the host lie in the temporary folder. */
  private Path configured(String more) throws IOException {
    Path templates = folder.resolve("manifests");
    for (String name : SET) {
      Path copy = templates.resolve("seed").resolve(name + ".yaml");
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, Files.readString(TEMPLATES.resolve("seed").resolve(name + ".yaml")));
    }
    Path file = folder.resolve("ha-supervisor.yaml");
    Files.writeString(
        file,
        """
        manifests: {profile: seed, directory: %s, docker-socket: %s}
        node: {name: b, address: 10.0.0.2}
        cluster:
          masters: {a: 10.0.0.1, b: 10.0.0.2, c: 10.0.0.3}
          etcd: {token: t}
        %s
        """
            .formatted(placed, folder.resolve("none.sock"), more));
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.toList()) {
        boolean directory = Files.isDirectory(each);
        Files.setPosixFilePermissions(
            each, PosixFilePermissions.fromString(directory ? "rwx------" : "rw-------"));
      }
    }
    return file;
  }

  private int run(String... args) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int exit =
        new CommandLine(new ManifestsCommand())
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(errors))
            .execute(args);
    out = output.toString();
    err = errors.toString();
    return exit;
  }

  @Test
  void renderPrintsAllManifestsWithTheirNames() {
    assertEquals(0, run("render", "--config", config.toString()), err);
    for (String name : SET) {
      assertTrue(out.contains("# ---- " + name + ".yaml\n"), out);
    }
    assertTrue(out.contains("--name=b"));
  }

  @Test
  void renderedFilesPassOnAnyMachine() throws IOException {
    Path written = folder.resolve("out");
    assertEquals(0, run("render", "--config", config.toString(), "--output", written.toString()));
    String[] args =
        Stream.concat(Stream.of("validate"), SET.stream().map(n -> written.resolve(n + ".yaml")))
            .map(Object::toString)
            .toArray(String[]::new);
    assertEquals(0, run(args), out);
    assertTrue(out.contains("not checked: "), out);
    assertTrue(out.contains("4 manifests: 0 critical, 0 warnings"), out);
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(written.resolve("etcd.yaml"))));
  }

  @Test
  void renderWritesNothingIntoTheKubeletsDirectory() throws IOException {
    assertEquals(1, run("render", "--config", config.toString(), "--output", placed.toString()));
    assertTrue(err.contains("manifests place"), err);
    try (Stream<Path> files = Files.list(placed)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void aTemplateThatCannotBeRenderedIsRefusedWithItsLine() throws IOException {
    Path template = folder.resolve("manifests/seed/etcd.yaml");
    String text = Files.readString(template).replace("--name=${NODE_NAME}", "--name=${NODE_NAM}");
    Files.writeString(template, text);
    assertEquals(1, run("render", "--config", config.toString()));
    assertEquals("", out);
    assertTrue(err.contains(template + ":") && err.contains("NODE_NAM"), err);
    assertEquals(1, run("validate", "--config", config.toString()));
  }

  @Test
  void withoutFilesTheConfiguredSetIsJudgedForThisHost() throws IOException {
    Files.writeString(
        placed.resolve("zzz.yaml"),
        "{apiVersion: v1, kind: Pod, metadata: {name: etcd-server, namespace: kube-system},"
            + " spec: {containers: [{name: x, image: x}]}}");
    assertEquals(1, run("validate", "--config", config.toString()));
    assertTrue(out.matches("(?s).*etcd.yaml:\\d+:\\d+: CRITICAL POD_TWICE: .*zzz.yaml.*"), out);
    assertTrue(out.contains("not checked: whether the images are there"), out);
  }

  @Test
  void filesWithAConfigurationAreJudgedForThisHost() throws IOException {
    Path log = Files.createDirectory(folder.resolve("x.log"));
    Path file = folder.resolve("x.yaml");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: x}
        spec:
          containers:
          - {name: x, image: x, volumeMounts: [{name: log, mountPath: /x.log}]}
          volumes:
          - {name: log, hostPath: {path: %s, type: File}}
        """
            .formatted(log));
    assertEquals(0, run("validate", file.toString()), out);
    assertEquals(1, run("validate", "--config", config.toString(), file.toString()));
    assertTrue(out.contains("LOG_IS_DIRECTORY"), out);
  }

  @Test
  void aWrongConfigurationIsToldAsSuch() throws IOException {
    Files.writeString(config, "nonsense: 1\n");
    assertEquals(78, run("validate", "--config", config.toString()));
    assertEquals(78, run("render", "--config", config.toString()));
    assertEquals(78, run("diff", "--config", config.toString()));
    assertTrue(err.contains("nonsense"), err);
  }

  @Test
  void whatCannotBeReadIsRefusedAtOnce() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Path huge = folder.resolve("huge.yaml");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(10L << 30);
    }
    Path gone = folder.resolve("gone.yaml");
    String[] all = {pipe.toString(), huge.toString(), gone.toString(), folder.toString()};
    assertEquals(
        1, run(Stream.concat(Stream.of("validate"), Stream.of(all)).toArray(String[]::new)));
    assertTrue(out.contains(pipe + ": CRITICAL MANIFEST_NOT_A_FILE"), out);
    assertTrue(out.contains(huge + ": CRITICAL MANIFEST_TOO_LARGE"), out);
    assertTrue(out.contains(gone + ": CRITICAL MANIFEST_MISSING"), out);
    assertTrue(out.contains(folder + ": CRITICAL MANIFEST_NOT_A_FILE"), out);
  }

  @Test
  void jsonHasAllOfAFinding() throws IOException {
    Path file = folder.resolve("x.yaml");
    Files.writeString(file, "a: \"\u00e4\\\"\"\n");
    assertEquals(1, run("validate", "--json", file.toString()));
    assertTrue(out.contains("\"code\" : \"NOT_A_POD\""), out);
    assertTrue(out.contains("\"critical\" : 1"), out);
    assertTrue(out.contains("\"line\" : 1"), out);
    assertTrue(out.contains("\"cure\" : "), out);
  }

  @Test
  void diffShowsWhatPlacingWouldChangeWithoutSecrets() throws IOException {
    assertEquals(0, run("diff", "--config", config.toString()));
    assertTrue(out.startsWith("--- /dev/null\n+++ etcd.yaml (from "), out);
    run("render", "--config", config.toString(), "--output", folder.resolve("out").toString());
    for (String name : SET) {
      Files.copy(folder.resolve("out").resolve(name + ".yaml"), placed.resolve(name + ".yaml"));
    }
    assertEquals(0, run("diff", "--config", config.toString()));
    assertEquals("", out);
    Path etcd = placed.resolve("etcd.yaml");
    Files.writeString(
        etcd,
        Files.readString(etcd)
            .replace("    - --name=b\n", "    - --name=b\n    - --auth-token=jwt-S3CRET\n"));
    assertEquals(0, run("diff", "--config", config.toString()));
    assertTrue(out.contains("\n-    - --auth-token=***\n"), out);
    assertFalse(out.contains("S3CRET"), out);
  }

  @Test
  void theGroupAloneSaysHowItGoes() {
    assertEquals(2, run());
    assertTrue(err.contains("validate"), err);
  }
}
