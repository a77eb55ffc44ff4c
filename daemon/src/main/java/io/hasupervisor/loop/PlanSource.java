package io.hasupervisor.loop;

import java.util.List;

/** Reads the configuration anew, away from the loop's thread. */
@FunctionalInterface
public interface PlanSource {

  /** A plan, or every problem that keeps it from being one. */
  Result read();

  /** What reading gave. */
  sealed interface Result {
    record Valid(Plan plan) implements Result {}

    /** Each problem as {@code file:line:column: path: message}. */
    record Invalid(List<String> problems) implements Result {}
  }
}
