package io.hasupervisor.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written as a scalar is read as the same text. */
final class ScalarTest {
  @Test
  void everyTextIsReadBackAsItself() {
    for (String text :
        List.of(
            "a", "--a=b", "-", "--", "- a", "a:", "a: b", ":a", "a #b", "#a", "'", "''", "a'b",
            "\"", "[a]", "{a: b}", "*a", "&a", "!a", "%a", "@a", "`a", "|", ">", "?", "? a", " a",
            "a ", "", "~", "null", "yes", "10", "1e3", "---", "...", "\\n", "é", "a,b", "$0",
            "--x=*,y")) {
      Problems problems = new Problems();
      String yaml = "k:\n- " + Scalar.of(text) + "\n";
      Value.Table tree = YamlReader.read(Path.of("x"), yaml, problems).orElseThrow();
      assertTrue(problems.none(), text + problems.all());
      Value value = tree.entries().values().iterator().next().value();
      assertEquals(List.of(text), texts(value));
    }
  }

  private static List<String> texts(Value value) {
    return switch (value) {
      case Value.Text read -> List.of(read.text());
      case Value.Items items -> items.items().stream().flatMap(i -> texts(i).stream()).toList();
      case Value.Table _ -> List.of("a map");
    };
  }

  @Test
  void whatIsPlainlyATextStaysPlain() {
    for (String text : List.of("--name=a", "https://10.0.0.1:2379,https://b:1", "/var/lib/etcd")) {
      assertEquals(text, Scalar.of(text));
    }
  }

  @Test
  void numbersTruthsDatesAndNothingAreNoTextToSomeReader() {
    for (String other :
        List.of(
            "1",
            "-1",
            "+1",
            "1.5",
            ".5",
            "1e3",
            "1_000",
            "0x1f",
            "0o7",
            "0b1",
            "190:20:30",
            "yes",
            "No",
            "on",
            "y",
            "N",
            "true",
            "null",
            "~",
            "",
            ".inf",
            ".nan",
            "2001-01-01")) {
      assertFalse(Scalar.isText(other), other);
    }
    for (String text : List.of("10.0.0.1", "a", "v1", "1a", "fd00::1", "1-2", "nope", "--1")) {
      assertTrue(Scalar.isText(text), text);
    }
  }

  @Test
  void lineEndsAndHiddenCharactersCannotBeWritten() {
    for (String hidden : List.of("\n", "\r", "\t", "\0", "\u0085", "\u2028", "\u202e", "\uFEFF")) {
      assertFalse(Scalar.writable("a" + hidden + "b"));
    }
    assertTrue(Scalar.writable("a b '\" é"));
  }
}
