package io.hasupervisor.monit;

import io.hasupervisor.config.ConfigLoader;
import io.hasupervisor.config.Loaded;
import io.hasupervisor.config.Surroundings;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.loop.ServiceSpec;
import io.hasupervisor.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A host of which only monit's files and the names of units are there. */
final class MonitBed implements ControlFiles {
  static final Path MAIN = Path.of("/etc/monit/monitrc");

  final Map<String, String> files = new TreeMap<>();
  final Set<String> units = new HashSet<>();
  final Problems problems = new Problems();

  @Override
  public Optional<String> text(Path file, Problems to) {
    return Optional.ofNullable(files.get(file.toString()));
  }

  /** A star at the end alone is known. */
  @Override
  public List<Path> matching(String pattern) {
    String begin = pattern.replace("*", "");
    return files.keySet().stream()
        .filter(it -> pattern.endsWith("*") ? it.startsWith(begin) : it.equals(pattern))
        .map(Path::of)
        .toList();
  }

  @Override
  public boolean isDirectory(Path path) {
    return path.toString().endsWith(".d");
  }

  Optional<Imported> read(String main) {
    files.put(MAIN.toString(), main);
    return MonitImport.read(MAIN, this, units::contains, problems);
  }

  static Imported imported(String main) {
    MonitBed bed = new MonitBed();
    return bed.read(main).orElseThrow(() -> new AssertionError(bed.problems.all()));
  }

  /** What our own reader makes of a file. */
  static Loaded loaded(String text) throws IOException {
    Path file = Files.createTempFile("ha-supervisor-monit", ".yaml");
    try {
      Files.writeString(file, text);
      return ConfigLoader.load(file, Surroundings.of(Map.of(), Optional.empty(), Optional.empty()));
    } finally {
      Files.delete(file);
    }
  }

  static Plan plan(String text) throws IOException {
    return switch (loaded(text)) {
      case Loaded.Good good -> good.plan();
      case Loaded.Bad bad -> throw new AssertionError(bad.problems() + "\n" + text);
    };
  }

  static ServiceSpec service(Plan plan, String name) {
    return plan.services().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no service " + name));
  }
}
