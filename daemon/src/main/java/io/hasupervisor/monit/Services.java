package io.hasupervisor.monit;

import io.hasupervisor.monit.Statement.Depends;
import io.hasupervisor.monit.Statement.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The processes that become services of ours, and by which names. */
final class Services {
  private static final Set<String> RUNTIMES = Set.of("docker", "containerd");

  private final Map<Entry, Target> targets = new LinkedHashMap<>();
  private final Map<Entry, String> names = new LinkedHashMap<>();

  /** Decides for one process; what cannot be a service is left over. */
  void add(Entry entry, Predicate<String> units, Leftovers leftovers) {
    Target target = Target.of(entry, units);
    String name =
        BuiltIn.of(entry.name(), target).map(BuiltIn::name).orElseGet(() -> fit(entry.name()));
    Optional<String> obstacle =
        target instanceof Target.None(String instead)
            ? Optional.of(instead)
            : taken(name).map(it -> "not imported: " + name + " is that of " + it + " already");
    if (obstacle.isPresent()) {
      leftovers.add(entry.at(), entry.shown(), obstacle.get());
    } else {
      targets.put(entry, target);
      names.put(entry, name);
    }
  }

  private Optional<Origin> taken(String name) {
    return names.entrySet().stream()
        .filter(it -> it.getValue().equalsIgnoreCase(name))
        .map(it -> it.getKey().at())
        .findFirst();
  }

  /** As our names are: letters, digits, dots, hyphens and underscores. */
  private static String fit(String name) {
    String fit = name.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[._-]+", "");
    return fit.isEmpty() ? "service" : fit.substring(0, Math.min(64, fit.length()));
  }

  Set<Entry> entries() {
    return names.keySet();
  }

  boolean has(Entry entry) {
    return names.containsKey(entry);
  }

  boolean hasNamed(String name) {
    return names.containsValue(name);
  }

  String of(Entry entry) {
    return names.getOrDefault(entry, entry.name());
  }

  Target target(Entry entry) {
    return targets.getOrDefault(entry, new Target.None("not imported"));
  }

  private Optional<String> ours(String monits) {
    return names.entrySet().stream()
        .filter(it -> it.getKey().name().equalsIgnoreCase(monits))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Tells of dependencies on what is no service. */
  void missing(Depends depends, Leftovers leftovers) {
    String missing =
        depends.names().stream().filter(it -> ours(it).isEmpty()).collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      leftovers.add(
          depends.at(),
          "depends on " + missing,
          "not imported: only a service can be waited for, and this is none");
    }
  }

  /** By our names; empty where the default is right. */
  List<String> dependencies(Entry entry) {
    Set<String> on = new LinkedHashSet<>();
    entry.statements().stream()
        .filter(Depends.class::isInstance)
        .flatMap(it -> ((Depends) it).names().stream())
        .forEach(it -> ours(it).ifPresent(on::add));
    String name = of(entry).toLowerCase(Locale.ROOT);
    if (name.equals("kubelet") && on.stream().noneMatch(RUNTIMES::contains)) {
      List<String> all = new ArrayList<>(List.of(runtime()));
      all.addAll(on);
      return all.equals(List.of("docker")) ? List.of() : all;
    }
    return List.copyOf(on);
  }

  /** What the kubelet needs: a host has one of them. */
  String runtime() {
    return hasNamed("containerd") && !hasNamed("docker") ? "containerd" : "docker";
  }
}
