package io.hasupervisor.act.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.backup.FilesArchive.Archived;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.host.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesArchiveTest {
  @TempDir private Path directory;
  private Bed bed;
  private Path srv;

  @BeforeEach
  void bed() throws IOException {
    bed = new Bed(directory);
    srv = Files.createDirectories(bed.root.resolve("srv/deeper"));
    Files.writeString(srv.resolve("key.pem"), "secret");
    assertEquals(Optional.empty(), new BackupFolder(bed.master).prepare());
  }

  private Archived archive(int keep) throws IOException {
    bed.wall = bed.wall.plusSeconds(3600);
    return new FilesArchive(new BackupFolder(bed.master), bed.clock, keep)
        .archive(
            List.of(bed.root.resolve("srv"), bed.root.resolve("absent")),
            Map.of("made/members.txt", "m1\n".getBytes(StandardCharsets.UTF_8)));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(bed.root.resolve("backups/files"))) {
      return files.sorted().toList();
    }
  }

  private static String tar(String... arguments) throws Exception {
    Command.Result result =
        Command.run(
            Stream.concat(Stream.of("tar"), Stream.of(arguments)).toList(),
            Duration.ofSeconds(20),
            10_000);
    assertEquals(0, result.exit(), result.output());
    return result.output();
  }

  @Test
  void unpacksToTheSameFiles() throws Exception {
    String deep = "d".repeat(60) + "/" + "e".repeat(60);
    Files.createDirectories(srv.resolve(deep));
    Files.writeString(srv.resolve(deep).resolve("f"), "deep");
    Path archive = archive(9).written().orElseThrow();
    Path out = Files.createDirectory(bed.root.resolve("out"));
    String _ = tar("-xpf", archive.toString(), "-C", out.toString());
    Path inside = out.resolve(srv.toString().substring(1));
    assertEquals("secret", Files.readString(inside.resolve("key.pem")));
    assertEquals("deep", Files.readString(inside.resolve(deep).resolve("f")));
    assertEquals("m1\n", Files.readString(out.resolve("made/members.txt")));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(inside.resolve("key.pem"))));
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)));
    assertTrue(archive.toString().contains(Manifest.sha256(Files.readAllBytes(archive))));
  }

  @Test
  void isWrittenOnlyAfterAChange() throws IOException {
    assertTrue(archive(9).written().isPresent());
    assertTrue(archive(9).written().isEmpty());
    Files.writeString(srv.resolve("key.pem"), "other");
    assertTrue(archive(9).written().isPresent());
    assertEquals(2, files().size());
  }

  @Test
  void onlySoManyAreKeptAndForeignFilesAreLeftAlone() throws IOException {
    Path foreign = Files.writeString(bed.root.resolve("backups/files/mine.tar"), "x");
    for (int i = 0; i < 6; i++) {
      Files.writeString(srv.resolve("key.pem"), "version " + i);
      var _ = archive(3);
    }
    assertEquals(4, files().size());
    assertTrue(files().contains(foreign));
  }

  @Test
  void linksAreNotFollowedAndWhatIsTooLargeIsNamed() throws Exception {
    Files.createSymbolicLink(srv.resolve("shadow"), Path.of("/etc/shadow"));
    Files.write(srv.resolve("large"), new byte[(1 << 20) + 1]);
    Archived archived = archive(9);
    assertEquals(2, archived.left().size(), archived.left().toString());
    String names = tar("-tf", archived.written().orElseThrow().toString());
    assertFalse(names.contains("shadow") || names.contains("large"), names);
    assertTrue(names.contains("key.pem"), names);
  }

  @Test
  void aLeftoverOfAKilledOneIsReplaced() throws IOException {
    Files.writeString(bed.root.resolve("backups/files/.files.tar.part"), "half");
    assertTrue(archive(9).written().isPresent());
    assertEquals(1, files().size());
  }
}
