package io.hasupervisor.act;

import static io.hasupervisor.act.Occurrences.AT;
import static io.hasupervisor.act.Occurrences.kept;
import static io.hasupervisor.act.Occurrences.occurrence;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.act.Incident.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incidents are kept within caps, for root's eyes, and a bad disk or entry stops nothing. */
final class IncidentStoreTest {
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
}
