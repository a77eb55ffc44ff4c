package io.hasupervisor.act;

import static io.hasupervisor.act.Occurrences.AT;
import static io.hasupervisor.act.Occurrences.kept;
import static io.hasupervisor.act.Occurrences.occurrence;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.Incident.Kind;
import io.hasupervisor.act.Incident.Occurrence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An incident as text: bounded, in order, and harmless to a terminal. */
final class IncidentTextTest {
  @TempDir Path state;
  private Path directory;
  private IncidentStore store;

  @BeforeEach
  void openAnEmptyStore() {
    directory = state.resolve("incidents");
    store = new IncidentStore(directory, 5, 1 << 20);
    assertEquals(Optional.empty(), store.load());
  }

  @Test
  void showsFactsThenEachFileWithinItsBound() throws IOException {
    Path incident = kept(store.open(occurrence("docker", Kind.HANG, 0))).directory();
    IncidentFolder folder = new IncidentFolder(incident);
    folder.put("a.txt", "x".repeat(1 << 20));
    folder.put("b.txt", "\u001b]0;owned\u0007 r\u00e9sum\u00e9\n");
    Files.write(incident.resolve("c.bin"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 'c'});
    String text = store.read("20261124T211453Z-docker-1").orElseThrow();
    assertTrue(text.startsWith("incident  20261124T211453Z-docker-1\nservice   docker\n"), text);
    assertTrue(text.indexOf("3 of 3 probes failed") < text.indexOf("=== a.txt (1048576 bytes)"));
    assertTrue(text.contains("... the rest is in " + incident.resolve("a.txt")));
    assertTrue(text.contains("?]0;owned? r\u00e9sum\u00e9\n"));
    assertTrue(text.contains("=== c.bin (4 bytes)\n???c\n"));
    assertFalse(text.contains("\u001b"));
    assertTrue(text.getBytes(StandardCharsets.UTF_8).length <= 256 * 1024);
  }

  @Test
  void neverShowsMoreThanItsBoundHoweverLongTheTexts() throws IOException {
    String reason = "\u20ac".repeat(1 << 20);
    Path incident =
        kept(store.open(
                new Occurrence(
                    "docker",
                    Kind.CRASH,
                    AT,
                    reason,
                    reason,
                    Optional.of(reason),
                    Optional.empty())))
            .directory();
    assertEquals(2, kept(store.open(occurrence("docker", Kind.CRASH, 1))).incident().times());
    for (int file = 0; file < 500; file++) {
      new IncidentFolder(incident).put("file" + file, "x".repeat(10_000));
    }
    String text = store.read("20261124T211453Z-docker-1").orElseThrow();
    assertTrue(text.getBytes(StandardCharsets.UTF_8).length <= 256 * 1024);
  }
}
