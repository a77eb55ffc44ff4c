package io.hasupervisor.loop;

import io.hasupervisor.decide.Event.Dependency;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The supervised services in the order of the configuration. Owned by the loop's thread. */
final class Services {
  private final Map<String, Supervised> byName = new LinkedHashMap<>();
  private boolean observeOnly;

  /** For the status; the policies say it too. */
  void observeOnly(boolean value) {
    observeOnly = value;
  }

  boolean observeOnly() {
    return observeOnly;
  }

  void replaceAll(Map<String, Supervised> next) {
    byName.clear();
    byName.putAll(next);
  }

  Collection<Supervised> all() {
    return byName.values();
  }

  Optional<Supervised> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  List<Supervised> dependentsOf(Supervised service) {
    return byName.values().stream()
        .filter(other -> other.spec.policy().dependsOn().contains(service.spec.name()))
        .toList();
  }

  /** Configured dependencies that are not HEALTHY now. */
  List<Dependency> missingFor(Supervised service) {
    return service.spec.policy().dependsOn().stream()
        .map(byName::get)
        .filter(dependency -> dependency != null && !dependency.healthy())
        .map(Supervised::asDependency)
        .toList();
  }
}
