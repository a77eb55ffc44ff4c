package io.hasupervisor.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each file under {@code scenarios} tells one story, and the machines still act in it as written.
 */
final class ScenarioTest {
  private static final Path FOLDER = Path.of("scenarios");
  private static final String RULE = "----";

  @TestFactory
  List<DynamicTest> goesAsWritten() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<DynamicTest> tests =
          files
              .filter(file -> file.toString().endsWith(".txt"))
              .sorted()
              .map(file -> DynamicTest.dynamicTest(name(file), () -> check(file)))
              .toList();
      assertFalse(tests.isEmpty(), "no scenarios found");
      return tests;
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replace(".txt", "");
  }

  private static void check(Path file) throws IOException {
    String written = Files.readString(file);
    String told = retold(written);
    if (Boolean.getBoolean("scenarios.rewrite")) {
      Files.writeString(file, told);
    } else {
      assertEquals(written, told, "mvn ... -Dscenarios.rewrite=true writes it anew");
    }
  }

  /** The same commands with the answers that the machines give now. */
  private static String retold(String written) {
    Story story = new Story();
    StringBuilder told = new StringBuilder();
    boolean inAnswer = false;
    for (String line : written.lines().toList()) {
      if (line.equals(RULE)) {
        inAnswer = true;
        told.append(RULE).append('\n').append(story.answer());
      } else if (line.isBlank()) {
        inAnswer = false;
        told.append('\n');
      } else if (!inAnswer) {
        told.append(line).append('\n');
        if (!line.startsWith("#")) {
          story.tell(line);
        }
      }
    }
    return told.toString();
  }
}
