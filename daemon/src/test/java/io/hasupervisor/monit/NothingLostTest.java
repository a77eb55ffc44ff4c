package io.hasupervisor.monit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.config.Loaded;
import io.hasupervisor.monit.Statement.Entry;
import io.hasupervisor.yaml.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is in a control file: each statement is told of, and nothing secret is. */
final class NothingLostTest {
  private static final Path FILE = MonitBed.MAIN;
  private static final String[] STRAY = {
    "if",
    "then",
    "restart",
    "start",
    "}",
    "{",
    ",",
    "%",
    "\"a b\"",
    "'/x y'",
    "42",
    "cycles",
    "for",
    "else",
    "not",
    "every",
    "set",
    "check",
    "process",
    "exec",
    "port",
    "http",
    "headers",
    "[a: b]",
    "depends",
    "ssl",
    "with",
    "alert",
    "=",
    "include",
    "x@y",
    "limits",
    ":",
    "\"\"",
    "unixsocket"
  };

  private static List<Statement> statements(String text) {
    List<Statement> all = new ArrayList<>();
    for (Statement top : Parser.statements(Lexer.tokens(FILE, text, new Problems()))) {
      all.add(top);
      if (top instanceof Entry entry) {
        all.addAll(entry.statements());
      }
    }
    return all;
  }

  /** All statements of the manual in one file, with some words dropped, doubled or put in. */
  private static String mutated(List<ManualTest.Case> cases, Random random, int changes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      text.append(cases.get(random.nextInt(cases.size())).file().replace(" p ", " p" + i + " "));
    }
    List<String> words = new ArrayList<>(List.of(text.toString().split("(?<= )|(?<=\n)")));
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(words.size());
      switch (random.nextInt(3)) {
        case 0 -> words.remove(at);
        case 1 -> words.add(at, words.get(random.nextInt(words.size())));
        default -> words.add(at, STRAY[random.nextInt(STRAY.length)] + " ");
      }
    }
    return String.join("", words);
  }

  @Test
  void tellsOfEachStatementAndWritesWhatOurReaderTakes() throws IOException {
    List<ManualTest.Case> cases = ManualTest.cases().toList();
    int read = 0;
    for (int seed = 0; seed < 500; seed++) {
      String text = mutated(cases, new Random(seed), seed % 7);
      Optional<Imported> imported = new MonitBed().read(text);
      if (imported.isEmpty()) {
        continue;
      }
      read++;
      String made = imported.get().text();
      for (Statement statement : statements(text)) {
        assertTrue(
            Stream.of(" ", ":", "\n").anyMatch(end -> made.contains(statement.at() + end)),
            () -> statement + " is lost\n" + text + "\n" + made);
      }
      if (seed % 7 == 0) {
        assertFalse(made.contains("berta"), () -> text + "\n" + made);
      }
      if (MonitBed.loaded(made) instanceof Loaded.Bad bad) {
        assertTrue(
            bad.problems().stream().allMatch(it -> it.message().contains("is that of service")),
            () -> bad.problems() + "\n" + text + "\n" + made);
      }
    }
    assertTrue(read > 350, "only " + read + " were read");
  }

  @Test
  void showsNoSecretOfAnyStatement() {
    Imported imported =
        MonitBed.imported(
            """
            set mailserver smtp.example.org username "berta1" password "berta2"
            set httpd port 2812 allow berta3:berta4 allow @berta5
            set mmonit https://berta6:berta7@example.org/collector
            set frobnicate password berta8
            allow berta9:berta10
            check process p with pidfile /run/p.pid
              start "/opt/p start" stop "/opt/p stop"
              if failed port 80 protocol http username berta11 password 'berta12' then restart
              if failed port 80 protocol http with http headers [Cookie: berta13] then restart
              if failed url http://berta14:berta15@localhost/x?token=y then restart
              if failed port 1812 type udp protocol radius secret berta16 then alert
              if failed port 25 send "AUTH berta17" expect "berta18" then alert
              if failed port 80 then exec "/bin/mail -p berta19"
              alert berta20@example.org
            check host h with address example.org
              if failed port 80 protocol http username berta21 password berta22 then alert
              if failed url http://berta23:berta24@example.org/ then alert
            """);
    assertFalse(imported.text().contains("berta"), imported.text());
    assertFalse(imported.left().toString().contains("berta"), imported.left().toString());
  }
}
