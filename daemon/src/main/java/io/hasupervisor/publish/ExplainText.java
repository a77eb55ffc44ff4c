package io.hasupervisor.publish;

import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.Policy.CrashPolicy;
import io.hasupervisor.decide.Policy.KillPolicy;
import io.hasupervisor.publish.Status.IncidentRef;
import io.hasupervisor.publish.Status.ProbeStatus;
import io.hasupervisor.publish.Status.ServiceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** All about one service as text: where it stands, the evidence, and the policy in words. */
public final class ExplainText {
  private static final Rendering AS = Rendering.TEXT;

  private ExplainText() {}

  /** The text, in lines of at most 80 columns. */
  public static String of(Situation s) {
    ServiceStatus service = StatusView.of(s);
    Instant at = s.wall().apply(s.now());
    StringBuilder text = new StringBuilder();
    StatusText.wrap(
        text,
        "",
        service.name()
            + " ("
            + service.kind()
            + ") is "
            + service.state()
            + " for "
            + s.since(s.state().since())
            + ", because "
            + service.because(),
        AS);
    StatusText.wrap(text, "  ", service.reason(), AS);
    line(text, "next", StatusText.next(service, at));
    line(text, "pid", service.pid().map(String::valueOf).orElse("none known"));
    line(text, "last end", service.lastExit().orElse("none seen"));
    line(
        text,
        "left",
        service.budget().crashesLeft()
            + " deaths and "
            + service.budget().killsLeft()
            + " kills before retries become slow; start "
            + service.attempt()
            + " since the last reset");
    probes(text, service.probes(), at);
    policy(text, s.policy());
    for (IncidentRef incident : service.incidents()) {
      line(text, "incident", incident.id() + ": " + incident.what());
    }
    return text.toString();
  }

  private static void probes(StringBuilder text, List<ProbeStatus> probes, Instant at) {
    for (ProbeStatus probe : probes) {
      String found =
          probe.symptom()
              + (probe.symptom().isEmpty() || probe.detail().isEmpty() ? "" : ": ")
              + probe.detail();
      line(
          text,
          "probe " + probe.name(),
          probe.result()
              + (found.isEmpty() ? "" : " (" + found + ")")
              + probe
                  .at()
                  .map(
                      then ->
                          ", "
                              + StatusText.ago(then, at)
                              + " after "
                              + Span.text(Duration.ofMillis(probe.tookMillis())))
                  .orElse("")
              + "; "
              + probe.failuresInARow()
              + " of "
              + probe.needed()
              + " failures in a row");
    }
  }

  private static void policy(StringBuilder text, Policy policy) {
    CrashPolicy crash = policy.crash();
    line(
        text,
        "when dead",
        "started at once, then after "
            + Span.text(crash.firstDelay())
            + ", doubling up to "
            + Span.text(crash.maxDelay())
            + " and up to "
            + Math.round(crash.jitter() * 100)
            + "% more; after "
            + crash.budget()
            + " deaths in "
            + Span.text(crash.budgetWindow())
            + " once every "
            + Span.text(crash.slowRetryEvery())
            + "; one death is forgotten each "
            + Span.text(crash.stepDownEvery())
            + " of health, all after "
            + Span.text(crash.resetAfter()));
    KillPolicy kill = policy.kill();
    line(
        text,
        "when sick",
        "killed "
            + Phrases.times(kill.budget())
            + " in "
            + Span.text(kill.budgetWindow())
            + ", at least "
            + Span.text(kill.spacing())
            + " apart, then once every "
            + Span.text(kill.slowKillEvery())
            + ": evidence for "
            + Span.text(kill.capture())
            + ", TERM, after "
            + Span.text(kill.term())
            + " KILL, after "
            + Span.text(kill.kill())
            + " reported as stuck");
    line(text, "start grace", Span.text(policy.startGrace()));
    line(
        text,
        "depends on",
        policy.dependsOn().isEmpty() ? "nothing" : Phrases.list(policy.dependsOn()));
    if (!policy.configExits().isEmpty()) {
      line(
          text,
          "config exits",
          policy.configExits().stream()
              .sorted()
              .map(String::valueOf)
              .collect(Collectors.joining(", ")));
    }
    if (policy.observeOnly()) {
      line(text, "observe only", "acted on only by order");
    }
  }

  /** A label, and words that are wrapped below themselves. */
  private static void line(StringBuilder text, String label, String words) {
    int from = text.length();
    StatusText.wrap(text, " ".repeat(15), words, AS);
    String shown = Plain.line(label, 12);
    text.replace(from, from + 2 + shown.length() + 1, "  " + shown + ":");
  }
}
