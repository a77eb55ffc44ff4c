package io.hasupervisor.observe.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hasupervisor.cluster.ManifestSettings.Wanted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates are read whole from files that only their owner can write, or all faults are told. */
final class TemplateFilesTest {
  @TempDir Path folder;

  private Wanted file(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, content);
    return wanted(file);
  }

  private static Wanted wanted(Path file) {
    return new Wanted(
        String.valueOf(file.getFileName()), file, Optional.empty(), List.of(), List.of());
  }

  private List<String> refusal(Wanted... wanted) {
    IOException refused =
        assertThrows(IOException.class, () -> TemplateFiles.read(List.of(wanted)));
    return String.valueOf(refused.getMessage()).replace(folder + "/", "").lines().toList();
  }

  @Test
  void eachIsReadUnderItsManifestsName() throws IOException {
    Wanted b = file("b", "x: ${NODE_NAME}\n".getBytes(StandardCharsets.UTF_8));
    Wanted a = file("a", "\uFEFFé: 1".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        List.of(
            new Template("b", folder.resolve("b"), "x: ${NODE_NAME}\n"),
            new Template("a", folder.resolve("a"), "é: 1")),
        TemplateFiles.read(List.of(b, a)));
  }

  @Test
  void everyFileThatIsNotTakenIsNamed() throws IOException {
    Wanted open = file("open", "a: b\n".getBytes(StandardCharsets.UTF_8));
    Files.setPosixFilePermissions(
        folder.resolve("open"), PosixFilePermissions.fromString("rw-rw-rw-"));
    Files.createDirectory(folder.resolve("directory"));
    assertEquals(
        List.of(
            "absent: cannot be read: no such file",
            "directory: is a directory, not a file",
            "open: can be written by everybody, and what it names runs with our rights: chmod o-w"
                + " it",
            "large: is larger than 1 MiB",
            "latin:1:2: is not UTF-8: byte 0xE9",
            "nul:2:1: holds the control character U+0000"),
        refusal(
            wanted(folder.resolve("absent")),
            wanted(folder.resolve("directory")),
            open,
            file("large", new byte[(1 << 20) + 1]),
            file("latin", new byte[] {'#', (byte) 0xE9}),
            file("nul", "a\n\0".getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void aPipeOrDeviceIsNotWaitedFor() {
    assertEquals(
        List.of("/dev/zero: is not a regular file"), refusal(wanted(Path.of("/dev/zero"))));
  }
}
