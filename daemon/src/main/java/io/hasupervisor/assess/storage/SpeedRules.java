package io.hasupervisor.assess.storage;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.observe.etcd.EtcdRound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Database size, speed, leader changes, round trips and clocks, from rounds. */
public final class SpeedRules {
  private static final Duration STUCK = Duration.ofSeconds(30);
  private static final Duration COMPACTED = Duration.ofHours(24);

  /**
   * Revisions that a control plane on v3 storage makes in a day many times over, by its leases and
   * leader elections alone; our attestations of three masters make 9,000.
   */
  private static final long USED = 50_000;

  private SpeedRules() {}

  /** What is wrong, and what is to be remembered. */
  public record Checked(SpeedHistory next, List<Finding> findings) {
    public Checked {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Pure; all times come from the round. Of what is not known nothing is said, nor of speed while
   * quorum is not proven: what is slow then is so for that reason.
   */
  public static Checked check(
      EtcdSettings settings, SpeedHistory before, EtcdRound round, EtcdView view) {
    SpeedHistory next = before.with(round, view.revision());
    List<Finding> findings = new ArrayList<>();
    stuck(next, round, view).ifPresent(findings::add);
    findings.addAll(SizeRule.findings(settings, next, view));
    if (view.state().proven()) {
      findings.addAll(LatencyRule.findings(settings.limits(), next.metrics(), round, view));
      compaction(next, round, view).ifPresent(findings::add);
    }
    findings.addAll(ClockRule.findings(settings.limits().clock(), next.clocks(), view));
    return new Checked(next, findings);
  }

  private static Optional<Finding> stuck(SpeedHistory history, EtcdRound round, EtcdView view) {
    return history
        .stuck()
        .map(round.at()::minus)
        .filter(time -> time.compareTo(STUCK) > 0)
        .map(
            time ->
                Finding.of(
                    "ETCD_WAITS_FOR_DISK",
                    CRITICAL,
                    Names.own(view),
                    "etcd's process has been waiting for its disk (state D) at every look for %s (critical from %s): it answers nothing, and no signal ends it"
                        .formatted(Figures.time(time), Figures.time(STUCK)),
                    "look for errors of the disk: dmesg -T | tail -50; and what waits for it: ps"
                        + " -eo pid,stat,wchan:32,comm | awk '$2 ~ /^D/'; a restart of etcd or"
                        + " docker would hang as well"));
  }

  private static Optional<Finding> compaction(
      SpeedHistory history, EtcdRound round, EtcdView view) {
    return history
        .compaction()
        .filter(last -> round.at().minus(last.since()).compareTo(COMPACTED) > 0)
        .filter(last -> last.revision() > 0 && view.revision() - last.revision() >= USED)
        .map(
            last ->
                Finding.of(
                    "NO_COMPACTION",
                    WARNING,
                    Names.own(view),
                    "etcd has not been compacted for %s (warning from %s) and made %d revisions meanwhile: the database grows until it reaches its quota"
                        .formatted(
                            Figures.time(round.at().minus(last.since())),
                            Figures.time(COMPACTED),
                            view.revision() - last.revision()),
                    "the apiserver compacts each 5 minutes unless --etcd-compaction-interval=0:"
                        + " look into its log for \"compact\""));
  }
}
