package io.hasupervisor.publish;

import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.Policy.CrashPolicy;
import io.hasupervisor.decide.Policy.KillPolicy;
import io.hasupervisor.publish.Status.IncidentRef;
import io.hasupervisor.publish.Status.ProbeStatus;
import io.hasupervisor.publish.Status.ServiceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything about one service on one page: where it stands, the evidence, and the limits it is
 * held to.
 */
public final class Explanation {
  private static final String INDENT = "  ";

  private Explanation() {}

  /** Lines of at most {@code as.width()} columns. */
  public static String of(Situation s, Rendering as) {
    ServiceStatus status = StatusView.of(s);
    StringBuilder text = new StringBuilder();
    heading(
        text,
        status.name() + " (" + status.kind() + "): " + status.state() + " " + status.because());
    StatusText.wrap(text, INDENT, status.reason(), as);
    StatusText.wrap(text, INDENT, "next: " + status.nextAction(), as);
    heading(text, "probes");
    status.probes().forEach(probe -> StatusText.wrap(text, INDENT, probe(probe), as));
    heading(text, "limits");
    limits(s.policy()).forEach(line -> StatusText.wrap(text, INDENT, line, as));
    heading(text, "counted");
    StatusText.wrap(text, INDENT, counted(status), as);
    status.lastExit().ifPresent(exit -> StatusText.wrap(text, INDENT, "last life: " + exit, as));
    if (!status.incidents().isEmpty()) {
      heading(text, "incidents");
      status.incidents().forEach(incident -> StatusText.wrap(text, INDENT, incident(incident), as));
    }
    return text.toString();
  }

  private static void heading(StringBuilder text, String words) {
    text.append(text.isEmpty() ? "" : "\n").append(words).append('\n');
  }

  private static String probe(ProbeStatus probe) {
    String failure = probe.symptom().isEmpty() ? "" : " " + probe.symptom();
    String detail = probe.detail().isEmpty() ? "" : ": " + probe.detail();
    String failures =
        probe.failuresInARow() == 0
            ? ""
            : " (" + probe.failuresInARow() + " of " + probe.needed() + " failures in a row)";
    return probe.name()
        + " "
        + probe.result()
        + failure
        + " in "
        + probe.tookMillis()
        + "ms"
        + failures
        + detail;
  }

  private static List<String> limits(Policy policy) {
    CrashPolicy crash = policy.crash();
    KillPolicy kill = policy.kill();
    List<String> lines = new ArrayList<>();
    lines.add("a start may take " + text(policy.startGrace()) + " before a failing probe counts");
    lines.add(
        "dead: started at once, then after %s, doubling to %s; more than %d deaths in %s: every %s, for ever"
            .formatted(
                text(crash.firstDelay()),
                text(crash.maxDelay()),
                crash.budget(),
                text(crash.budgetWindow()),
                text(crash.slowRetryEvery())));
    lines.add(
        "sick: at most %d kills in %s, at least %s apart; beyond that one in %s"
            .formatted(
                kill.budget(),
                text(kill.budgetWindow()),
                text(kill.spacing()),
                text(kill.slowKillEvery())));
    lines.add(
        "a kill: evidence within %s, TERM and %s of patience, KILL and %s"
            .formatted(text(kill.capture()), text(kill.term()), text(kill.kill())));
    if (!policy.dependsOn().isEmpty()) {
      lines.add("waits for " + String.join(", ", policy.dependsOn()));
    }
    if (policy.observeOnly()) {
      lines.add("only observed: nothing is done but by order");
    }
    return lines;
  }

  private static String counted(ServiceStatus status) {
    return "attempts since the last reset: %d; deaths left before slow retry: %d; kills left: %d"
        .formatted(status.attempt(), status.budget().crashesLeft(), status.budget().killsLeft());
  }

  private static String incident(IncidentRef incident) {
    return incident.id() + " " + incident.what();
  }

  private static String text(Duration duration) {
    return Span.text(duration);
  }
}
