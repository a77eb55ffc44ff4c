package io.hasupervisor.decide.hostfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.host.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineDiffTest {
  @Test
  void equalTextsDoNotDiffer() {
    assertEquals("", LineDiff.unified("f", "a\nb\n", "a\nb\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "a~b~c~d~e~f~g~h~, a~b~c~d~X~f~g~h~",
    "a~, X~",
    "'', a~b~",
    "a~b~, ''",
    "a~b~c~, a~b~c~d~",
    "a~a~a~a~, a~a~a~a~a~",
    "a~b~c~d~e~f~, b~c~d~e~f~"
  })
  void patchMakesTheNewTextOfTheOldOne(String before, String after, @TempDir Path directory)
      throws Exception {
    String old = before.replace('~', '\n');
    String wanted = after.replace('~', '\n');
    Path file = Files.writeString(directory.resolve("f"), old);
    Path diff = Files.writeString(directory.resolve("d"), LineDiff.unified("f", old, wanted));
    Command.Result patched =
        Command.run(
            List.of(
                "git",
                "-C",
                directory.toString(),
                "apply",
                "--unidiff-zero",
                "-p0",
                diff.toString()),
            Duration.ofSeconds(20),
            4096);
    assertEquals(0, patched.exit(), patched.output() + Files.readString(diff));
    assertEquals(wanted, Files.readString(file));
  }
}
