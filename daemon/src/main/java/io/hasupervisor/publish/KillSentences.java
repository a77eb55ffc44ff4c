package io.hasupervisor.publish;

import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.Policy.KillPolicy;
import io.hasupervisor.decide.Purpose;
import io.hasupervisor.decide.RestartLog;
import java.time.Duration;
import java.util.List;

/** Sentences on a living service that is to be killed, or is not for now. */
final class KillSentences {
  private KillSentences() {}

  static String spacing(Situation s) {
    List<Duration> kills = s.state().log().kills();
    return Trouble.of(s)
        + "; waiting "
        + s.left()
        + " more because it was killed"
        + (kills.isEmpty() ? " before" : " " + s.since(kills.getLast()) + " ago")
        + " and kills are at least "
        + Span.text(s.policy().kill().spacing())
        + " apart";
  }

  static String killsSpent(Situation s) {
    KillPolicy kill = s.policy().kill();
    return Trouble.of(s)
        + "; killed "
        + kills(s)
        + " without lasting help, so now only once every "
        + Span.text(kill.slowKillEvery())
        + ", next "
        + s.inTime()
        + "; sooner: ha-supervisor retry "
        + s.name();
  }

  /** "2 times in 30m". */
  static String kills(Situation s) {
    KillPolicy kill = s.policy().kill();
    int count = RestartLog.within(s.state().log().kills(), kill.budgetWindow(), s.now()).size();
    return Phrases.times(count) + " in " + Span.text(kill.budgetWindow());
  }

  static String killReason(Situation s) {
    return s.state().phase() instanceof Phase.Killing killing && killing.purpose() != Purpose.HEALTH
        ? "is to be stopped because " + Phrases.because(killing.purpose())
        : Trouble.of(s);
  }

  static String purpose(Situation s) {
    return s.state().phase() instanceof Phase.Killing killing
        ? Phrases.because(killing.purpose())
        : "its probes fail";
  }

  static String survives(Situation s) {
    String since =
        s.state().phase() instanceof Phase.Stuck stuck ? " for " + s.since(stuck.since()) : "";
    String hook =
        s.state().phase() instanceof Phase.Stuck stuck && stuck.hookRun()
            ? "; the configured command for that case was run"
            : "; look for a hung disk or network file system, a reboot may be the only way";
    return "survives KILL"
        + since
        + s.pid().map(pid -> " (pid " + pid + ")").orElse("")
        + ": the kernel does not let it go, and nothing is started beside it"
        + hook;
  }
}
