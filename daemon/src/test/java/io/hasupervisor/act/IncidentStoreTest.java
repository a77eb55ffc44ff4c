package io.hasupervisor.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.Incident.Kind;
import io.hasupervisor.act.Incident.Occurrence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Incidents are kept within caps, for root's eyes, and a bad disk or entry stops nothing. */
final class IncidentStoreTest {
  private static final Instant AT = Instant.parse("2026-11-24T21:14:53.5Z");

  @TempDir Path state;
  private Path directory;
  private IncidentStore store;

  @BeforeEach
  void openAnEmptyStore() {
    directory = state.resolve("incidents");
    store = new IncidentStore(directory, 5, 1 << 20);
    assertEquals(Optional.empty(), store.load());
  }

  private static Occurrence occurrence(String service, Kind kind, int second) {
    return new Occurrence(
        service,
        kind,
        AT.plusSeconds(second),
        "TOLERANCE_USED_UP",
        "3 of 3 probes failed",
        Optional.of("exited with 1"),
        Optional.of(812L));
  }

  private static IncidentStore.Opened.Kept kept(IncidentStore.Opened opened) {
    return assertInstanceOf(IncidentStore.Opened.Kept.class, opened);
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

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void anIdTellsTimeServiceAndNumberAndSorts() {
    assertEquals("20261124T211453Z-docker-1", open("docker", Kind.HANG, 0));
    assertEquals("20261124T211454Z-docker-2", open("docker", Kind.HANG, 1));
    assertEquals("20261124T211454Z-kubelet-1", open("kubelet", Kind.ORDER, 1));
  }

  @Test
  void everythingIsForTheOwnerOnly() throws IOException {
    Path incident = kept(store.open(occurrence("docker", Kind.HANG, 0))).directory();
    new IncidentFolder(incident).put("log.txt", "x");
    assertEquals("rwx------", mode(directory));
    assertEquals("rwx------", mode(incident));
    assertEquals("rw-------", mode(incident.resolve("incident.json")));
    assertEquals("rw-------", mode(incident.resolve("log.txt")));
  }

  @Test
  void aDirectoryOpenToOthersIsClosed() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    reloaded();
    assertEquals("rwx------", mode(directory));
  }

  @Test
  void isReadBackAfterARestartOfTheDaemon() {
    open("docker", Kind.CRASH, 0);
    open("docker", Kind.HANG, 1);
    assertEquals(Optional.empty(), store.resolve("20261124T211453Z-docker-1", AT.plusSeconds(9)));
    assertEquals(store.recent("docker", 9), reloaded().recent("docker", 9));
    assertEquals(2, reloaded().recent("docker", 9).size());
  }

  @Test
  void recentIsNewestFirstAlsoWhenTheClockWentBack() {
    open("docker", Kind.HANG, 100);
    open("docker", Kind.HANG, 0);
    open("docker", Kind.HANG, 50);
    open("kubelet", Kind.HANG, 60);
    assertEquals(
        List.of("20261124T211543Z-docker-3", "20261124T211453Z-docker-2"),
        store.recent("docker", 2).stream().map(Incident::id).toList());
  }

  @Test
  void aStormOfDeathsIsOneIncident() throws IOException {
    for (int second = 0; second < 200; second++) {
      open("docker", Kind.CRASH, second);
    }
    assertEquals(1, names().size());
    Incident storm = reloaded().recent("docker", 1).getFirst();
    assertEquals(200, storm.times());
    assertEquals(AT, storm.first().at());
    assertEquals(AT.plusSeconds(199), storm.last().at());
  }

  @Test
  void aDeathAfterARestartOfTheDaemonCountsIntoTheOpenIncident() {
    String id = open("docker", Kind.CRASH, 0);
    Incident again = kept(reloaded().open(occurrence("docker", Kind.CRASH, 5))).incident();
    assertEquals(id, again.id());
    assertEquals(2, again.times());
  }

  @Test
  void aDeathAfterTheServiceWasWellIsANewIncident() {
    String first = open("docker", Kind.CRASH, 0);
    assertEquals(Optional.empty(), store.resolve(first, AT.plusSeconds(60)));
    assertEquals("20261124T211603Z-docker-2", open("docker", Kind.CRASH, 70));
  }

  @Test
  void theOldestOfAServiceGoBeyondTheCap() {
    for (int second = 0; second < 20; second++) {
      open("docker", Kind.HANG, second);
    }
    open("kubelet", Kind.HANG, 0);
    assertEquals(Optional.empty(), store.trim());
    assertEquals(5, reloaded().recent("docker", 99).size());
    assertEquals(
        20, IncidentId.parse(store.recent("docker", 1).getFirst().id()).orElseThrow().number());
    assertEquals(1, store.recent("kubelet", 99).size());
  }

  @Test
  void theOldestGoBeyondTheBytesButNeverTheNewestOfAService() throws IOException {
    String large = "x".repeat(400 * 1024);
    for (int second = 0; second < 3; second++) {
      for (String service : List.of("docker", "kubelet")) {
        Path incident = kept(store.open(occurrence(service, Kind.HANG, second))).directory();
        new IncidentFolder(incident).put("log.txt", large);
      }
    }
    assertEquals(Optional.empty(), store.trim());
    assertEquals(List.of("20261124T211455Z-docker-3", "20261124T211455Z-kubelet-3"), names());
    IncidentStore tiny = new IncidentStore(directory, 5, 0);
    assertEquals(Optional.empty(), tiny.load());
    assertEquals(2, names().size());
  }

  @Test
  void aFileOfEvidenceIsCutAtOneMebibyte() throws IOException {
    Path incident = kept(store.open(occurrence("docker", Kind.HANG, 0))).directory();
    new IncidentFolder(incident).put("log.txt", "x".repeat(3 << 20));
    assertEquals(1 << 20, Files.size(incident.resolve("log.txt")));
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
