package io.hasupervisor.config;

import io.hasupervisor.yaml.Nearest;
import io.hasupervisor.yaml.Quote;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the order of services: every dependency is there and enabled, and none leads back. */
final class Dependencies {
  private final Map<String, Section> services;
  private final Set<String> walked = new HashSet<>();

  private Dependencies(Map<String, Section> services) {
    this.services = services;
  }

  static void check(Map<String, Section> services) {
    Dependencies dependencies = new Dependencies(services);
    services.forEach(dependencies::check);
    services.forEach((name, section) -> dependencies.walk(name, section, new ArrayList<>()));
  }

  private void check(String name, Section service) {
    for (String on : service.get(ServiceKeys.DEPENDS_ON)) {
      Section dependency = services.get(on);
      if (on.equals(name)) {
        service.reject(ServiceKeys.DEPENDS_ON, "names the service itself");
      } else if (dependency == null) {
        service.reject(
            ServiceKeys.DEPENDS_ON,
            "unknown service " + Quote.of(on) + Nearest.hint(on, services.keySet()));
      } else if (service.get(ServiceKeys.ENABLED) && !dependency.get(ServiceKeys.ENABLED)) {
        service.reject(
            ServiceKeys.DEPENDS_ON,
            Quote.of(on)
                + " is not enabled and would be waited for in vain; name another, or none: []");
      }
    }
  }

  /** Depth first; the trail leads from a root to {@code name}. */
  private void walk(String name, Section service, List<String> trail) {
    int seen = trail.indexOf(name);
    if (seen >= 0 && seen < trail.size() - 1) {
      String cycle = String.join(" -> ", trail.subList(seen, trail.size()));
      service.reject(ServiceKeys.DEPENDS_ON, "goes round: " + cycle + " -> " + name);
    }
    if (walked.add(name)) {
      trail.add(name);
      for (String on : service.get(ServiceKeys.DEPENDS_ON)) {
        Section dependency = services.get(on);
        if (dependency != null) {
          walk(on, dependency, trail);
        }
      }
      trail.removeLast();
    }
  }
}
