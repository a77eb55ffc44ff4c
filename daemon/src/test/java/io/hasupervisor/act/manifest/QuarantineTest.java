package io.hasupervisor.act.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuarantineTest {
  private static final Instant AT = Instant.parse("2026-11-24T21:00:00.5Z");
  private static final List<Manifest> OURS = Sets.version(1);

  @TempDir Path root;
  private Path directory = Path.of("");
  private Path copy = Path.of("");

  @BeforeEach
  void aCopyBesideOurs() throws IOException {
    directory = Files.createDirectory(root.resolve("manifests"));
    for (Manifest manifest : OURS) {
      Files.writeString(directory.resolve(manifest.file()), manifest.text());
    }
    copy = Files.writeString(directory.resolve("etcd.yaml.bak"), OURS.getFirst().text());
  }

  private Outcome move(String name) {
    return new Quarantine(directory, root).move(name, OURS, AT);
  }

  private List<String> kept() throws IOException {
    try (Stream<Path> entries = Files.list(root.resolve("quarantine"))) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }

  private void refused(String name, String words) {
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, move(name));
    assertTrue(failed.why().contains(words), failed.why());
  }

  @Test
  void movesADuplicateAndKeepsItAlsoTheSecondOfTheSameName() throws IOException {
    for (int i = 0; i < 2; i++) {
      Files.writeString(copy, OURS.getFirst().text());
      assertEquals(new Outcome.Done(), move("etcd.yaml.bak"));
      assertTrue(Files.notExists(copy));
    }
    assertEquals(
        List.of("20261124T210000.500Z-etcd.yaml.bak", "20261124T210000.500Z-etcd.yaml.bak.2"),
        kept());
  }

  @Test
  void neverMovesOneOfOursNorWhatIsNoDuplicate() throws IOException {
    refused("etcd.yaml", "it is one of ours");
    Files.writeString(directory.resolve("other.yaml"), Sets.manifest("other", 1).text());
    refused("other.yaml", "does not have the pod of one of ours");
    Files.writeString(directory.resolve("notes.txt"), "not a pod");
    refused("notes.txt", "does not have the pod of one of ours");
    Files.createSymbolicLink(directory.resolve("link.yaml"), copy);
    refused("link.yaml", "not a regular file");
    refused("none.yaml", "");
    refused("../manifests/etcd.yaml.bak", "not the name");
    refused(".etcd.yaml", "not the name");
  }

  @Test
  void leavesTheFileWhereTheQuarantineCannotBeMade() throws IOException {
    Files.writeString(root.resolve("quarantine"), "");
    refused("etcd.yaml.bak", "not a directory");
    assertEquals(OURS.getFirst().text(), Files.readString(copy));
  }

  @Test
  void carriesToAnotherFileSystemWhole() throws IOException {
    Path to = root.resolve("carried");
    Quarantine.carry(copy, to);
    assertEquals(OURS.getFirst().text(), Files.readString(to));
    assertTrue(Files.notExists(copy));
    assertThrows(IOException.class, () -> Quarantine.carry(copy, root.resolve("nothing")));
    assertTrue(Files.notExists(root.resolve("nothing")));
  }
}
