package io.hasupervisor.publish;

import io.hasupervisor.publish.Status.ControlPlane;
import io.hasupervisor.publish.Status.FindingStatus;
import io.hasupervisor.publish.Status.Level;
import java.util.ArrayList;
import java.util.List;

/** How much an operator is needed for a master's manifests, and in which words. */
record ControlPlaneSummary(Level level, List<String> clauses) {
  private static final int NAMED = 2;

  static ControlPlaneSummary of(ControlPlane plane) {
    List<String> clauses = new ArrayList<>();
    Level level = Level.OK;
    String revision = plane.rollout().revision().map(number -> " " + number).orElse("");
    switch (plane.rollout().state()) {
      case "PLACING" -> {
        level = Level.ATTENTION;
        clauses.add("manifests: revision" + revision + " is being placed");
      }
      case "ROLLING_BACK" -> {
        level = Level.ATTENTION;
        clauses.add("manifests are being rolled back to revision" + revision);
      }
      case "ROLLED_BACK" -> {
        level = Level.ATTENTION;
        clauses.add("manifests were rolled back to revision" + revision);
      }
      case "ROLLBACK_FAILED" -> {
        level = Level.CRITICAL;
        clauses.add("manifests do not run, not even those of revision" + revision);
      }
      default -> {}
    }
    List<FindingStatus> critical =
        plane.findings().stream().filter(finding -> finding.severity().equals("CRITICAL")).toList();
    critical.stream()
        .limit(NAMED)
        .map(finding -> finding.code() + " (" + Plain.line(finding.subject(), 40) + ")")
        .forEach(clauses::add);
    if (critical.size() > NAMED) {
      clauses.add(critical.size() - NAMED + " more critical findings");
    }
    boolean attention = level == Level.OK && !critical.isEmpty();
    return new ControlPlaneSummary(attention ? Level.ATTENTION : level, List.copyOf(clauses));
  }
}
