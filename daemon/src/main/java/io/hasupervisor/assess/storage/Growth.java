package io.hasupervisor.assess.storage;

import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The size of one member's database over the last four hours, oldest first; it only ever grows,
 * until a defragmentation or another database begins anew.
 */
record Growth(List<Size> sizes) {
  /** As far back, so far ahead (etcd's mixin). */
  static final Duration LENGTH = Duration.ofHours(4);

  /** A shorter time says more of one burst than of the days. */
  private static final Duration SHORTEST = Duration.ofHours(1);

  private static final Duration APART = Duration.ofMinutes(2);

  Growth {
    sizes = List.copyOf(sizes);
  }

  /** Bytes at a monotonic time. */
  record Size(Duration at, long bytes) {}

  static Map<EtcdId, Growth> of(Map<EtcdId, Growth> before, EtcdRound round) {
    Map<EtcdId, Growth> next = new HashMap<>(before);
    for (MemberEvidence member : round.members()) {
      Optional<StatusSeen> status = member.status().got().filter(seen -> seen.dbSize() >= 0);
      status.ifPresent(
          seen ->
              next.merge(
                  seen.header().member(),
                  new Growth(List.of(new Size(round.at(), seen.dbSize()))),
                  (known, now) -> known.with(now.sizes().getFirst())));
    }
    next.values().removeIf(growth -> longAgo(growth.sizes().getLast(), round.at()));
    return next;
  }

  private Growth with(Size now) {
    Size last = sizes.getLast();
    if (now.bytes() < last.bytes()) {
      return new Growth(List.of(now));
    }
    if (now.at().minus(last.at()).compareTo(APART) < 0) {
      return this;
    }
    List<Size> next = new ArrayList<>(sizes);
    next.removeIf(size -> longAgo(size, now.at()));
    next.add(now);
    return new Growth(next);
  }

  private static boolean longAgo(Size size, Duration now) {
    return now.minus(size.at()).compareTo(LENGTH) > 0;
  }

  /** How long it has been seen. */
  Duration seen() {
    return sizes.getLast().at().minus(sizes.getFirst().at());
  }

  /** Bytes a second by least squares; empty while it has not been seen for long enough. */
  Optional<Double> rate() {
    if (seen().compareTo(SHORTEST) < 0) {
      return Optional.empty();
    }
    double start = seconds(sizes.getFirst());
    double meanTime =
        sizes.stream().mapToDouble(size -> seconds(size) - start).sum() / sizes.size();
    double meanBytes = sizes.stream().mapToDouble(Size::bytes).sum() / sizes.size();
    double both = 0;
    double square = 0;
    for (Size size : sizes) {
      double time = seconds(size) - start - meanTime;
      both += time * (size.bytes() - meanBytes);
      square += time * time;
    }
    return Optional.of(both / square);
  }

  private static double seconds(Size size) {
    return size.at().toMillis() / 1e3;
  }
}
