package io.hasupervisor.observe.hostfiles;

import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Problem;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The file in which the kubelet is told of its manifest directory. */
public sealed interface KubeletFile {
  Path file();

  /** It is not there. */
  record Absent(Path file) implements KubeletFile {}

  /** It is there and cannot be used. */
  record Unusable(Path file, Place place, String why) implements KubeletFile {}

  /** Shell assignments with the kubelet's flags. */
  record Flags(Path file, ShellFile shell) implements KubeletFile {}

  /**
   * A KubeletConfiguration.
   *
   * @param staticPodPath its place is its value's
   */
  record Settings(Path file, Optional<Value.Text> staticPodPath) implements KubeletFile {}

  /** Reads it; a name in {@code .yaml}, {@code .yml} or {@code .json} is a KubeletConfiguration. */
  static KubeletFile read(Path file) {
    try {
      return of(file, SmallFile.read(file));
    } catch (NoSuchFileException e) {
      return new Absent(file);
    } catch (IOException e) {
      return new Unusable(file, Place.wholeFile(file), String.valueOf(e.getMessage()));
    }
  }

  /** Of text that {@link SmallFile} has read. */
  static KubeletFile of(Path file, String text) {
    return settings(file) ? yaml(file, text) : new Flags(file, ShellFile.parse(text));
  }

  /** Whether a file of this name is a KubeletConfiguration. */
  static boolean settings(Path file) {
    return file.toString().matches(".*\\.(yaml|yml|json)");
  }

  private static KubeletFile yaml(Path file, String text) {
    Problems problems = new Problems();
    Optional<Table> root = YamlReader.read(file, SmallFile.utf8(text), problems);
    Optional<Problem> first = problems.all().stream().findFirst();
    if (first.isPresent()) {
      Place place = new Place(file, first.get().line(), first.get().column());
      return new Unusable(file, place, first.get().message());
    }
    Optional<Value> value =
        root.map(Table::entries).map(all -> all.get("staticPodPath")).map(Value.Entry::value);
    if (value.isPresent() && !(value.get() instanceof Value.Text)) {
      return new Unusable(file, value.get().place(), "staticPodPath is " + value.get().shown());
    }
    return new Settings(
        file, value.map(Value.Text.class::cast).filter(path -> !path.text().isEmpty()));
  }
}
