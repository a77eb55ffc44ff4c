package io.hasupervisor.command;

import io.hasupervisor.config.ConfigLoader;
import io.hasupervisor.config.Loaded;
import io.hasupervisor.config.Surroundings;
import io.hasupervisor.host.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The file that a first configuration is written to. */
record MasterFile(Path file) {
  /** What the configuration's own reader says of it, file and line left out. */
  static List<String> problems(FirstConfig first) throws IOException {
    Path folder = Files.createTempDirectory("ha-supervisor-init");
    Path file = folder.resolve("master.yaml");
    try {
      AtomicFile.write(file, first.text().getBytes(StandardCharsets.UTF_8));
      return switch (ConfigLoader.load(
          file, Surroundings.of(Map.of(), Optional.empty(), Optional.empty()))) {
        case Loaded.Good good when good.plan().master().isPresent() -> List.of();
        case Loaded.Good _ -> List.of("manifests.profile: must be seed or modern");
        case Loaded.Bad bad ->
            bad.problems().stream().map(p -> p.path() + ": " + p.message()).toList();
      };
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  /**
   * Writes it whole or not at all, for root alone.
   *
   * @return where the former file is kept
   * @throws IOException where that cannot be; what was there is then still there
   */
  Optional<Path> write(FirstConfig first) throws IOException {
    Optional<Path> kept = KeptFile.keep(file);
    AtomicFile.write(file, first.text().getBytes(StandardCharsets.UTF_8));
    return kept;
  }
}
