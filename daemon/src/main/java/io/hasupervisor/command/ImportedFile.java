package io.hasupervisor.command;

import io.hasupervisor.config.ConfigLoader;
import io.hasupervisor.config.Loaded;
import io.hasupervisor.config.Surroundings;
import io.hasupervisor.host.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file that an import is written to.
 *
 * @param file absolute
 * @param config the configuration that it becomes part of
 */
record ImportedFile(Path file, Path config) {

  boolean exists() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether it holds this text already. */
  boolean isSame(String text) throws IOException {
    return Files.isRegularFile(file) && Files.readString(file).equals(text);
  }

  /**
   * What the configuration's own reader says of it together with the rest, in a copy.
   *
   * @return none if all is well
   */
  List<String> problems(String text) throws IOException {
    Path folder = Files.createTempDirectory("ha-supervisor-import");
    try {
      Path main = folder.resolve("ha-supervisor.yaml");
      Path drops = Files.createDirectory(folder.resolve("conf.d"));
      if (Files.exists(config)) {
        Files.copy(config, main);
      } else {
        Files.createFile(main);
      }
      for (Path other : others()) {
        Files.copy(other, drops.resolve(other.getFileName()));
      }
      Path own = drops.resolve(name());
      Files.writeString(own, text);
      return switch (ConfigLoader.load(
          main, Surroundings.of(Map.of(), Optional.empty(), Optional.empty()))) {
        case Loaded.Good _ -> List.of();
        case Loaded.Bad bad ->
            bad.problems().stream()
                .map(it -> it.toString().replace(own.toString(), file.toString()))
                .map(it -> it.replace(main.toString(), config.toString()))
                .map(it -> it.replace(drops.toString(), config.resolveSibling("conf.d").toString()))
                .toList();
      };
    } finally {
      remove(folder);
    }
  }

  /** As it sorts among the others; a name that is not read there would check nothing. */
  private String name() {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".yaml") && !name.startsWith(".") ? name : "monit.yaml";
  }

  private List<Path> others() throws IOException {
    Path drops = config.toAbsolutePath().resolveSibling("conf.d");
    List<Path> others = new ArrayList<>();
    if (Files.isDirectory(drops)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(drops, "*.yaml")) {
        files.forEach(others::add);
      }
    }
    others.removeIf(it -> String.valueOf(it.getFileName()).equals(name()));
    return others;
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /**
   * Writes it whole or not at all, for root alone.
   *
   * @return where the former file is kept
   */
  Optional<Path> write(String text) throws IOException {
    Path folder = file.resolveSibling(".").normalize();
    Files.createDirectories(folder);
    Optional<Path> kept = KeptFile.keep(file);
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    return kept;
  }
}
