package io.hasupervisor.assess.pod;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often the containers of one pod had been started anew, look after look: the kubelet removes
 * ended containers but the last, so that their number says little.
 */
public record PodHistory(Map<String, List<Count>> counts) {
  /** Before the first look. */
  public static final PodHistory NONE = new PodHistory(Map.of());

  /** In which ends are counted. */
  static final Duration WINDOW = Duration.ofMinutes(10);

  private static final int MOST = 50;

  public PodHistory {
    counts = Map.copyOf(counts);
  }

  /** What was first seen {@code at} a monotonic time. */
  public record Count(Duration at, String podUid, int restarts) {}

  /** After another look. */
  PodHistory then(List<ContainerLife> lives, Duration now) {
    Map<String, List<Count>> next = new HashMap<>();
    for (ContainerLife life : lives) {
      List<Count> known = new ArrayList<>(counts.getOrDefault(life.name(), List.of()));
      if (known.isEmpty()
          || known.getLast().restarts() != life.restarts()
          || !known.getLast().podUid().equals(life.podUid())) {
        known.add(new Count(now, life.podUid(), life.restarts()));
      }
      // What was so when the window began is still needed.
      while (known.size() > MOST
          || (known.size() > 1 && now.minus(known.get(1).at()).compareTo(WINDOW) >= 0)) {
        known.removeFirst();
      }
      next.put(life.name(), List.copyOf(known));
    }
    return new PodHistory(next);
  }

  /** By how much restarts of a container have grown within the window, in the same pod. */
  int growth(String container) {
    List<Count> known = counts.getOrDefault(container, List.of());
    if (known.isEmpty()) {
      return 0;
    }
    Count newest = known.getLast();
    return known.stream()
        .filter(it -> it.podUid().equals(newest.podUid()))
        .mapToInt(it -> newest.restarts() - it.restarts())
        .max()
        .orElse(0);
  }
}
