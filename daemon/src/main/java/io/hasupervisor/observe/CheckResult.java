package io.hasupervisor.observe;

import java.time.Duration;

/** What one probe found. */
public sealed interface CheckResult {

  /** The target answered as it should; {@code detail} is what it said, in a few words. */
  record Passed(Duration took, String detail) implements CheckResult {}

  /** The target is not as it should be. */
  record Failed(Symptom symptom, String detail) implements CheckResult {}

  /**
   * The probe could not be carried out, or its round was void: this says nothing about the target.
   */
  record Inconclusive(String why) implements CheckResult {}
}
