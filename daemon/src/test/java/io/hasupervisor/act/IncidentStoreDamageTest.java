package io.hasupervisor.act;

import static io.hasupervisor.act.Occurrences.AT;
import static io.hasupervisor.act.Occurrences.kept;
import static io.hasupervisor.act.Occurrences.occurrence;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.Incident.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links, rubbish and bad disks in the store's way stop nothing and are never followed. */
final class IncidentStoreDamageTest {
  @TempDir Path state;
  private Path directory;
  private IncidentStore store;

  @BeforeEach
  void openAnEmptyStore() {
    directory = state.resolve("incidents");
    store = new IncidentStore(directory, 5, 1 << 20);
    assertEquals(Optional.empty(), store.load());
  }

  private String open(String service, Kind kind, int second) {
    return kept(store.open(occurrence(service, kind, second))).incident().id();
  }

  private IncidentStore reloaded() {
    IncidentStore again = new IncidentStore(directory, 5, 1 << 20);
    assertEquals(Optional.empty(), again.load());
    return again;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        "../../etc/passwd",
        "/etc/passwd",
        "20261124T211453Z-docker-1/../20261124T211453Z-docker-1",
        "20261124T211453Z-docker-1/",
        "20261124T211453Z-docker-1\n",
        "20261124T211453Z-docker-1\0",
        "20261124T211453Z-../x-1",
        "20261124T211453Z-docker-01",
        "20269924T211453Z-docker-1",
        "20261124T211453Z-docker-99999999999999999999",
        "20261124T211453Z-docker-2",
        "incident.json"
      })
  void anythingButTheIdOfAKnownIncidentIsUnknown(String id) {
    open("docker", Kind.HANG, 0);
    assertEquals(Optional.empty(), store.read(id));
    assertEquals(Optional.empty(), store.resolve(id, AT));
    assertTrue(store.recent("docker", 1).getFirst().resolvedAt().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../tmp/x", "a/b", "", "..", "\u00fcber", "-rf"})
  void aServicesNameNeverLeavesTheDirectory(String service) {
    IncidentStore.Opened.Kept opened = kept(store.open(occurrence(service, Kind.HANG, 0)));
    assertEquals(directory, opened.directory().getParent());
    assertEquals(1, reloaded().recent(service, 9).size());
  }

  @Test
  void aPlantedLinkIsNeitherFollowedNorRemoved() throws IOException {
    Path elsewhere = Files.createDirectory(state.resolve("elsewhere"));
    Path planted = directory.resolve("20261124T211453Z-docker-1");
    Files.createSymbolicLink(planted, elsewhere);
    assertEquals("20261124T211453Z-docker-2", open("docker", Kind.HANG, 0));
    try (Stream<Path> files = Files.list(elsewhere)) {
      assertEquals(0, files.count());
    }
    assertTrue(Files.isSymbolicLink(planted));
  }

  @Test
  void aLinkInPlaceOfTheDirectoryIsRefused() throws IOException {
    Path elsewhere = Files.createDirectory(state.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(state.resolve("link"), elsewhere);
    IncidentStore linked = new IncidentStore(link, 5, 1 << 20);
    assertTrue(linked.load().isPresent());
    assertInstanceOf(
        IncidentStore.Opened.Problem.class, linked.open(occurrence("docker", Kind.HANG, 0)));
    try (Stream<Path> files = Files.list(elsewhere)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aLinkAmongTheEvidenceIsNotShownAndItsTargetOutlivesTheIncident() throws IOException {
    Path secret = Files.writeString(state.resolve("secret"), "token");
    Path incident = kept(store.open(occurrence("docker", Kind.HANG, 0))).directory();
    Files.createSymbolicLink(incident.resolve("log.txt"), secret);
    Path deep = Files.createDirectory(incident.resolve("deep"));
    Files.createSymbolicLink(deep.resolve("link"), state);
    assertFalse(store.read("20261124T211453Z-docker-1").orElseThrow().contains("token"));
    for (int second = 1; second < 8; second++) {
      open("docker", Kind.HANG, second);
    }
    assertFalse(Files.exists(incident));
    assertEquals("token", Files.readString(secret));
  }

  @Test
  void foreignEntriesAndLeftoversAreIgnoredAndLeftAlone() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "mine");
    Files.createDirectory(directory.resolve("20261124T211453Z-docker-7"));
    Path damaged = Files.createDirectory(directory.resolve("20261124T211453Z-docker-8"));
    Files.writeString(damaged.resolve("incident.json"), "{\"schema\":1,");
    Path newer = Files.createDirectory(directory.resolve("20261124T211453Z-docker-9"));
    Files.writeString(newer.resolve("incident.json"), "{\"schema\":2}");
    Path copied = Files.createDirectory(directory.resolve("20261124T211453Z-docker-10"));
    Files.copy(
        kept(store.open(occurrence("docker", Kind.HANG, 0))).directory().resolve("incident.json"),
        copied.resolve("incident.json"));
    IncidentStore again = new IncidentStore(directory, 1, 0);
    assertEquals(Optional.empty(), again.load());
    assertEquals(1, again.recent("docker", 9).size());
    assertEquals(6, names().size());
  }

  @Test
  void everyTruncationOfAnIncidentIsReadOrIgnored() throws IOException {
    Path facts =
        kept(store.open(occurrence("docker", Kind.CRASH, 0))).directory().resolve("incident.json");
    byte[] whole = Files.readAllBytes(facts);
    for (int length = 0; length < whole.length - 1; length++) {
      Files.write(facts, java.util.Arrays.copyOf(whole, length));
      assertEquals(0, reloaded().recent("docker", 9).size(), "length " + length);
    }
  }

  @Test
  void anIncidentRemovedByHandDoesNotStopTheNext() throws IOException {
    Path incident = kept(store.open(occurrence("docker", Kind.CRASH, 0))).directory();
    new IncidentFolder(incident).remove();
    assertTrue(Files.exists(kept(store.open(occurrence("docker", Kind.CRASH, 1))).directory()));
    assertEquals(1, store.recent("docker", 9).size());
  }

  @Test
  void aDiskThatCannotBeWrittenIsASentence() throws IOException {
    Path file = Files.createFile(state.resolve("file"));
    IncidentStore broken = new IncidentStore(file.resolve("incidents"), 5, 1 << 20);
    assertTrue(broken.load().orElseThrow().contains(file.toString()));
    for (Kind kind : Kind.values()) {
      IncidentStore.Opened.Problem problem =
          assertInstanceOf(
              IncidentStore.Opened.Problem.class, broken.open(occurrence("docker", kind, 0)));
      assertTrue(problem.text().contains(file.toString()), problem.text());
    }
    assertEquals(Optional.empty(), broken.trim());
    assertEquals(List.of(), broken.recent("docker", 5));
  }

  @Test
  void aCountThatCannotBeWrittenIsStillCounted() throws IOException {
    Path incident = kept(store.open(occurrence("docker", Kind.CRASH, 0))).directory();
    // Stands in the way of the temporary file, as a full disk would.
    Path obstacle = Files.createDirectory(incident.resolve(".incident.json.new"));
    Files.createFile(obstacle.resolve("x"));
    assertInstanceOf(
        IncidentStore.Opened.Problem.class, store.open(occurrence("docker", Kind.CRASH, 1)));
    assertEquals(2, store.recent("docker", 1).getFirst().times());
    assertTrue(store.resolve("20261124T211453Z-docker-1", AT).isPresent());
  }
}
