package io.hasupervisor.assess;

import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.ProbeReport;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All probes of one service during one life.
 *
 * @param life the life that results must belong to; without one no result counts
 * @param voidBefore results of checks begun before this are dropped: the daemon itself was late, or
 *     the life is younger
 */
public record ProbeBoard(
    Map<String, ProbeHistory> probes, Optional<Incarnation> life, Duration voidBefore) {
  public ProbeBoard {
    probes = Collections.unmodifiableMap(new LinkedHashMap<>(probes));
  }

  /** A board for these probes, with no life yet. */
  public static ProbeBoard of(Map<String, Tolerance> tolerances) {
    Map<String, ProbeHistory> probes = new LinkedHashMap<>();
    tolerances.forEach((name, tolerance) -> probes.put(name, ProbeHistory.empty(tolerance)));
    return new ProbeBoard(probes, Optional.empty(), Duration.ZERO);
  }

  /**
   * The board for this life: unchanged if it is the present one or an older one (a report that came
   * late), else emptied.
   */
  public ProbeBoard during(Incarnation incarnation) {
    if (life.filter(present -> !succeeds(incarnation, present)).isPresent()) {
      return this;
    }
    Map<String, ProbeHistory> fresh = new LinkedHashMap<>();
    probes.forEach((name, history) -> fresh.put(name, ProbeHistory.empty(history.tolerance())));
    Duration from = max(voidBefore, incarnation.startedAt());
    return new ProbeBoard(fresh, Optional.of(incarnation), from);
  }

  private static boolean succeeds(Incarnation next, Incarnation present) {
    return !next.id().equals(present.id()) && next.startedAt().compareTo(present.startedAt()) >= 0;
  }

  /**
   * The board after this daemon was late until {@code until} (garbage collection, starvation,
   * suspend): the round of checks begun before that is void.
   */
  public ProbeBoard lateUntil(Duration until) {
    return new ProbeBoard(probes, life, max(voidBefore, until));
  }

  /**
   * The board with one more report; one that is void, of no life or of an unknown probe changes
   * nothing.
   */
  public ProbeBoard with(ProbeReport report) {
    ProbeHistory history = probes.get(report.probe());
    if (history == null || life.isEmpty() || report.begunAt().compareTo(voidBefore) < 0) {
      return this;
    }
    Map<String, ProbeHistory> next = new LinkedHashMap<>(probes);
    next.put(report.probe(), history.with(report, life.get().startedAt()));
    return new ProbeBoard(next, life, voidBefore);
  }

  /**
   * What the probes say at {@code now}. A service without probes is healthy when it lives; one with
   * probes when each has answered in this life, one of them passes and none fails.
   */
  public Verdict verdict(Duration now) {
    if (life.isEmpty()) {
      return Verdict.UNKNOWN;
    }
    Verdict worst = probes.isEmpty() ? Verdict.HEALTHY : Verdict.UNKNOWN;
    boolean anyPassed = probes.isEmpty();
    boolean allAnswered = probes.values().stream().allMatch(probe -> probe.latest().isPresent());
    for (Map.Entry<String, ProbeHistory> probe : probes.entrySet()) {
      ProbeHistory history = probe.getValue();
      Optional<ProbeReport> fresh = history.fresh(now);
      if (fresh.isPresent() && (history.sick() || fresh.get().result() instanceof Failed)) {
        worst = worse(worst, sick(probe.getKey(), history));
      } else if (fresh.isPresent()) {
        anyPassed = true;
      } else if (worst.failure().isEmpty()) {
        worst = inGrace(worst, probe.getKey(), history);
      }
    }
    boolean noneFails = worst.health() != Health.SICK && worst.failure().isEmpty();
    return noneFails && anyPassed && allAnswered ? Verdict.HEALTHY : worst;
  }

  private static Verdict inGrace(Verdict otherwise, String name, ProbeHistory history) {
    return history.latest().map(ProbeReport::result).orElse(null) instanceof Failed failed
        ? new Verdict(
            Health.UNKNOWN, false, 0, history.tolerance().inARow(), name, Optional.of(failed))
        : otherwise;
  }

  private static Verdict sick(String name, ProbeHistory history) {
    Optional<Failed> failure =
        history.conclusive().reversed().stream()
            .map(ProbeReport::result)
            .filter(Failed.class::isInstance)
            .map(Failed.class::cast)
            .findFirst();
    boolean byWindow = history.sick() && history.failuresInARow() < history.tolerance().inARow();
    return new Verdict(
        Health.SICK,
        history.sick(),
        byWindow ? history.failuresInWindow() : history.failuresInARow(),
        byWindow ? history.tolerance().failures() : history.tolerance().inARow(),
        name,
        failure);
  }

  private static Verdict worse(Verdict one, Verdict other) {
    if (one.health() != Health.SICK) {
      return other;
    }
    if (one.confirmed() != other.confirmed()) {
      return one.confirmed() ? one : other;
    }
    return other.needed() - other.failures() < one.needed() - one.failures() ? other : one;
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
