package io.hasupervisor.command;

import io.hasupervisor.assess.preflight.Check;
import io.hasupervisor.assess.preflight.Check.Result;
import io.hasupervisor.publish.Plain;
import java.util.List;
import java.util.stream.Collectors;

/** A preflight for people: a line for each check, and below it the cure. */
final class PreflightText {
  /** A cure may be a whole unit file. */
  private static final int LONGEST = 1000;

  private PreflightText() {}

  static String of(List<Check> checks) {
    return checks.stream().map(PreflightText::of).collect(Collectors.joining()) + summary(checks);
  }

  private static String of(Check check) {
    String line =
        "%-5s %-13s : %s%n"
            .formatted(
                word(check.result()),
                check.area().label(),
                Plain.line((said(check) ? "" : check.subject() + ": ") + check.text(), LONGEST));
    return check.cure().isEmpty()
        ? line
        : line + "%-5s cure: %s%n".formatted("", Plain.line(check.cure(), LONGEST));
  }

  /** Many texts begin with what they are about. */
  private static boolean said(Check check) {
    return check.subject().equals(check.area().label()) || check.text().startsWith(check.subject());
  }

  private static String word(Result result) {
    return switch (result) {
      case OK -> "ok";
      case ADVICE -> "note";
      case WARNING -> "WARN";
      case FAILED -> "FAIL";
      case NOT_CHECKED -> "--";
    };
  }

  private static String summary(List<Check> checks) {
    long failed = count(checks, Result.FAILED);
    String rest =
        "%d %s, %d not checked"
            .formatted(
                count(checks, Result.WARNING),
                count(checks, Result.WARNING) == 1 ? "warning" : "warnings",
                count(checks, Result.NOT_CHECKED));
    return failed == 0
        ? "%nReady: nothing keeps this host from being a master; %s.%n".formatted(rest)
        : "%nNot ready: %d to cure, from the top; %s.%n".formatted(failed, rest);
  }

  static long count(List<Check> checks, Result result) {
    return checks.stream().filter(check -> check.result() == result).count();
  }
}
