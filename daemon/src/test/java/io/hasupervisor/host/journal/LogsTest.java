package io.hasupervisor.host.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinylog.configuration.ServiceLoader;
import org.tinylog.writers.Writer;

final class LogsTest {
  @TempDir private Path directory;

  @Test
  void logsToTheJournalWhereStandardErrorIsItsStream() throws IOException {
    Path stream = Files.createFile(directory.resolve("stream"));
    Map<String, Object> file = Files.readAttributes(stream, "unix:dev,ino");
    String named = file.get("dev") + ":" + file.get("ino");
    assertEquals("journal", writer(Map.of("JOURNAL_STREAM", named), stream));
  }

  @Test
  void logsTextWhereStandardErrorWasRedirected() throws IOException {
    Path stream = Files.createFile(directory.resolve("stream"));
    assertEquals("console", writer(Map.of("JOURNAL_STREAM", "1:2"), stream));
    assertEquals("console", writer(Map.of(), stream));
  }

  @Test
  void logsTextWhereStandardErrorIsClosed() {
    assertEquals("console", writer(Map.of("JOURNAL_STREAM", "1:2"), directory.resolve("closed")));
  }

  @Test
  void tinylogFindsTheJournalWriterByItsName() {
    assertInstanceOf(
        JournalWriter.class,
        new ServiceLoader<>(Writer.class, Map.class).create("journal", Map.of()));
  }

  private static String writer(Map<String, String> environment, Path standardError) {
    return Logs.configuration(environment, standardError).getOrDefault("writer", "none");
  }
}
