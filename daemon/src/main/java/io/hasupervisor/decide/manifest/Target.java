package io.hasupervisor.decide.manifest;

import io.hasupervisor.cluster.Manifest;
import java.util.List;
import java.util.Optional;

/**
 * A stored revision, as it is to stand in the directory.
 *
 * @param manifests in the order of placement
 */
public record Target(int revision, List<Manifest> manifests) {
  public Target {
    manifests = List.copyOf(manifests);
  }

  /** Its manifest of this name. */
  public Optional<Manifest> find(String name) {
    return manifests.stream().filter(manifest -> manifest.name().equals(name)).findFirst();
  }

  /** Whether {@code name} is placed later than {@code than}. */
  boolean isAfter(String name, Manifest than) {
    List<String> order = manifests.stream().map(Manifest::name).toList();
    return order.indexOf(name) > order.indexOf(than.name());
  }

  /**
   * Whether going back to {@code earlier} would change this manifest or one placed before it: only
   * then can it cure a failure of this one.
   */
  boolean differsUpTo(Manifest last, Target earlier) {
    for (Manifest manifest : manifests) {
      Optional<Manifest> before = earlier.find(manifest.name());
      if (before.filter(known -> !known.text().equals(manifest.text())).isPresent()) {
        return true;
      }
      if (manifest.name().equals(last.name())) {
        return false;
      }
    }
    return false;
  }
}
