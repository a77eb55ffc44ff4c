package io.hasupervisor.assess.storage;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.storage.MetricsWindow.Sample;
import io.hasupervisor.cluster.EtcdLimits.Pair;
import io.hasupervisor.cluster.EtcdSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Whether a database comes near its quota, or holds much that is free. */
final class SizeRule {
  /** etcd's own; the members before 3.3 do not tell theirs. */
  private static final long DEFAULT_QUOTA = 2L << 30;

  /** Below it a defragmentation wins nothing. */
  private static final long WORTH = 100L << 20;

  private SizeRule() {}

  static List<Finding> findings(EtcdSettings settings, SpeedHistory history, EtcdView view) {
    List<Finding> findings = new ArrayList<>();
    // READ_ONLY is what comes of a full database, and has its own way out.
    OptionalLong quota =
        view.state() == ClusterState.READ_ONLY ? OptionalLong.empty() : quota(history, view);
    if (quota.isPresent()) {
      near(settings, view, quota.getAsLong())
          .or(() -> coming(history, view, quota.getAsLong()))
          .ifPresent(findings::add);
    }
    fragmented(settings, view).ifPresent(findings::add);
    return findings;
  }

  /** Empty where it is unknown, or there is none. */
  private static OptionalLong quota(SpeedHistory history, EtcdView view) {
    Optional<Long> quota =
        history
            .metrics()
            .latest()
            .map(Sample::seen)
            .map(seen -> seen.quota().orElse(DEFAULT_QUOTA))
            .or(() -> view.external() ? Optional.of(DEFAULT_QUOTA) : Optional.empty());
    return quota.filter(bytes -> bytes > 0).map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static Optional<Finding> near(EtcdSettings settings, EtcdView view, long quota) {
    Pair<Double> limit = settings.limits().quota();
    return view.members().stream()
        .max(Comparator.comparingLong(MemberView::dbSize))
        .filter(member -> member.dbSize() >= limit.warning() * quota)
        .map(
            member -> {
              boolean critical = member.dbSize() >= limit.critical() * quota;
              return Finding.of(
                  "DB_NEAR_QUOTA",
                  critical ? CRITICAL : WARNING,
                  Names.of(member),
                  "the database of %s has %s of its quota of %s%s (%s, %s from %s): when it is full, etcd refuses all writes"
                      .formatted(
                          Names.of(member),
                          Figures.bytes(member.dbSize()),
                          Figures.bytes(quota),
                          view.external() ? ", etcd's usual one" : "",
                          Figures.percent((double) member.dbSize() / quota),
                          critical ? "critical" : "warning",
                          Figures.percent(critical ? limit.critical() : limit.warning())),
                  free(member) >= WORTH
                      ? "defragment, which gives %s back: %s"
                          .formatted(
                              Figures.bytes(free(member)),
                              Defragmentation.commands(settings, view, view.members()))
                      : "find what fills it, such as events or a controller in a loop, or raise"
                          + " --quota-backend-bytes of every member, to 8 GiB at most");
            });
  }

  private static Optional<Finding> coming(SpeedHistory history, EtcdView view, long quota) {
    if (!view.state().proven()) {
      return Optional.empty();
    }
    return view.members().stream()
        .filter(member -> member.dbSize() >= 0)
        .flatMap(member -> coming(history, member, quota).stream())
        .findFirst();
  }

  private static Optional<Finding> coming(SpeedHistory history, MemberView member, long quota) {
    Optional<Growth> growth = member.id().map(history.growth()::get);
    Optional<Double> rate = growth.flatMap(Growth::rate).filter(bytes -> bytes > 0);
    if (rate.isEmpty()) {
      return Optional.empty();
    }
    double left = (quota - member.dbSize()) / rate.get();
    return left > Growth.LENGTH.toSeconds()
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                "DB_GROWS_TO_QUOTA",
                WARNING,
                Names.of(member),
                "the database of %s has %s and reaches its quota of %s in %s, if it grows on as in the last %s (warning from %s): then etcd refuses all writes"
                    .formatted(
                        Names.of(member),
                        Figures.bytes(member.dbSize()),
                        Figures.bytes(quota),
                        Figures.time(Duration.ofSeconds((long) left)),
                        Figures.time(growth.map(Growth::seen).orElse(Duration.ZERO)),
                        Figures.time(Growth.LENGTH)),
                "find what writes so much, such as events or a controller in a loop: kubectl get"
                    + " events -A | wc -l; and whether etcd is compacted"));
  }

  /** Only while a member may stop for a while: it answers nothing until it is done. */
  private static Optional<Finding> fragmented(EtcdSettings settings, EtcdView view) {
    boolean safe = view.state() == ClusterState.QUORUM_FULL || view.state() == ClusterState.SINGLE;
    List<MemberView> worth =
        view.members().stream()
            .filter(member -> member.inUse() >= 0 && member.dbSize() >= WORTH)
            .filter(member -> free(member) >= settings.limits().fragmented() * member.dbSize())
            .toList();
    if (!safe || worth.isEmpty()) {
      return Optional.empty();
    }
    String parts =
        worth.stream()
            .map(
                member ->
                    "%s of %s on %s"
                        .formatted(
                            Figures.bytes(free(member)),
                            Figures.bytes(member.dbSize()),
                            Names.of(member)))
            .collect(Collectors.joining(", "));
    return Optional.of(
        Finding.of(
            "DB_FRAGMENTED",
            ADVICE,
            "etcd",
            "much of the database is free pages, which count against its quota: %s (advice from %s)"
                .formatted(parts, Figures.percent(settings.limits().fragmented())),
            "in a quiet hour: " + Defragmentation.commands(settings, view, worth)));
  }

  private static long free(MemberView member) {
    return member.inUse() < 0 ? 0 : member.dbSize() - member.inUse();
  }
}
