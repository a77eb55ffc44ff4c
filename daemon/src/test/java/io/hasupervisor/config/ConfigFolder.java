package io.hasupervisor.config;

import io.hasupervisor.loop.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A temporary /etc/ha-supervisor. */
record ConfigFolder(Path folder) {

  ConfigFolder with(String name, String content) throws IOException {
    return with(name, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  ConfigFolder with(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, content);
    return this;
  }

  Path main() {
    return folder.resolve("main.yaml");
  }

  Loaded load() {
    return ConfigLoader.load(main(), environment());
  }

  Plan plan() {
    return switch (load()) {
      case Loaded.Good good -> good.plan();
      case Loaded.Bad bad -> throw new AssertionError(bad.problems().toString());
    };
  }

  /** Without this folder's name, so that texts can be compared. */
  List<String> problems() {
    return switch (load()) {
      case Loaded.Good _ -> List.of();
      case Loaded.Bad bad ->
          bad.problems().stream().map(p -> p.toString().replace(folder + "/", "")).toList();
    };
  }

  static Environment environment() {
    return new Environment("master-1", "0123", uid(), Optional.empty(), Optional.empty());
  }

  static long uid() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
