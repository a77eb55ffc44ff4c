package io.hasupervisor.assess.etcd;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How long the reads through a member took in the last minute. */
record Reads(List<Read> kept) {
  static final Reads NONE = new Reads(List.of());

  Reads {
    kept = List.copyOf(kept);
  }

  /** One of them. */
  record Read(Duration at, Duration took) {}

  Reads with(Duration at, Duration took) {
    return new Reads(
        Stream.concat(kept.stream(), Stream.of(new Read(at, took)))
            .filter(read -> Limits.within(Limits.SAMPLES, read.at(), at))
            .toList());
  }

  /** Their 95th percentile, where that is slow; a single slow one among others is not. */
  Optional<Duration> slow() {
    List<Duration> sorted = kept.stream().map(Read::took).sorted().toList();
    return sorted.isEmpty()
        ? Optional.empty()
        : Optional.of(sorted.get((int) (0.95 * (sorted.size() - 1))))
            .filter(p95 -> p95.compareTo(Limits.SLOW) > 0);
  }
}
