package io.hasupervisor.cluster;

import java.time.Duration;

/**
 * From where on etcd's storage, speed and clock are worth a word (control-plane 3.7): the first of
 * two is a warning, the second critical.
 *
 * @param free part of the file system that is left, 0 to 1; the same for inodes
 * @param quota part of the quota that the database has taken, 0 to 1
 * @param fragmented part of the database that is free pages, 0 to 1
 * @param fsync 99th percentile of writes to the log over 5 minutes
 * @param commit 99th percentile of commits of the database over 5 minutes
 * @param roundTrip 99th percentile between peers
 * @param clock difference to a peer's clock
 */
public record EtcdLimits(
    Pair<Double> free,
    Pair<Double> quota,
    double fragmented,
    Pair<Duration> fsync,
    Pair<Duration> commit,
    Duration roundTrip,
    Pair<Duration> clock) {

  /** Two thresholds of one thing. */
  public record Pair<T>(T warning, T critical) {}

  /** What holds unless configured otherwise. */
  public static final EtcdLimits DEFAULT =
      new EtcdLimits(
          new Pair<>(0.20, 0.10),
          new Pair<>(0.80, 0.95),
          0.45,
          new Pair<>(Duration.ofMillis(100), Duration.ofSeconds(1)),
          new Pair<>(Duration.ofMillis(100), Duration.ofMillis(250)),
          Duration.ofMillis(150),
          new Pair<>(Duration.ofSeconds(1), Duration.ofSeconds(5)));
}
