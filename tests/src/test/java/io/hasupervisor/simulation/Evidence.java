package io.hasupervisor.simulation;

import io.hasupervisor.assess.Tolerance;
import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.CheckResult.Inconclusive;
import io.hasupervisor.observe.CheckResult.Passed;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.ProbeReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A second, dumb count of what the probes found, to hold the board's verdicts against. */
final class Evidence {
  private static final int KEPT = 30;

  /** Between two judgements of the board. */
  private static final Duration SLACK = Duration.ofSeconds(3);

  private final Map<String, Tolerance> tolerances;
  private final Map<String, List<ProbeReport>> reports = new HashMap<>();
  private Duration lateUntil = Duration.ZERO;

  Evidence(Map<String, Tolerance> tolerances) {
    this.tolerances = tolerances;
  }

  void late(Duration until) {
    lateUntil = until;
  }

  void heard(ProbeReport report) {
    List<ProbeReport> known = reports.computeIfAbsent(report.probe(), _ -> new ArrayList<>());
    boolean newer = known.isEmpty() || report.begunAt().compareTo(known.getLast().begunAt()) > 0;
    boolean counts = !(report.result() instanceof Inconclusive);
    if (newer && counts && report.begunAt().compareTo(lateUntil) >= 0) {
      known.add(report);
      if (known.size() > KEPT) {
        known.removeFirst();
      }
    }
  }

  /** Whether some probe failed often enough, lately enough, in this very life. */
  boolean condemns(Incarnation life, Duration now) {
    return tolerances.entrySet().stream()
        .anyMatch(
            probe ->
                condemns(
                    reports.getOrDefault(probe.getKey(), List.of()), probe.getValue(), life, now));
  }

  private static boolean condemns(
      List<ProbeReport> reports, Tolerance tolerance, Incarnation life, Duration now) {
    boolean passed = false;
    int failures = 0;
    Duration newest = Duration.ofSeconds(-1000);
    for (ProbeReport report : reports) {
      if (report.begunAt().compareTo(life.startedAt()) < 0) {
        continue;
      }
      if (report.endedAt().minus(newest).compareTo(tolerance.staleAfter()) > 0) {
        failures = 0;
      }
      boolean inGrace =
          !passed && report.begunAt().compareTo(life.startedAt().plus(tolerance.grace())) < 0;
      passed |= report.result() instanceof Passed;
      if (!(inGrace && report.result() instanceof Failed)) {
        failures += report.result() instanceof Failed ? 1 : 0;
        newest = report.endedAt();
      }
    }
    boolean fresh = now.minus(newest).compareTo(tolerance.staleAfter().plus(SLACK)) <= 0;
    return fresh && failures >= Math.min(tolerance.inARow(), tolerance.failures());
  }
}
