package io.hasupervisor.command;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.yaml.Place;
import java.util.List;
import java.util.stream.Collectors;

/** Findings as a compiler prints them, so that editors find the lines. */
final class FindingText {
  private FindingText() {}

  /** Two lines for each: {@code file:line:column: SEVERITY CODE: text} and its cure. */
  static String of(List<Finding> findings) {
    return findings.stream().map(FindingText::of).collect(Collectors.joining());
  }

  private static String of(Finding finding) {
    return "%s: %s %s: %s%n  cure: %s%n"
        .formatted(
            finding.place().map(FindingText::where).orElse(finding.subject()),
            finding.severity(),
            finding.code(),
            finding.text(),
            finding.cure());
  }

  private static String where(Place place) {
    return place.line() == 0
        ? place.file().toString()
        : place.file() + ":" + place.line() + ":" + place.column();
  }

  /** {@code 2 critical, 1 warning, 0 advice}. */
  static String count(List<Finding> findings) {
    long warnings = count(findings, Severity.WARNING);
    return "%d critical, %d %s, %d advice"
        .formatted(
            count(findings, Severity.CRITICAL),
            warnings,
            warnings == 1 ? "warning" : "warnings",
            count(findings, Severity.ADVICE));
  }

  static long count(List<Finding> findings, Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
