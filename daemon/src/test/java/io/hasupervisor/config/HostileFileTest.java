package io.hasupervisor.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.Command;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.yaml.Problem;
import io.hasupervisor.yaml.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no good as files get one clear sentence, soon, and never an exception. */
final class HostileFileTest {
  private static final Duration SOON = Duration.ofMinutes(1);

  @TempDir Path folder;

  private List<String> problemsOf(byte[] content) throws IOException {
    ConfigFolder config = new ConfigFolder(folder).with("main.yaml", content);
    return assertTimeoutPreemptively(SOON, config::problems);
  }

  private List<String> problemsOf(String content) throws IOException {
    return problemsOf(content.getBytes(StandardCharsets.UTF_8));
  }

  private Plan planOf(String content) throws IOException {
    return new ConfigFolder(folder).with("main.yaml", content).plan();
  }

  @Test
  void nothingIsTheDefaults() throws IOException {
    Plan empty = planOf("");
    assertEquals(
        List.of("docker", "kubelet"), empty.services().stream().map(s -> s.name()).toList());
    for (String nothing :
        List.of("# only a comment\n", "\n\n", "---\n", "{}", "services:\n", "\uFEFF")) {
      assertEquals(empty, planOf(nothing), nothing);
    }
  }

  @Test
  void byteOrderMarkAndWindowsLineEndsAreTaken() throws IOException {
    assertTrue(planOf("\uFEFFmode: observe\r\nhttp:\r\n  listen: []\r\n").settings().observeOnly());
    assertEquals(
        List.of("main.yaml:2:7: mode: must be one of act, observe, not \"x\""),
        problemsOf("\uFEFF# comment\r\nmode: x\r\n"));
  }

  @Test
  void laughsAreNotMultiplied() throws IOException {
    String laughs =
        "a: &a [x, x]\n"
            + IntStream.range(0, 20)
                .mapToObj(i -> "b%d: &b%d [*a, *a, *a, *a, *a, *a, *a, *a]\n".formatted(i, i))
                .collect(Collectors.joining());
    assertEquals(
        "main.yaml:1:4: a: anchors are not taken: write the value out where it is needed",
        problemsOf(laughs).getFirst());
    assertEquals(Problems.LIMIT, problemsOf(laughs).size());
  }

  @Test
  void depthIsBounded() throws IOException {
    List<String> tooDeep = List.of("main.yaml:1:22: is nested more than 20 levels deep");
    assertEquals(tooDeep, problemsOf("[".repeat(1_000_000)));
    assertTrue(problemsOf("{a: {b: ".repeat(100_000)).getFirst().contains("is nested more than"));
    assertEquals(1, problemsOf("- ".repeat(400_000)).size());
    assertEquals(1, problemsOf("? ".repeat(400_000)).size());
  }

  @Test
  void sizeIsBounded() throws IOException {
    assertEquals(
        List.of("main.yaml: is larger than 1 MiB"), problemsOf("# 10 MB\n".repeat(1_300_000)));
    assertEquals(Problems.LIMIT, problemsOf("services: {" + keys(60_000) + "}").size());
    assertEquals(
        List.of("main.yaml:1:11: services: holds more than 100 services"),
        problemsOf("services: {" + chain(10_000) + "}"));
    assertEquals(1, problemsOf("k".repeat(1_000_000)).size());
  }

  private static String keys(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "s%d: {x: 1}".formatted(i))
        .collect(Collectors.joining(", "));
  }

  private static String chain(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "s%d: {kind: systemd, depends-on: [s%d]}".formatted(i, i + 1))
        .collect(Collectors.joining(", "));
  }

  @Test
  void whatIsNotUtf8HasItsPlace() throws IOException {
    assertEquals(
        List.of("main.yaml:2:3: is not UTF-8: byte 0xE9"),
        problemsOf(new byte[] {'#', '\n', '#', ' ', (byte) 0xE9, '\n'}));
    assertEquals(
        List.of("main.yaml:1:1: is not UTF-8: byte 0xFF"),
        problemsOf(new byte[] {(byte) 0xFF, (byte) 0xFE, 'm', 0}));
    assertEquals(
        List.of("main.yaml:1:7: is not UTF-8: byte 0xE2"),
        problemsOf(new byte[] {'m', 'o', 'd', 'e', ':', ' ', (byte) 0xE2, (byte) 0x82}));
  }

  @Test
  void controlCharactersHaveTheirPlace() throws IOException {
    assertEquals(
        List.of("main.yaml:2:4: holds the control character U+0000"), problemsOf("a: b\nc: \0"));
    assertEquals(
        List.of("main.yaml:1:7: mode: holds a NUL character"), problemsOf("mode: \"\\0\""));
  }

  @Test
  void whatCannotBeReadIsSaid() throws IOException {
    ConfigFolder config = new ConfigFolder(folder);
    assertEquals(List.of("main.yaml: cannot be read: no such file"), config.problems());
    Files.createDirectory(config.main());
    assertEquals(List.of("main.yaml: is a directory, not a file"), config.problems());
    assertEquals(
        List.of("/proc/self/mem: cannot be read: Input/output error"),
        problemsAt(Path.of("/proc/self/mem")));
    assertEquals(List.of("/dev/zero: is not a regular file"), problemsAt(Path.of("/dev/zero")));
  }

  private static List<String> problemsAt(Path main) {
    return ConfigLoader.load(main, ConfigFolder.environment()) instanceof Loaded.Bad bad
        ? bad.problems().stream().map(Problem::toString).toList()
        : List.of();
  }

  @Test
  void aPipeIsNotWaitedFor() throws Exception {
    ConfigFolder config = new ConfigFolder(folder);
    Command.run(List.of("/usr/bin/mkfifo", config.main().toString()), SOON, 100);
    assertEquals(
        List.of("main.yaml: is not a regular file"),
        assertTimeoutPreemptively(SOON, config::problems));
  }

  @Test
  void whatEverybodyMayWriteIsNotObeyed() throws IOException {
    ConfigFolder config =
        new ConfigFolder(folder).with("main.yaml", "").with("conf.d/a.yaml", "mode: observe");
    String sentence =
        " can be written by everybody, and what it names runs with our rights: chmod o-w it";
    Files.setPosixFilePermissions(config.main(), PosixFilePermissions.fromString("rw-rw-rw-"));
    assertEquals(List.of("main.yaml:" + sentence), config.problems());
    Files.setPosixFilePermissions(config.main(), PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(
        folder.resolve("conf.d"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertEquals(List.of("conf.d:" + sentence), config.problems());
  }

  @Test
  void rootObeysRootsFilesAlone() throws IOException {
    Path someoneElses = folder.resolve("main.yaml");
    Files.writeString(someoneElses, "");
    int owner = ConfigFolder.uid() == 0 ? 1234 : (int) ConfigFolder.uid();
    if (ConfigFolder.uid() == 0) {
      Files.setAttribute(someoneElses, "unix:uid", owner);
    }
    Environment root = new Environment("n", "", 0, Optional.empty(), Optional.empty());
    Environment owners = new Environment("n", "", owner, Optional.empty(), Optional.empty());
    assertEquals(
        List.of(
            "main.yaml: belongs to uid "
                + owner
                + ", and what it names runs as root: chown it to root"),
        ConfigLoader.load(someoneElses, root) instanceof Loaded.Bad bad
            ? bad.problems().stream().map(p -> p.toString().replace(folder + "/", "")).toList()
            : List.of());
    assertTrue(ConfigLoader.load(someoneElses, owners) instanceof Loaded.Good);
  }
}
