package io.hasupervisor.assess.storage;

import io.hasupervisor.observe.etcd.Histogram;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The 99th percentile of what came to a histogram between two moments. */
final class Percentile {
  /** Fewer tell nothing. */
  private static final long FEWEST = 5;

  private Percentile() {}

  /**
   * As Prometheus' histogram_quantile: linear within a bucket; of the last one, its lower bound.
   * The slowest of fewer than a hundred is left out, because one slow write is no rate. Empty where
   * too few came.
   */
  static Optional<Duration> between(Histogram before, Histogram now) {
    long all = came(before, now.buckets().lastEntry());
    if (all < FEWEST) {
      return Optional.empty();
    }
    double rank = Math.min(0.99 * all, all - 1.0);
    double lower = 0;
    double below = 0;
    for (Map.Entry<Double, Long> bucket : now.buckets().entrySet()) {
      double upper = bucket.getKey();
      double count = came(before, bucket);
      if (count >= rank) {
        double part = Double.isInfinite(upper) ? 0 : (rank - below) / (count - below);
        return Optional.of(seconds(lower + (part > 0 ? part * (upper - lower) : 0)));
      }
      lower = upper;
      below = count;
    }
    return Optional.empty();
  }

  private static long came(Histogram before, Map.Entry<Double, Long> bucket) {
    return bucket.getValue() - before.buckets().getOrDefault(bucket.getKey(), 0L);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
