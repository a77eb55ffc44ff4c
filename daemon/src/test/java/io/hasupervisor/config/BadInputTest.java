package io.hasupervisor.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bad-input.txt}: a claim, a file, and exactly the problems that are found in it, with their
 * lines and columns.
 */
final class BadInputTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyProblemHasItsPlaceAndItsSentence() throws IOException {
    String text;
    try (InputStream in =
        Objects.requireNonNull(BadInputTest.class.getResourceAsStream("bad-input.txt"))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return Stream.of(text.split("(?m)^==== ")).skip(1).map(this::test);
  }

  private DynamicTest test(String block) {
    String claim = block.substring(0, block.indexOf('\n'));
    String[] parts = block.substring(block.indexOf('\n') + 1).split("(?m)^----\\n", 2);
    return dynamicTest(
        claim,
        () -> {
          List<String> found = new ConfigFolder(folder).with("main.yaml", parts[0]).problems();
          assertEquals(parts[1].strip(), String.join("\n", found));
        });
  }
}
