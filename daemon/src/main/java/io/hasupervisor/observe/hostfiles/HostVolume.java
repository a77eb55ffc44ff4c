package io.hasupervisor.observe.hostfiles;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Items;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import io.hasupervisor.yaml.YamlReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A path of the host that a pod wants to see.
 *
 * @param type of {@code hostPath}; empty where it has none, and docker makes a directory of what is
 *     absent (kubernetes#16888)
 */
public record HostVolume(String manifest, Path path, String type) {

  /** Those of a manifest, in its order; none of one that cannot be read. */
  public static List<HostVolume> of(Manifest manifest) {
    Optional<Table> pod =
        YamlReader.read(Path.of(manifest.file()), manifest.text(), new Problems());
    return pod.stream()
        .flatMap(root -> table(root, "spec"))
        .flatMap(spec -> items(spec, "volumes"))
        .flatMap(volume -> table(volume, "hostPath"))
        .flatMap(
            hostPath ->
                text(hostPath, "path")
                    .filter(path -> path.startsWith("/") && path.indexOf('\0') < 0)
                    .map(
                        path ->
                            new HostVolume(
                                manifest.name(),
                                Path.of(path).normalize(),
                                text(hostPath, "type").findFirst().orElse(""))))
        .toList();
  }

  /**
   * Whether it must be a file before docker sees it: one that says so of itself and may be empty,
   * or a file below a directory of logs. A {@code File} elsewhere must not be made up.
   */
  public boolean log() {
    boolean amongLogs =
        path.getNameCount() > 1
            && StreamSupport.stream(path.subpath(0, path.getNameCount() - 1).spliterator(), false)
                .map(Path::toString)
                .anyMatch(name -> name.equals("log") || name.equals("logs"));
    return switch (type) {
      case "FileOrCreate" -> true;
      case "File" -> amongLogs;
      case "" -> amongLogs && path.toString().endsWith(".log");
      default -> false;
    };
  }

  /** Whether a path lies in it. */
  public boolean holds(Path inside) {
    return path.getNameCount() > 0 && inside.normalize().startsWith(path);
  }

  private static Stream<Table> table(Table in, String key) {
    return value(in, key).filter(Table.class::isInstance).map(Table.class::cast);
  }

  private static Stream<Table> items(Table in, String key) {
    return value(in, key)
        .filter(Items.class::isInstance)
        .flatMap(value -> ((Items) value).items().stream())
        .filter(Table.class::isInstance)
        .map(Table.class::cast);
  }

  private static Stream<String> text(Table in, String key) {
    return value(in, key).filter(Text.class::isInstance).map(value -> ((Text) value).text());
  }

  private static Stream<Value> value(Table in, String key) {
    return Optional.ofNullable(in.entries().get(key)).map(Value.Entry::value).stream();
  }
}
