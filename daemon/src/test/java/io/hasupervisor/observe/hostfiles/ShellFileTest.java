package io.hasupervisor.observe.hostfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.Command;
import io.hasupervisor.observe.hostfiles.ShellFile.Assignment;
import io.hasupervisor.observe.hostfiles.ShellFile.Fault;
import io.hasupervisor.observe.hostfiles.ShellFile.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellFileTest {
  private static List<String> words(String text) {
    ShellFile file = ShellFile.parse(text);
    assertEquals(List.of(), file.faults());
    return file.assignments().stream()
        .flatMap(assignment -> assignment.words().stream())
        .map(Word::text)
        .toList();
  }

  /** The words are those that dash makes of {@code $A}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "A=--x=1",
        "A=\"--x=1 --y\"  # why",
        "A='--x=1  --y=\"q\"'",
        "export A=\"  --x\n  --y \"",
        "A=\"--x\\\n=1 --y\"",
        "A=\"\\\"q\\\" \\a\"",
        "A=\"--x\"=1",
        "A=--x=\"a b\"c",
        "A=",
        "A=\"\"",
        "# A=1\n\nA=2; A=3",
        "A=x\\ y",
        "A='a'\"b\"c"
      })
  void aValueIsTheWordsThatAShellMakesOfIt(String text, @TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("f"), text);
    String script = ". \"$0\"; for w in $A; do printf '%s\\n' \"$w\"; done";
    Command.Result shell =
        Command.run(
            List.of("/bin/sh", "-c", script, file.toString()), Duration.ofSeconds(20), 4096);
    List<String> last = List.of();
    for (Assignment assignment : ShellFile.parse(text).assignments()) {
      last = assignment.words().stream().map(Word::text).toList();
    }
    assertEquals(shell.output().lines().toList(), last);
  }

  @Test
  void everyWordKnowsItsLineAndItsPlaceInTheFile() {
    String text = "# one\nDAEMON_ARGS=\"--a=1 --b=\n2\"\nX=--c\n";
    List<Word> words =
        ShellFile.parse(text).assignments().stream().flatMap(a -> a.words().stream()).toList();
    assertEquals(List.of(2, 2, 3, 4), words.stream().map(Word::line).toList());
    words.forEach(word -> assertEquals(word.text(), text.substring(word.start(), word.end())));
    assertEquals(List.of(false, false, true, false), words.stream().map(Word::afterBreak).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A=1~if true; then|2|\"if true; then\" is no assignment",
        "A=\"x~y|1|the quote \" that is opened here is never closed",
        "A=$(id)|1|a command is run here: what it says is not known",
        "B=1~A=\"`id`\"|2|a command is run here: what it says is not known",
        "A=a>b|1|\">\" has no place in an assignment"
      })
  void whatIsMoreThanAssignmentsIsAFaultOfItsLine(String text, int line, String why) {
    assertEquals(
        new Fault(line, why), ShellFile.parse(text.replace('~', '\n')).faults().getFirst());
  }

  @Test
  void aPlaceholderIsAValueAndNoFault() {
    assertEquals(List.of("<insert-ip-here>", "x"), words("A=<insert-ip-here>\nB=x"));
  }

  @Test
  void variablesOfTheFileAreReplacedAndOthersStay() {
    ShellFile file = ShellFile.parse("IP=10.0.0.1\nA=\"x\"");
    assertEquals("https://10.0.0.1:$PORT/$IPX", file.expanded("https://${IP}:$PORT/$IPX"));
  }

  @Test
  void anyTextIsReadToItsEnd() {
    java.util.Random chance = new java.util.Random(7);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = chance.nextInt(24);
      for (int c = 0; c < length; c++) {
        text.append("A=\"'\\ \n$(<>`#-;".charAt(chance.nextInt(15)));
      }
      ShellFile file = ShellFile.parse(text.toString());
      file.assignments().stream()
          .flatMap(a -> a.words().stream())
          .forEach(word -> assertTrue(word.start() <= word.end() && word.end() <= text.length()));
    }
  }
}
