package io.hasupervisor.assess;

import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.CheckResult.Inconclusive;
import io.hasupervisor.observe.CheckResult.Passed;
import io.hasupervisor.observe.ProbeReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one probe found during the present life of its service.
 *
 * @param conclusive the newest passes and failures that count, oldest first, at most the
 *     tolerance's window
 * @param latest the newest report, conclusive or not, also one that does not count
 * @param passedOnce whether it has passed in this life: that ends its grace early
 * @param sick whether failures reached the tolerance and passes have not yet ended it
 */
public record ProbeHistory(
    Tolerance tolerance,
    List<ProbeReport> conclusive,
    Optional<ProbeReport> latest,
    boolean passedOnce,
    boolean sick) {

  /** A probe that has found nothing yet. */
  public static ProbeHistory empty(Tolerance tolerance) {
    return new ProbeHistory(tolerance, List.of(), Optional.empty(), false, false);
  }

  /**
   * This history with one more report of a life that began at {@code lifeBeganAt}; one that is not
   * newer than the latest changes nothing.
   */
  ProbeHistory with(ProbeReport report, Duration lifeBeganAt) {
    if (latest.filter(last -> report.begunAt().compareTo(last.begunAt()) <= 0).isPresent()) {
      return this;
    }
    return switch (report.result()) {
      case Inconclusive _ ->
          new ProbeHistory(tolerance, conclusive, Optional.of(report), passedOnce, sick);
      case Passed _ -> counted(report, true);
      case Failed _ ->
          passedOnce || report.begunAt().compareTo(lifeBeganAt.plus(tolerance.grace())) >= 0
              ? counted(report, passedOnce)
              : new ProbeHistory(tolerance, conclusive, Optional.of(report), false, sick);
    };
  }

  /** What was found before a gap of {@code staleAfter} no longer counts with what comes after. */
  private ProbeHistory counted(ProbeReport report, boolean passed) {
    boolean afterGap = !conclusive.isEmpty() && fresh(report.endedAt()).isEmpty();
    List<ProbeReport> kept = new ArrayList<>(afterGap ? List.of() : conclusive);
    boolean sickBefore = sick && !afterGap;
    kept.add(report);
    int room = Math.max(tolerance.window(), Math.max(tolerance.inARow(), tolerance.passes()));
    if (kept.size() > room) {
      kept.removeFirst();
    }
    ProbeHistory next =
        new ProbeHistory(tolerance, List.copyOf(kept), Optional.of(report), passed, sick);
    boolean failed = isFailure(report.result());
    boolean sickNow =
        failed
            ? sickBefore
                || next.failuresInARow() >= tolerance.inARow()
                || next.failuresInWindow() >= tolerance.failures()
            : sickBefore && next.passesInARow() < tolerance.passes();
    return new ProbeHistory(tolerance, next.conclusive, next.latest, passed, sickNow);
  }

  /** Failures since the last pass. */
  public int failuresInARow() {
    return trailing(true);
  }

  private int passesInARow() {
    return trailing(false);
  }

  private int trailing(boolean failures) {
    int count = 0;
    for (ProbeReport report : conclusive.reversed()) {
      if (isFailure(report.result()) != failures) {
        break;
      }
      count++;
    }
    return count;
  }

  /** Failures among the results in the window. */
  public int failuresInWindow() {
    List<ProbeReport> window =
        conclusive.subList(Math.max(0, conclusive.size() - tolerance.window()), conclusive.size());
    return (int) window.stream().filter(report -> isFailure(report.result())).count();
  }

  /** The newest result that counts, unless it is too old to say anything at {@code now}. */
  Optional<ProbeReport> fresh(Duration now) {
    return conclusive.isEmpty()
            || now.minus(conclusive.getLast().endedAt()).compareTo(tolerance.staleAfter()) > 0
        ? Optional.empty()
        : Optional.of(conclusive.getLast());
  }

  private static boolean isFailure(CheckResult result) {
    return result instanceof Failed;
  }
}
