package io.hasupervisor.loop;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.pod.PodHistory;
import io.hasupervisor.assess.pod.PodRules;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.manifest.Patience;
import io.hasupervisor.observe.manifest.PodSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The newest look at each manifest's pod, and what is thought of it. Nothing is ever done about it
 * here. In the loop's thread only.
 */
final class PodDesk {
  private final Map<String, PodSeen> newest = new HashMap<>();
  private final Map<String, PodRules.Judgement> judged = new HashMap<>();

  /**
   * What is wrong with the pods of all {@code manifests}, of which one was looked at just now.
   *
   * @param name its name; the pod of no manifest any more is of no interest
   */
  List<Finding> sighted(
      List<Manifest> manifests, String name, PodSeen seen, Duration now, Instant wall) {
    Set<String> names = manifests.stream().map(Manifest::name).collect(Collectors.toSet());
    newest.keySet().retainAll(names);
    judged.keySet().retainAll(names);
    manifests.stream()
        .filter(manifest -> manifest.name().equals(name))
        .forEach(
            manifest -> {
              PodHistory before =
                  judged.containsKey(name) ? judged.get(name).next() : PodHistory.NONE;
              PodRules.Look look = new PodRules.Look(name, Patience.termination(manifest), seen);
              newest.put(name, seen);
              judged.put(name, PodRules.judge(before, look, now, wall));
            });
    return judged.values().stream().flatMap(it -> it.findings().stream()).toList();
  }

  /** By the manifest's name. */
  Map<String, PodSeen> seen() {
    return newest;
  }
}
