package io.hasupervisor.observe;

import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.CheckResult.Inconclusive;

/** The result of a check that is known before its end. Never leaves this package. */
final class EarlyAnswer extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient CheckResult result;

  private EarlyAnswer(CheckResult result) {
    super(result.toString(), null, false, false);
    this.result = result;
  }

  /** The target is at fault. */
  static EarlyAnswer failed(Symptom symptom, String detail) {
    return new EarlyAnswer(new Failed(symptom, detail));
  }

  /** This host or our configuration is at fault: no evidence about the target. */
  static EarlyAnswer inconclusive(String why) {
    return new EarlyAnswer(new Inconclusive(why));
  }

  CheckResult result() {
    return result;
  }

  /** Part of a sentence. */
  String words() {
    return switch (result) {
      case Failed failed -> failed.detail();
      case Inconclusive inconclusive -> inconclusive.why();
      case CheckResult.Passed passed -> passed.detail();
    };
  }
}
