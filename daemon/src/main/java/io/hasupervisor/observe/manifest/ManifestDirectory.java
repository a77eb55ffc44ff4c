package io.hasupervisor.observe.manifest;

import io.hasupervisor.host.Clock;
import io.hasupervisor.host.Reason;
import io.hasupervisor.observe.manifest.DirectorySeen.FileSeen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a directory of manifests as the kubelet does: all entries but those with a dot first.
 */
public final class ManifestDirectory {
  /** Entries looked at; a directory with more is no manifest directory. */
  static final int ENTRY_LIMIT = 200;

  /** The kubelet's order: of two files with the same pod, it runs the later one. */
  public static final Comparator<String> KUBELETS_ORDER =
      (one, other) ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  private ManifestDirectory() {}

  /** Never throws for what it finds; a file that is hard to read is reported as such. */
  public static DirectorySeen look(Path directory, Clock clock) {
    return look(directory, clock, Path.of("/"));
  }

  static DirectorySeen look(Path directory, Clock clock, Path root) {
    Duration at = clock.now();
    try {
      List<FileSeen> files = new ArrayList<>();
      FileLook look = new FileLook(at, clock.wall());
      for (Path entry : entries(directory)) {
        look.at(entry).ifPresent(files::add);
      }
      return new DirectorySeen(
          directory,
          Optional.empty(),
          Optional.of(Access.of(directory.toRealPath())),
          DirectoryOwner.of(directory, files, root),
          files,
          at);
    } catch (IOException e) {
      return new DirectorySeen(
          directory,
          Optional.of(Reason.of(e)),
          Optional.empty(),
          DirectoryOwner.of(directory, List.of(), root),
          List.of(),
          at);
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(directory, entry -> !name(entry).startsWith("."))) {
      for (Path entry : stream) {
        if (entries.size() == ENTRY_LIMIT) {
          throw new IOException("holds more than " + ENTRY_LIMIT + " entries");
        }
        entries.add(entry);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(Comparator.comparing(ManifestDirectory::name, KUBELETS_ORDER));
    return entries;
  }

  private static String name(Path entry) {
    return String.valueOf(entry.getFileName());
  }
}
