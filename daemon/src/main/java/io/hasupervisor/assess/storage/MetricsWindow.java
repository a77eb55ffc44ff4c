package io.hasupervisor.assess.storage;

import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Histogram;
import io.hasupervisor.observe.etcd.MetricsSeen;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The own member's metrics of the last quarter of an hour, oldest first, of one and the same
 * process: its counters begin anew with it.
 */
record MetricsWindow(List<Sample> samples) {
  static final MetricsWindow EMPTY = new MetricsWindow(List.of());

  /** Rates are made over minutes, so closer samples tell nothing more. */
  private static final Duration APART = Duration.ofSeconds(25);

  private static final Duration LENGTH = Duration.ofMinutes(16);

  /** Samples are a minute apart, more or less. */
  private static final Duration SLACK = Duration.ofSeconds(30);

  MetricsWindow {
    samples = List.copyOf(samples);
  }

  /** At a monotonic time; {@code started} in clock ticks, where the process was seen. */
  record Sample(Duration at, Optional<Long> started, MetricsSeen seen) {}

  MetricsWindow with(EtcdRound round) {
    Optional<MetricsSeen> got = round.metrics().got();
    if (got.isEmpty()) {
      return this;
    }
    Optional<Long> started =
        round.process() instanceof ProcessSeen.Alive alive
            ? Optional.of(alive.startTicks())
            : Optional.empty();
    Sample now = new Sample(round.at(), started, got.get());
    if (samples.isEmpty() || another(samples.getLast(), now)) {
      return new MetricsWindow(List.of(now));
    }
    if (now.at().minus(samples.getLast().at()).compareTo(APART) < 0) {
      return this;
    }
    List<Sample> next = new ArrayList<>(samples);
    next.removeIf(sample -> now.at().minus(sample.at()).compareTo(LENGTH) > 0);
    next.add(now);
    return new MetricsWindow(next);
  }

  private static boolean another(Sample before, Sample now) {
    boolean restarted =
        before.started().isPresent()
            && now.started().isPresent()
            && !before.started().equals(now.started());
    return restarted
        || total(now.seen().fsync()) < total(before.seen().fsync())
        || total(now.seen().commit()) < total(before.seen().commit())
        || fell(before.seen().leaderChanges(), now.seen().leaderChanges());
  }

  private static long total(Optional<Histogram> histogram) {
    return histogram.map(it -> it.buckets().lastEntry().getValue()).orElse(0L);
  }

  private static boolean fell(OptionalLong before, OptionalLong now) {
    return before.isPresent() && now.isPresent() && now.getAsLong() < before.getAsLong();
  }

  /** The newest one, however old. */
  Optional<Sample> latest() {
    return samples.isEmpty() ? Optional.empty() : Optional.of(samples.getLast());
  }

  /** The youngest sample that is about so much older than the newest one, or more. */
  Optional<Sample> before(Duration age) {
    return samples.stream()
        .filter(sample -> age(sample).compareTo(age.minus(SLACK)) >= 0)
        .reduce((_, younger) -> younger);
  }

  /** The oldest sample that is at most about so much older than the newest one. */
  Optional<Sample> within(Duration age) {
    return samples.stream()
        .filter(sample -> age(sample).compareTo(age.plus(SLACK)) <= 0)
        .findFirst();
  }

  private Duration age(Sample sample) {
    return samples.getLast().at().minus(sample.at());
  }
}
