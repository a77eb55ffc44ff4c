package io.hasupervisor.publish;

import io.hasupervisor.decide.Phase;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.List;

/** Why a service is where it is, and why no more is done, in one sentence. */
final class Sentences {
  private Sentences() {}

  static String of(Situation s) {
    return s.name() + " " + predicate(s) + ".";
  }

  private static String predicate(Situation s) {
    return switch (s.state().because()) {
      case NO_EVIDENCE -> "has not been looked at yet; nothing is done without evidence";
      case INIT_UNREACHABLE -> unreachable(s);
      case PROBES_INCONCLUSIVE ->
          runs(s)
              + ", but no probe gives a verdict"
              + Trouble.doubt(s).map(why -> " (" + why + ")").orElse("")
              + "; nothing is done on doubt";
      case IN_GRACE -> inGrace(s);
      case PROBES_PASS -> passes(s);
      case BELOW_TOLERANCE ->
          Trouble.of(s)
              + "; nothing is done before "
              + s.state().facts().verdict().needed()
              + " such failures";
      case RECOVERED ->
          "passes its probes again"
              + s.state().log().healthySince().map(t -> ", for " + s.since(t) + " now").orElse("");
      case DEPENDENCY_NOT_HEALTHY -> DownSentences.waits(s);
      case DEPENDENCY_SETTLING ->
          Trouble.of(s)
              + "; it is given "
              + s.left()
              + " more, as its dependencies came back only "
              + s.since(s.state().facts().dependenciesBackAt())
              + " ago";
      case DEPENDENCY_BACK ->
          "is being started: "
              + Phrases.list(s.policy().dependsOn())
              + (s.policy().dependsOn().size() > 1 ? " are" : " is")
              + " healthy again";
      case NOT_RUNNING -> "was found not running and is being started";
      case DIED -> Endings.of(s) + " and is being started at once" + Endings.cureForStop(s);
      case BACKING_OFF -> DownSentences.backsOff(s);
      case CRASH_BUDGET_SPENT -> DownSentences.slow(s);
      case CONFIG_EXIT ->
          Endings.of(s)
              + ", which means a broken configuration; tried once every "
              + Span.text(s.policy().crash().slowRetryEvery())
              + ", next "
              + s.inTime()
              + ", and at once when its files change";
      case START_FAILED -> Endings.of(s) + "; trying again now";
      case UNIT_ABSENT -> DownSentences.absent(s);
      case INIT_RESTARTS -> DownSentences.leftToInit(s);
      case INIT_BUSY -> busy(s);
      case PIDFILE_AWAITED ->
          "was started but its process is not seen yet; that counts as a death only "
              + DownSentences.pidfilePatience(s)
              + ", as a pidfile may appear late";
      case CAUSE_CHANGED ->
          "is being started without delay: its unit, binary or configuration has changed";
      case TOLERANCE_USED_UP -> Trouble.of(s) + "; consent to kill and restart it is being asked";
      case STOP_HANGS ->
          "hangs"
              + stoppingSince(s)
              + " in a stop that somebody else ordered"
              + "; consent to end it is being asked";
      case KILL_SPACING -> KillSentences.spacing(s);
      case KILL_BUDGET_SPENT -> KillSentences.killsSpent(s);
      case CONSENT_ASKED -> ConsentSentences.asked(s);
      case CONSENT_REFUSED -> ConsentSentences.refused(s);
      case CAPTURING_EVIDENCE ->
          KillSentences.killReason(s)
              + "; evidence is saved first, for "
              + Span.text(s.policy().kill().capture())
              + " at most";
      case TERM_SENT ->
          "was told to stop (TERM) because "
              + KillSentences.purpose(s)
              + "; if it still lives "
              + s.inTime()
              + ", its main process is sent KILL";
      case KILL_SENT ->
          "did not end on TERM and its main process was sent KILL; its death is awaited for "
              + s.left()
              + " more";
      case KILLED -> "was killed by us, as its probes failed, and is being started again";
      case SURVIVES_KILL -> KillSentences.survives(s);
      case STUCK_HOOK -> "survives KILL; the configured command for that case is being run";
      case OBSERVE_ONLY -> observed(s);
      case HELD -> HoldSentences.held(s);
      case HOLD_OVER -> "is being started: its hold is over";
      case OPERATOR_START -> "is being started: an operator ordered it";
      case OPERATOR_STOP ->
          s.state().phase() instanceof Phase.Held
              ? HoldSentences.held(s)
              : HoldSentences.stopping(s);
      case OPERATOR_RESTART ->
          s.state().phase() instanceof Phase.Killing
              ? "is being restarted: an operator ordered it; it is stopped first"
              : "is being started: an operator ordered a restart";
      case OPERATOR_RETRY ->
          s.state().phase() instanceof Phase.Killing
              ? "is being killed and restarted now: its probes fail and an operator ordered a retry"
              : "is being started now: an operator ordered a retry";
      case RELEASED -> "is being started: it was released from its hold";
    };
  }

  private static String runs(Situation s) {
    return "runs" + s.pid().map(pid -> " (pid " + pid + ")").orElse("");
  }

  private static String unreachable(Situation s) {
    String why =
        s.state().facts().run().state() instanceof RunState.Unclear(String words)
            ? " (" + Phrases.detail(words) + ")"
            : "";
    return "cannot be seen" + why + "; nothing is done without evidence, looking again";
  }

  private static String inGrace(Situation s) {
    String age =
        s.state()
            .log()
            .life()
            .map(life -> "started " + s.since(life.startedAt()) + " ago")
            .orElse("starts");
    String now =
        s.state().facts().verdict().failure().isPresent() ? "; now it " + Trouble.of(s) : "";
    return age
        + " and has not passed its probes yet; failures do not count for "
        + s.left()
        + " more"
        + now;
  }

  private static String passes(Situation s) {
    List<String> probes = List.copyOf(s.board().probes().keySet());
    return runs(s)
        + (probes.isEmpty()
            ? "; it has no probes"
            : " and passes " + (probes.size() > 4 ? "all its probes" : Phrases.list(probes)));
  }

  private static String busy(Situation s) {
    return switch (s.state().facts().run().state()) {
      case RunState.Stopping _ ->
          "is being stopped"
              + stoppingSince(s)
              + " by somebody else; it is helped along only after "
              + Span.text(s.policy().kill().stopLimit());
      case RunState.JobWaiting(String job) ->
          "has a job waiting in its init system ("
              + Phrases.detail(job)
              + "); it is left alone until that has run";
      case RunState.Running _,
          RunState.Dead _,
          RunState.RestartingByInit _,
          RunState.Absent _,
          RunState.Unclear _ ->
          "is left alone while its init system works on it";
    };
  }

  private static String stoppingSince(Situation s) {
    return s.state().facts().run().state() instanceof RunState.Stopping(_, Duration since)
        ? ", for " + s.since(since) + " now,"
        : "";
  }

  private static String observed(Situation s) {
    return s.alive()
        ? Trouble.of(s)
            + "; it is only observed, so not killed; to restart it: ha-supervisor restart "
            + s.name()
        : Endings.of(s)
            + "; it is only observed, so not started; to start it: ha-supervisor start "
            + s.name();
  }
}
