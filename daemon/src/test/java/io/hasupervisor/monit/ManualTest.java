package io.hasupervisor.monit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every statement that occurs in monit's manual is imported or named. */
final class ManualTest {
  private static final Map<String, String> HEADS =
      Map.of(
          "top", "",
          "process", "check process p with pidfile /run/p.pid",
          "filesystem", "check filesystem data with path /dev/sdb1",
          "file", "check file conf with path /etc/conf",
          "directory", "check directory bin with path /bin",
          "fifo", "check fifo pipe with path /run/pipe",
          "program", "check program list with path \"/bin/ls -l /tmp\" with timeout 500 seconds",
          "host", "check host far with address example.org",
          "network", "check network eth0 with interface eth0",
          "system", "check system $HOST");

  /** One line of the resource. */
  record Case(String kind, String statement, List<String> expected) {
    String file() {
      boolean own = statement.startsWith("start") || statement.startsWith("stop");
      String methods =
          "  start program = \"/etc/init.d/p start\"\n  stop program = \"/etc/init.d/p stop\"\n";
      return (kind.equals("top") ? "" : "set daemon 60\n" + HEADS.get(kind) + "\n")
          + (kind.equals("process") ? methods : "")
          + (own ? "" : "  # a comment, it's one\n")
          + "  "
          + statement
          + "\n";
    }

    @Override
    public String toString() {
      return kind + ": " + statement;
    }
  }

  static Stream<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    String kind = "";
    try (InputStream in = ManualTest.class.getResourceAsStream("manual.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith("[")) {
          kind = line.substring(1, line.length() - 1);
        } else if (!kind.isEmpty() && !line.isBlank()) {
          String[] parts = line.split(" => ", 2);
          cases.add(new Case(kind, parts[0], List.of(parts[1].split(" \\| "))));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void importsOrNames(Case it) throws IOException {
    Imported imported = MonitBed.imported(it.file());
    List<String> left = imported.left().stream().map(Leftover::toString).toList();
    String made = imported.text().replaceFirst("(?s)\n# Not imported.*", "");
    assertAll(
        it.expected().stream()
            .map(
                expected ->
                    () ->
                        assertTrue(
                            expected.startsWith("- ")
                                ? left.stream().anyMatch(s -> s.contains(expected.substring(2)))
                                : made.contains(expected),
                            expected + "\nis not in\n" + imported.text())));
    assertFalse(imported.text().contains("berta"), imported.text());
    assertFalse(imported.text().contains("hidden"), imported.text());
    MonitBed.plan(imported.text());
  }
}
