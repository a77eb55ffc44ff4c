package io.hasupervisor.publish;

import io.hasupervisor.assess.Verdict;
import io.hasupervisor.observe.CheckResult.Inconclusive;
import io.hasupervisor.observe.Symptom;
import java.util.Optional;

/** What its probes hold against a service, in words whose subject is the service. */
final class Trouble {
  private Trouble() {}

  /** What its probes hold against it: "has not answered ping for 3 checks (TIMED_OUT: ...)". */
  static String of(Situation s) {
    Verdict judged = s.state().facts().verdict();
    Verdict verdict = judged.failure().isPresent() ? judged : s.board().verdict(s.now());
    return verdict
        .failure()
        .map(
            failed -> {
              String detail = Phrases.detail(failed.detail());
              return did(failed.symptom(), verdict)
                  + " ("
                  + failed.symptom()
                  + (detail.isEmpty() ? "" : ": " + detail)
                  + ")";
            })
        .orElse("fails its probes");
  }

  private static String did(Symptom symptom, Verdict verdict) {
    int count = verdict.failures();
    if (symptom == Symptom.TIMED_OUT) {
      return "has not answered "
          + verdict.probe()
          + (count > 0 ? " for " + count + (count == 1 ? " check" : " checks") : " yet");
    }
    return count > 0
        ? "has failed " + verdict.probe() + (count == 1 ? " once" : " " + count + " times")
        : "fails " + verdict.probe();
  }

  /** Why its probes say nothing. */
  static Optional<String> doubt(Situation s) {
    return s.board().probes().entrySet().stream()
        .filter(
            probe ->
                probe
                    .getValue()
                    .latest()
                    .filter(r -> r.result() instanceof Inconclusive)
                    .isPresent())
        .findFirst()
        .map(
            probe ->
                probe.getKey()
                    + ": "
                    + Phrases.detail(
                        probe
                            .getValue()
                            .latest()
                            .map(report -> report.result())
                            .map(result -> result instanceof Inconclusive(String why) ? why : "")
                            .orElse("")));
  }
}
