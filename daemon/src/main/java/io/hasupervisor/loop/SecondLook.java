package io.hasupervisor.loop;

import io.hasupervisor.observe.manifest.KubeletSeen;
import io.hasupervisor.observe.manifest.PodSeen;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is worth knowing of pods beyond what a placement waits for: the last words of containers
 * that ended, and what the kubelet says. It is asked for once docker's answers are on their way, so
 * that a slow kubelet delays no placement. One thread at a time.
 */
final class SecondLook {
  /** While all is well, or the kubelet does not answer, it is asked at every third look. */
  private static final int RARELY = 3;

  private final ManifestWorld world;
  private KubeletSeen kubelet = KubeletSeen.NOTHING;
  private int looks;

  SecondLook(ManifestWorld world) {
    this.world = world;
  }

  /**
   * The same pods with more known of them.
   *
   * @param trouble whether any of them does not run as it should
   */
  Map<String, PodSeen> of(Map<String, PodSeen> found, boolean trouble) {
    boolean wanted = (trouble || kubelet.anyWaits()) && kubelet.unknown().isEmpty();
    if (!found.isEmpty() && (looks++ % RARELY == 0 || wanted)) {
      try {
        kubelet =
            world.kubelet(found.values().stream().map(PodSeen::pod).collect(Collectors.toSet()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Map.of();
      }
    }
    Map<String, PodSeen> whole = new LinkedHashMap<>();
    found.forEach((name, seen) -> whole.put(name, world.withOutput(seen).with(kubelet)));
    return whole;
  }
}
