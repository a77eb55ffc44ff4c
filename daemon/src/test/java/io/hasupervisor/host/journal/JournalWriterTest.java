package io.hasupervisor.host.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.DatagramReceiver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinylog.Level;
import org.tinylog.core.LogEntry;

final class JournalWriterTest {
  @TempDir private Path directory;
  private final ByteArrayOutputStream standardError = new ByteArrayOutputStream();
  private String socket = "";

  @BeforeEach
  void name() {
    socket = directory.resolve("socket").toString();
  }

  @Test
  void writesLevelCodeAndContextAsFields() throws IOException {
    try (DatagramReceiver journal = DatagramReceiver.bind(socket)) {
      write(entry(Level.WARN, "docker died", Map.of("service", "docker", "because", "DIED")));
      List<String> lines = journal.poll().orElseThrow().lines().sorted().toList();
      assertEquals(
          List.of(
              "CODE_FILE=Loop.java",
              "CODE_FUNC=io.hasupervisor.Loop.turn",
              "CODE_LINE=12",
              "HA_SUPERVISOR_BECAUSE=DIED",
              "HA_SUPERVISOR_SERVICE=docker",
              "MESSAGE=docker died",
              "PRIORITY=4",
              "SYSLOG_IDENTIFIER=ha-supervisor"),
          lines);
    }
  }

  @Test
  void writesSeverityAsSyslogDoes() throws IOException {
    try (DatagramReceiver journal = DatagramReceiver.bind(socket)) {
      for (Map.Entry<Level, String> row :
          Map.of(Level.ERROR, "3", Level.WARN, "4", Level.INFO, "6", Level.DEBUG, "7").entrySet()) {
        write(entry(row.getKey(), "text", Map.of()));
        assertTrue(journal.poll().orElseThrow().contains("\nPRIORITY=" + row.getValue() + "\n"));
      }
    }
  }

  @Test
  void aValueWithNewlinesCannotForgeAField() throws IOException {
    try (DatagramReceiver journal = DatagramReceiver.bind(socket)) {
      write(entry(Level.INFO, "first\nPRIORITY=0", Map.of()));
      assertTrue(
          journal
              .poll()
              .orElseThrow()
              .startsWith("MESSAGE\n\u0010\0\0\0\0\0\0\0first\nPRIORITY=0\n"));
    }
  }

  @Test
  void anExceptionFollowsItsMessage() throws IOException {
    LogEntry entry = entry(Level.ERROR, "loop", Map.of(), new IllegalStateException("boom"));
    try (DatagramReceiver journal = DatagramReceiver.bind(socket)) {
      write(entry);
      assertTrue(
          journal
              .poll()
              .orElseThrow()
              .contains("loop: java.lang.IllegalStateException: boom\n\tat "));
    }
  }

  @Test
  void aHugeEntryArrivesCutBetweenCharacters() throws IOException {
    try (DatagramReceiver journal = DatagramReceiver.bind(socket)) {
      write(entry(Level.INFO, "x" + "ü".repeat(1_000_000), Map.of("service", "s".repeat(50_000))));
      String received =
          new String(
              journal.poll().orElseThrow().getBytes(StandardCharsets.ISO_8859_1),
              StandardCharsets.UTF_8);
      assertTrue(received.contains("üü [cut]\n"));
      assertTrue(received.length() < 3 * JournalEntry.LONGEST_VALUE);
    }
  }

  @Test
  void aFieldNameIsMadeOneThatTheJournalTakes() throws IOException {
    try (DatagramReceiver journal = DatagramReceiver.bind(socket)) {
      write(entry(Level.INFO, "text", Map.of("a=b\nC", "value")));
      assertTrue(journal.poll().orElseThrow().contains("\nHA_SUPERVISOR_A_B_C=value\n"));
    }
  }

  @Test
  void goesToStandardErrorWhileTheSocketIsGoneAndReturns() throws IOException {
    write(entry(Level.INFO, "nobody listens", Map.of()));
    assertEquals("nobody listens\n", standardError.toString(StandardCharsets.UTF_8));
    try (DatagramReceiver journal = DatagramReceiver.bind(socket)) {
      write(entry(Level.INFO, "heard again", Map.of()));
      assertTrue(journal.poll().orElseThrow().startsWith("MESSAGE=heard again\n"));
      assertEquals(Optional.empty(), journal.poll());
    }
  }

  @Test
  void spillsNoMoreThanStandardErrorHoldsAndTellsHowMuchWasLost() throws IOException {
    JournalWriter writer = writer();
    for (int i = 0; i < 100; i++) {
      writer.write(entry(Level.INFO, "1".repeat(1024), Map.of()));
    }
    assertEquals(63, standardError.toString(StandardCharsets.UTF_8).lines().count());
    try (DatagramReceiver journal = DatagramReceiver.bind(socket)) {
      writer.write(entry(Level.INFO, "back", Map.of()));
      assertTrue(journal.poll().orElseThrow().startsWith("MESSAGE=back\n"));
      assertTrue(journal.poll().orElseThrow().startsWith("MESSAGE=37 log entries were dropped"));
    }
  }

  private void write(LogEntry entry) {
    writer().write(entry);
  }

  private JournalWriter writer() {
    return new JournalWriter(socket, new PrintStream(standardError, true, StandardCharsets.UTF_8));
  }

  private static LogEntry entry(Level level, String message, Map<String, String> context) {
    return entry(level, message, context, null);
  }

  private static LogEntry entry(
      Level level, String message, Map<String, String> context, @Nullable Throwable exception) {
    return new LogEntry(
        null,
        Thread.currentThread(),
        context,
        "io.hasupervisor.Loop",
        "turn",
        "Loop.java",
        12,
        null,
        level,
        message,
        exception);
  }
}
