package io.hasupervisor.publish;

import static io.hasupervisor.publish.Docker.NO_ANSWER;
import static io.hasupervisor.publish.Docker.NO_SOCKET;
import static io.hasupervisor.publish.Docker.ago;
import static io.hasupervisor.publish.Docker.in;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Event.Dependency;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.KillStep;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.Purpose;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.RunState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SentencesTest {
  private static final Exit CRASH = new Exit(Exit.Kind.EXITED, 1, "");
  private static final Exit KILLED = new Exit(Exit.Kind.SIGNALED, 9, "oom-kill");
  private static final Exit STOPPED = new Exit(Exit.Kind.STOPPED_OUTSIDE, 0, "");
  private static final Exit BAD_CONFIG = new Exit(Exit.Kind.EXITED, 78, "");
  private static final Hold BY_ALICE =
      new Hold(Hold.Kind.OPERATOR, "alice", "disk change", Optional.of(in(1500)));
  private static final Hold STOP = new Hold(Hold.Kind.STOPPED, "alice", "", Optional.empty());
  static final Hold GUARD =
      new Hold(
          Hold.Kind.GUARD,
          "WOULD_LOSE_QUORUM",
          "it would stop etcd member m1: 1 of 3 voters healthy, 2 needed",
          Optional.of(in(30)));
  private static final Phase UNKNOWN = new Phase.Unknown();
  private static final Phase HEALTHY = new Phase.Healthy();
  private static final Phase STARTING = new Phase.Starting(in(108), in(9));
  private static final Phase BACKOFF = new Phase.Backoff(3, in(4));
  private static final Phase SLOW = new Phase.SlowRetry(in(45));
  private static final Phase STUCK =
      new Phase.Stuck(Optional.of(Docker.LIFE), ago(180), Optional.empty(), false);
  private static final Phase WAITING = new Phase.Waiting(List.of("containerd"), Optional.empty());

  private static Phase suspect(int failures) {
    return new Phase.Suspect(failures, 3, Optional.of(in(120)));
  }

  private static Phase killing(KillStep step, Purpose purpose) {
    return new Phase.Killing(step, purpose, in(40), Optional.of(Docker.LIFE));
  }

  /** Every situation that the state machine can bring about, one for each reason at least. */
  private static List<Docker> situations() {
    return List.of(
        Docker.in(UNKNOWN, Because.NO_EVIDENCE),
        Docker.in(HEALTHY, Because.INIT_UNREACHABLE)
            .run(new RunState.Unclear("D-Bus: connection refused")),
        Docker.in(UNKNOWN, Because.PROBES_INCONCLUSIVE)
            .answering(new CheckResult.Inconclusive("no file descriptors left")),
        Docker.in(STARTING, Because.IN_GRACE).failing(0, NO_SOCKET),
        Docker.in(HEALTHY, Because.PROBES_PASS)
            .answering(new CheckResult.Passed(Duration.ofMillis(3), "OK")),
        Docker.in(new Phase.Suspect(1, 3, Optional.empty()), Because.BELOW_TOLERANCE)
            .failing(1, NO_ANSWER),
        Docker.in(new Phase.Suspect(2, 3, Optional.empty()), Because.BELOW_TOLERANCE)
            .failing(2, NO_SOCKET),
        Docker.in(HEALTHY, Because.RECOVERED),
        Docker.in(WAITING, Because.DEPENDENCY_NOT_HEALTHY)
            .waitingOn(new Dependency("containerd", true)),
        Docker.in(
                new Phase.Waiting(List.of("containerd"), Optional.of(in(40))),
                Because.DEPENDENCY_NOT_HEALTHY)
            .dead(CRASH)
            .waitingOn(new Dependency("containerd", true)),
        Docker.in(WAITING, Because.DEPENDENCY_NOT_HEALTHY)
            .dead(STOPPED)
            .waitingOn(new Dependency("containerd", false), new Dependency("net", true)),
        Docker.in(suspect(3), Because.DEPENDENCY_SETTLING)
            .failing(3, NO_ANSWER)
            .dependenciesBack(ago(30)),
        Docker.in(STARTING, Because.DEPENDENCY_BACK),
        Docker.in(STARTING, Because.NOT_RUNNING).dead(Exit.unknown("")),
        Docker.in(STARTING, Because.DIED).dead(KILLED).crashed(1),
        Docker.in(STARTING, Because.DIED).dead(STOPPED).crashed(1),
        Docker.in(BACKOFF, Because.BACKING_OFF).dead(CRASH).crashed(3),
        Docker.in(BACKOFF, Because.BACKING_OFF).dead(STOPPED).crashed(3),
        Docker.in(SLOW, Because.CRASH_BUDGET_SPENT).dead(CRASH).crashed(11),
        Docker.in(SLOW, Because.CONFIG_EXIT).dead(BAD_CONFIG).crashed(1),
        Docker.in(STARTING, Because.START_FAILED)
            .dead(Exit.startFailed("systemd: Unit docker.socket failed"))
            .crashed(2),
        Docker.in(SLOW, Because.UNIT_ABSENT)
            .run(
                new RunState.Absent(
                    "there is no unit docker.service", "install docker, or set `unit`")),
        Docker.in(BACKOFF, Because.INIT_RESTARTS)
            .dead(CRASH)
            .run(new RunState.RestartingByInit(CRASH, in(2))),
        Docker.in(HEALTHY, Because.INIT_BUSY).run(new RunState.Stopping(Docker.LIFE, ago(3))),
        Docker.in(UNKNOWN, Because.INIT_BUSY).run(new RunState.JobWaiting("start job 123")),
        Docker.in(STARTING, Because.PIDFILE_AWAITED).run(new RunState.Dead(Exit.unknown(""))),
        Docker.in(STARTING, Because.CAUSE_CHANGED),
        Docker.in(killing(KillStep.CONSENT, Purpose.HEALTH), Because.TOLERANCE_USED_UP)
            .failing(3, NO_ANSWER),
        Docker.in(killing(KillStep.CONSENT, Purpose.HEALTH), Because.STOP_HANGS)
            .run(new RunState.Stopping(Docker.LIFE, ago(200))),
        Docker.in(suspect(3), Because.KILL_SPACING).failing(3, NO_ANSWER).killed(ago(180)),
        Docker.in(SLOW, Because.KILL_BUDGET_SPENT).failing(5, NO_ANSWER).killed(ago(900), ago(300)),
        Docker.in(killing(KillStep.CONFIRM, Purpose.HEALTH), Because.CONSENT_ASKED)
            .failing(4, NO_ANSWER),
        Docker.in(killing(KillStep.CONFIRM, Purpose.OPERATOR_STOP), Because.CONSENT_ASKED),
        Docker.in(new Phase.Asking(Because.DIED), Because.CONSENT_ASKED).dead(CRASH).crashed(1),
        Docker.in(new Phase.Held(GUARD), Because.CONSENT_REFUSED).failing(6, NO_ANSWER),
        Docker.in(new Phase.Held(GUARD), Because.CONSENT_REFUSED).dead(CRASH).crashed(1),
        Docker.in(HEALTHY, Because.CONSENT_REFUSED),
        Docker.in(killing(KillStep.CAPTURE, Purpose.HEALTH), Because.CAPTURING_EVIDENCE)
            .failing(3, NO_ANSWER),
        Docker.in(killing(KillStep.CAPTURE, Purpose.OPERATOR_RESTART), Because.CAPTURING_EVIDENCE),
        Docker.in(killing(KillStep.TERM_SENT, Purpose.HEALTH), Because.TERM_SENT),
        Docker.in(killing(KillStep.TERM_SENT, Purpose.OPERATOR_STOP), Because.TERM_SENT),
        Docker.in(killing(KillStep.KILL_SENT, Purpose.HEALTH), Because.KILL_SENT),
        Docker.in(STARTING, Because.KILLED).dead(KILLED),
        Docker.in(STUCK, Because.SURVIVES_KILL),
        Docker.in(STUCK, Because.STUCK_HOOK),
        Docker.in(suspect(3), Because.OBSERVE_ONLY).observed().failing(3, NO_ANSWER),
        Docker.in(BACKOFF, Because.OBSERVE_ONLY).observed().dead(CRASH),
        Docker.in(new Phase.Held(BY_ALICE), Because.HELD).held(BY_ALICE),
        Docker.in(new Phase.Held(STOP), Because.HELD).held(STOP).dead(STOPPED),
        Docker.in(STARTING, Because.HOLD_OVER),
        Docker.in(STARTING, Because.OPERATOR_START),
        Docker.in(killing(KillStep.CONSENT, Purpose.OPERATOR_STOP), Because.OPERATOR_STOP)
            .held(STOP),
        Docker.in(new Phase.Held(STOP), Because.OPERATOR_STOP).held(STOP).dead(STOPPED),
        Docker.in(killing(KillStep.CONSENT, Purpose.OPERATOR_RESTART), Because.OPERATOR_RESTART),
        Docker.in(STARTING, Because.OPERATOR_RESTART),
        Docker.in(STARTING, Because.OPERATOR_RETRY),
        Docker.in(killing(KillStep.CONSENT, Purpose.HEALTH), Because.OPERATOR_RETRY),
        Docker.in(STARTING, Because.RELEASED));
  }

  @Test
  void everySituationHasTheSentenceOfTheTranscript() throws IOException {
    String now =
        situations().stream()
            .map(Docker::situation)
            .map(
                s -> {
                  NextStep next = NextStep.of(s);
                  return s.state().phase().label()
                      + " "
                      + s.state().because()
                      + " "
                      + Summary.level(s)
                      + "\n  "
                      + Sentences.of(s)
                      + "\n  next: "
                      + next.action()
                      + next.at().map(at -> " in " + s.left(at)).orElse("")
                      + "\n";
                })
            .collect(Collectors.joining());
    Path newest = Path.of("target", "sentences.txt");
    Files.writeString(newest, now);
    assertEquals(transcript(), now, "to accept the new wording, read and copy daemon/" + newest);
  }

  private static String transcript() throws IOException {
    try (InputStream in = SentencesTest.class.getResourceAsStream("sentences.txt")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theTranscriptLeavesNoReasonOut() {
    Set<Because> told =
        situations().stream()
            .map(Docker::because)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Because.class)));
    assertEquals(EnumSet.allOf(Because.class), told);
  }

  @Test
  void anyReasonInAnyPhaseReadsAsOneShortSentenceWithoutProgrammersWords() {
    List<Phase> phases =
        List.of(
            UNKNOWN,
            HEALTHY,
            STARTING,
            BACKOFF,
            SLOW,
            STUCK,
            WAITING,
            suspect(3),
            killing(KillStep.TERM_SENT, Purpose.HEALTH),
            new Phase.Asking(Because.OPERATOR_START),
            new Phase.Held(BY_ALICE),
            new Phase.Held(GUARD));
    List<RunState> runs =
        List.of(
            new RunState.Running(Docker.LIFE),
            new RunState.Dead(CRASH),
            new RunState.RestartingByInit(CRASH, in(2)),
            new RunState.Stopping(Docker.LIFE, ago(3)),
            new RunState.JobWaiting("start"),
            new RunState.Absent("no unit", ""),
            new RunState.Unclear("no bus"));
    List<String> ugly = new ArrayList<>();
    for (Because because : Because.values()) {
      for (Phase phase : phases) {
        for (RunState run : runs) {
          String sentence = Sentences.of(Docker.in(phase, because).run(run).situation());
          boolean fine =
              sentence.startsWith("docker ")
                  && sentence.endsWith(".")
                  && sentence.length() <= 240
                  && !sentence.matches(".*(null|Optional|\\[|PT\\d|  |\\.\\.|@).*");
          if (!fine) {
            ugly.add(because + " " + phase + ": " + sentence);
          }
        }
      }
    }
    assertEquals(List.of(), ugly);
  }

  @Test
  void foreignWordsCannotMoveTheCursorForgeALineOrFillTheScreen() {
    CheckResult.Failed hostile =
        new CheckResult.Failed(
            io.hasupervisor.observe.Symptom.BAD_BODY,
            "\033[2J\nOK all healthy\u202e" + "x".repeat(5000));
    String sentence =
        Sentences.of(
            Docker.in(suspect(3), Because.KILL_SPACING)
                .failing(3, hostile)
                .killed(ago(9))
                .situation());
    assertFalse(sentence.chars().anyMatch(Character::isISOControl), sentence);
    assertFalse(sentence.contains("\u202e"), sentence);
    assertTrue(sentence.length() < 260, sentence);
  }
}
