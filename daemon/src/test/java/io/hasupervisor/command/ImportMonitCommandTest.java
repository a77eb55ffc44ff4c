package io.hasupervisor.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.hostfiles.HostPaths;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An import is checked before it is written, and overwrites nothing. */
final class ImportMonitCommandTest {
  private static final String NGINX =
      """
      set daemon 60
      set mailserver mx.example.org username "anna" password "berta"
      check process nginx with pidfile /run/nginx.pid
        start program = "/etc/init.d/nginx start"
        stop program = "/etc/init.d/nginx stop"
        if failed port 80 for 2 cycles then restart
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(folder.resolve("etc/conf.d"));
    Files.writeString(config(), "");
    Files.createDirectories(folder.resolve("host/proc"));
    control(NGINX);
  }

  private Path config() {
    return folder.resolve("etc/main.yaml");
  }

  private Path control() {
    return folder.resolve("monitrc");
  }

  private Path written() {
    return folder.resolve("etc/conf.d/monit.yaml");
  }

  private void control(String text) throws IOException {
    Files.writeString(control(), text);
    Files.setPosixFilePermissions(control(), PosixFilePermissions.fromString("rw-------"));
  }

  private int run(String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(control().toString(), "--config", config().toString()));
    return new CommandLine(new ImportMonitCommand(new HostPaths(folder.resolve("host"), 0)))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("etc/conf.d"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void writesWhatADryRunShows() throws IOException {
    assertEquals(0, run("--dry-run"), err.toString());
    assertEquals(List.of(), files());
    String shown = out.toString();
    assertTrue(err.toString().contains("1 service, 1 statement not imported"), err.toString());
    assertEquals(0, run(), err.toString());
    assertEquals(shown, Files.readString(written()));
    assertTrue(out.toString().contains("Wrote " + written() + ": 1 service"), out.toString());
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(written())));
  }

  @Test
  void namesWhatIsLeftWithoutItsSecrets() {
    assertEquals(0, run());
    assertTrue(out.toString().contains(":2: set mailserver …: not imported yet"), out.toString());
    assertFalse((out.toString() + err).contains("berta"));
  }

  @Test
  void doesNotReplaceAnotherFileUnasked() throws IOException {
    Files.writeString(written(), "mode: observe\n");
    assertEquals(1, run());
    assertTrue(err.toString().contains("is there already and differs"), err.toString());
    assertTrue(err.toString().contains("--force replaces it"), err.toString());
    assertEquals("mode: observe\n", Files.readString(written()));
    assertEquals(0, run("--force"), err.toString());
    assertEquals(2, files().size());
    assertEquals("mode: observe\n", Files.readString(files().getLast()));
  }

  @Test
  void isContentWithAnImportThatIsThere() {
    assertEquals(0, run());
    assertEquals(0, run());
    assertTrue(out.toString().contains("is so already"), out.toString());
  }

  @Test
  void writesNothingThatWouldMakeTheConfigurationWrong() throws IOException {
    Path other = folder.resolve("etc/conf.d/web.yaml");
    Files.writeString(
        other,
        """
        services:
          web:
            kind: script
            start: [/opt/web, start]
            stop: [/opt/web, stop]
            pidfile: /run/nginx.pid
        """);
    assertEquals(78, run());
    assertTrue(err.toString().contains("pidfile"), err.toString());
    assertTrue(err.toString().contains(folder + "/etc/conf.d/"), err.toString());
    assertEquals(List.of(other), files());
  }

  @Test
  void takesAnotherOutputAndMakesItsDirectory() throws IOException {
    Path output = folder.resolve("elsewhere/imported.yaml");
    assertEquals(0, run("--output", output.toString()), err.toString());
    assertTrue(Files.readString(output).contains("nginx:"));
    assertEquals(List.of(), files());
  }

  @Test
  void saysWhereAControlFileIsWrong() throws IOException {
    control("check process x with pidfile \"/run/x\n");
    assertEquals(2, run());
    assertTrue(err.toString().startsWith(control() + ":1:30: \" is not closed"), err.toString());
    assertEquals(List.of(), files());
  }

  @Test
  void refusesAFileThatIsNoText() throws IOException {
    Files.write(control(), "# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(2, run());
    assertTrue(err.toString().contains(":1:6: is not UTF-8: byte 0xE9"), err.toString());
  }

  @Test
  void refusesAFileLargerThanAnyControlFile() throws IOException {
    control("#" + " ".repeat(10_000_000));
    assertEquals(2, run());
    assertTrue(err.toString().contains("is larger than 1 MiB"), err.toString());
  }

  @Test
  void refusesWhatOthersMayWriteAndWhatIsNotThere() throws IOException {
    Files.setPosixFilePermissions(control(), PosixFilePermissions.fromString("rw-rw-rw-"));
    assertEquals(2, run());
    assertTrue(err.toString().contains("can be written by everybody"), err.toString());
    Files.delete(control());
    assertEquals(2, run());
    assertTrue(err.toString().contains("no such file"), err.toString());
  }

  @Test
  void writesNoFileOfNothing() throws IOException {
    control("set daemon 5\nset log syslog\n");
    assertEquals(1, run());
    assertTrue(err.toString().contains("set log"), err.toString());
    assertTrue(err.toString().contains("nothing of it becomes a service"), err.toString());
    assertEquals(List.of(), files());
  }

  @Test
  void saysThatMonitStillRuns() throws IOException {
    Path process = Files.createDirectories(folder.resolve("host/proc/42"));
    Files.writeString(process.resolve("comm"), "monit\n");
    assertEquals(0, run());
    assertTrue(err.toString().contains("systemctl disable --now monit"), err.toString());
    assertEquals(0, run("--dry-run"));
    assertTrue(err.toString().contains("monit runs on this host"), err.toString());
  }

  @Test
  void leavesToSystemdWhatSystemdHas() throws IOException {
    Path units = Files.createDirectories(folder.resolve("host/lib/systemd/system"));
    Files.writeString(units.resolve("nginx.service"), "");
    assertEquals(0, run("--dry-run"));
    assertTrue(out.toString().contains("unit: nginx.service"), out.toString());
  }

  @Test
  void expandsIncludesAsMonitDoes() throws IOException {
    Path drops = Files.createDirectories(folder.resolve("conf.d/sub.d"));
    Path real = folder.resolve("real");
    Files.writeString(real, NGINX.replace("nginx", "linked"));
    Files.createSymbolicLink(drops.resolveSibling("b"), real);
    Files.writeString(drops.resolveSibling("a{1}"), NGINX.replace("nginx", "braced"));
    Files.writeString(drops.resolveSibling(".hidden"), NGINX.replace("nginx", "hidden"));
    control("set daemon 60\ninclude " + folder + "/c[^x]nf.?/*\n");
    assertEquals(0, run("--dry-run"), err.toString());
    assertTrue(out.toString().contains("\n  linked:\n"), out.toString());
    assertTrue(out.toString().contains("\n  braced:\n"), out.toString());
    assertFalse(out.toString().contains("\n  hidden:\n"), out.toString());
    assertTrue(out.toString().contains("sub.d is a directory"), out.toString());
  }
}
