package io.hasupervisor.observe.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this host has of the things that manifests speak of.
 *
 * @param paths what is at each path that was asked for
 * @param images whether docker has each image that was asked for; empty where it could not be asked
 * @param docker why docker could not be asked
 * @param others pods of the manifest directory's other files
 */
public record HostFacts(
    Map<String, Kind> paths,
    Map<String, Boolean> images,
    Optional<String> docker,
    List<Pod> others) {

  public HostFacts {
    paths = Map.copyOf(paths);
    images = Map.copyOf(images);
    others = List.copyOf(others);
  }

  /** What is at a path, links followed. */
  public enum Kind {
    MISSING,
    FILE,
    DIRECTORY,
    /** A socket, pipe or device. */
    OTHER,
    /** Nobody could or did look. */
    UNKNOWN
  }

  /** What is at this path. */
  public Kind kind(String path) {
    return paths.getOrDefault(path, Kind.UNKNOWN);
  }

  /** Whether something is known to be there. */
  public boolean present(String path) {
    Kind kind = kind(path);
    return kind != Kind.MISSING && kind != Kind.UNKNOWN;
  }
}
