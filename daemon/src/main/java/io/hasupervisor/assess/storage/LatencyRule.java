package io.hasupervisor.assess.storage;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.storage.MetricsWindow.Sample;
import io.hasupervisor.cluster.EtcdLimits;
import io.hasupervisor.cluster.EtcdLimits.Pair;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Histogram;
import io.hasupervisor.observe.etcd.MetricsSeen;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** How fast the own member's disk and its links are, and how often the leader changes. */
final class LatencyRule {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Duration LONG_WINDOW = Duration.ofMinutes(15);
  private static final long CHANGES = 2;
  private static final long MANY_CHANGES = 4;
  private static final String LOAD =
      "see what else uses the disk: iostat -x 5 3; etcd needs an SSD of its own; a restart mends"
          + " nothing";

  private final EtcdLimits limits;
  private final MetricsWindow window;
  private final EtcdView view;
  private final List<Finding> findings = new ArrayList<>();

  private LatencyRule(EtcdLimits limits, MetricsWindow window, EtcdView view) {
    this.limits = limits;
    this.window = window;
    this.view = view;
  }

  static List<Finding> findings(
      EtcdLimits limits, MetricsWindow window, EtcdRound round, EtcdView view) {
    boolean old =
        window
            .latest()
            .map(latest -> round.at().minus(latest.at()))
            .filter(age -> age.compareTo(WINDOW) <= 0)
            .isEmpty();
    if (old || round.process() instanceof ProcessSeen.Absent) {
      return List.of();
    }
    LatencyRule rule = new LatencyRule(limits, window, view);
    rule.disk();
    rule.peers();
    rule.leaders();
    return rule.findings;
  }

  /** A defragmentation holds all commits up. */
  private void disk() {
    if (window.samples().stream().anyMatch(sample -> sample.seen().defragmenting())) {
      return;
    }
    slow(
        MetricsSeen::fsync,
        limits.fsync(),
        "FSYNC_SLOW",
        "writes to etcd's log",
        "heartbeats come late, and leaders are lost when it gets worse");
    slow(
        MetricsSeen::commit,
        limits.commit(),
        "COMMIT_SLOW",
        "commits of etcd's database",
        "requests to the apiserver wait for them");
  }

  private void slow(
      Function<MetricsSeen, Optional<Histogram>> of,
      Pair<Duration> limit,
      String code,
      String what,
      String consequence) {
    percentile(of)
        .filter(time -> time.compareTo(limit.warning()) >= 0)
        .ifPresent(
            time -> {
              boolean critical = time.compareTo(limit.critical()) >= 0;
              add(
                  code,
                  critical ? CRITICAL : WARNING,
                  Names.own(view),
                  "1 of 100 %s took %s or longer in the last %s (%s from %s): %s"
                      .formatted(
                          what,
                          Figures.time(time),
                          Figures.time(span()),
                          critical ? "critical" : "warning",
                          Figures.time(critical ? limit.critical() : limit.warning()),
                          consequence),
                  LOAD);
            });
  }

  private void peers() {
    window.latest().map(latest -> latest.seen().roundTrip().keySet()).stream()
        .flatMap(peers -> peers.stream().sorted())
        .forEach(
            peer ->
                percentile(seen -> Optional.ofNullable(seen.roundTrip().get(peer)))
                    .filter(time -> time.compareTo(limits.roundTrip()) >= 0)
                    .ifPresent(
                        time ->
                            add(
                                "PEER_SLOW",
                                WARNING,
                                Names.byId(peer, view),
                                "1 of 100 round trips to %s took %s or longer in the last %s (warning from %s): writes wait for it, and elections may start"
                                    .formatted(
                                        Names.byId(peer, view),
                                        Figures.time(time),
                                        Figures.time(span()),
                                        Figures.time(limits.roundTrip())),
                                "look at the network between the two hosts, and at the load of that"
                                    + " one: ping -c 20 its address; ip -s link")));
  }

  /** Two in five minutes are worth a word (cluster-etcd-operator), four in fifteen an alarm. */
  private void leaders() {
    long soon = changes(WINDOW);
    long all = changes(LONG_WINDOW);
    if (all >= MANY_CHANGES || soon >= CHANGES) {
      boolean critical = all >= MANY_CHANGES;
      add(
          "LEADER_CHANGES",
          critical ? CRITICAL : WARNING,
          "etcd",
          "etcd's leader changed %d times in %s (%s from %d): each time all writes wait, and clients may see errors"
              .formatted(
                  critical ? all : soon,
                  Figures.time(critical ? LONG_WINDOW : WINDOW),
                  critical ? "critical" : "warning",
                  critical ? MANY_CHANGES : CHANGES),
          "look for a slow disk, a busy host or a bad link on each master: iostat -x 5 3; vmstat 5"
              + " 3; and for elections in etcd's logs");
    }
  }

  private long changes(Duration time) {
    OptionalLong now = changes(window.latest());
    OptionalLong then = changes(window.within(time));
    return now.isPresent() && then.isPresent() ? now.getAsLong() - then.getAsLong() : 0;
  }

  private static OptionalLong changes(Optional<Sample> sample) {
    return sample.map(it -> it.seen().leaderChanges()).orElse(OptionalLong.empty());
  }

  private Optional<Duration> percentile(Function<MetricsSeen, Optional<Histogram>> of) {
    Optional<Histogram> now = window.latest().map(Sample::seen).flatMap(of);
    Optional<Histogram> then = window.before(WINDOW).map(Sample::seen).flatMap(of);
    return now.flatMap(it -> then.flatMap(before -> Percentile.between(before, it)));
  }

  private Duration span() {
    return window
        .before(WINDOW)
        .flatMap(then -> window.latest().map(now -> now.at().minus(then.at())))
        .orElse(Duration.ZERO);
  }

  private void add(
      String code, Finding.Severity severity, String subject, String text, String cure) {
    findings.add(Finding.of(code, severity, subject, text, cure));
  }
}
