package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;

import io.hasupervisor.observe.manifest.HostFacts;
import io.hasupervisor.observe.manifest.Pod;
import io.hasupervisor.yaml.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Manifests that cannot stand beside each other. */
final class SetRules {
  private SetRules() {}

  static void judge(ManifestSet set, Report report) {
    List<Pod> others = set.host().map(HostFacts::others).orElse(List.of());
    samePod(set.pods(), others, report);
    portClashes(set.pods(), others, report);
  }

  /** Of two files with one pod the kubelet takes the last by name, silently (kubernetes#136962). */
  private static void samePod(List<Pod> pods, List<Pod> others, Report report) {
    Map<String, Pod> seen = new HashMap<>();
    others.forEach(other -> seen.putIfAbsent(other.fullName(), other));
    for (Pod pod : pods) {
      Optional<Pod> first = Optional.ofNullable(seen.putIfAbsent(pod.fullName(), pod));
      if (first.isPresent() && !pod.name().isEmpty()) {
        String wins =
            List.of(first.get(), pod).stream()
                .map(p -> String.valueOf(p.file().getFileName()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        report.add(
            "POD_TWICE",
            CRITICAL,
            pod,
            pod.place(),
            "pod "
                + pod.fullName()
                + " is in "
                + first.get().file()
                + " too: in one directory the"
                + " kubelet takes one of them without a word, now the one in "
                + wins,
            "rename one, or move its file out of the directory");
      }
    }
  }

  private static void portClashes(List<Pod> pods, List<Pod> others, Report report) {
    List<Listening> taken = new ArrayList<>();
    others.forEach(pod -> taken.addAll(Listening.of(pod)));
    for (Pod pod : pods) {
      Set<Integer> told = new HashSet<>();
      for (Listening port : Listening.of(pod)) {
        Optional<Listening> rival = taken.stream().filter(port::clashes).findFirst();
        if (rival.isPresent() && told.add(port.port())) {
          clash(pod, port, rival.get(), report);
        }
        taken.add(port);
      }
    }
  }

  private static void clash(Pod pod, Listening port, Listening rival, Report report) {
    Place first = rival.place();
    report.add(
        "PORT_CLASH",
        CRITICAL,
        pod,
        port.place(),
        "port "
            + port.port()
            + " of the host is taken by "
            + rival.pod().subject()
            + " ("
            + first.file()
            + ":"
            + first.line()
            + ") too: only one of them starts",
        "give one of them another port");
  }
}
