package io.hasupervisor.observe.etcd;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Prometheus histogram as read at one moment: cumulative counts by upper bound.
 *
 * @param buckets count by upper bound in seconds; the last bound is infinity
 */
public record Histogram(SortedMap<Double, Long> buckets) {
  public Histogram {
    buckets = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(buckets));
  }
}
