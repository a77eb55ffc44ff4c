package io.hasupervisor.publish;

import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.Policy.CrashPolicy;
import io.hasupervisor.decide.RestartLog;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.Optional;

/** Sentences on a service that is down, or whose dependencies are. */
final class DownSentences {
  private DownSentences() {}

  static String waits(Situation s) {
    if (s.alive()) {
      return "waits for " + Phrases.missing(s) + "; its own probes do not count until then";
    }
    Optional<Duration> latest = s.state().phase().deadline();
    return Endings.of(s)
        + "; it is started once healthy: "
        + Phrases.missing(s)
        + latest.map(at -> ", or " + s.inTime() + " in any case").orElse("")
        + Endings.cureForStop(s);
  }

  static String backsOff(Situation s) {
    return Endings.of(s)
        + s.state().log().down().map(down -> ", " + s.since(down.since()) + " ago").orElse("")
        + "; start "
        + s.state().log().attempt()
        + " comes "
        + s.inTime()
        + ", as the delay doubles with each death, up to "
        + Span.text(s.policy().crash().maxDelay())
        + Endings.cureForStop(s);
  }

  static String slow(Situation s) {
    CrashPolicy crash = s.policy().crash();
    return deaths(s)
        + ", the last time it "
        + Endings.of(s)
        + "; now tried once every "
        + Span.text(crash.slowRetryEvery())
        + ", next "
        + s.inTime()
        + ", for ever"
        + Endings.cureForStop(s);
  }

  private static String deaths(Situation s) {
    return "died " + Phrases.times(crashes(s)) + " in " + Span.text(window(s));
  }

  /** "11 deaths in 15m". */
  static String deathsCounted(Situation s) {
    int count = crashes(s);
    return count + (count == 1 ? " death in " : " deaths in ") + Span.text(window(s));
  }

  private static int crashes(Situation s) {
    return RestartLog.within(s.state().log().crashes(), window(s), s.now()).size();
  }

  private static Duration window(Situation s) {
    return s.policy().crash().budgetWindow();
  }

  static String absent(Situation s) {
    if (!(s.state().facts().run().state() instanceof RunState.Absent(String why, String cure))) {
      return "cannot be started: its unit is not there; looking again " + s.inTime();
    }
    return "cannot be started: "
        + Phrases.detail(why)
        + (cure.isBlank() ? "" : "; " + Phrases.detail(cure))
        + "; looking again "
        + s.inTime();
  }

  static String leftToInit(Situation s) {
    String next =
        s.state().facts().run().state() instanceof RunState.RestartingByInit(_, Duration at)
                && at.compareTo(s.now()) > 0
            ? " in " + s.left(at)
            : "";
    return Endings.of(s)
        + "; its init system starts it again by itself"
        + next
        + ", so that is left to it; started by us if still down "
        + s.inTime()
        + Endings.cureForStop(s);
  }

  static String pidfilePatience(Situation s) {
    return s.state().phase() instanceof Phase.Starting(_, Duration deadBelievedAt)
        ? "in " + s.left(deadBelievedAt)
        : "later";
  }
}
