package io.hasupervisor.decide;

import static io.hasupervisor.decide.Supervised.policy;
import static io.hasupervisor.decide.Supervised.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Verdict;
import io.hasupervisor.decide.Event.Dependency;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is dead is started, and never given up. */
final class DeadServiceTest {
  private static Dependency dependency(boolean alive) {
    return new Dependency("docker", alive);
  }

  private static Event.Dependencies missing(Dependency... dependencies) {
    return new Event.Dependencies(List.of(dependencies));
  }

  @Test
  void startsWhatIsDeadAtOnce() {
    new Supervised().lived().dies().does(Action.Start.class).is("STARTING", Because.DIED);
  }

  @Test
  void exitZeroIsADeathToo() {
    new Supervised().lived().dies(new Exit(Exit.Kind.EXITED, 0, "")).does(Action.Start.class);
  }

  @Test
  void whatSomebodyStoppedIsStarted() {
    new Supervised()
        .healthy("a")
        .dies(new Exit(Exit.Kind.STOPPED_OUTSIDE, 0, "stopped"))
        .does(Action.Start.class);
  }

  @Test
  void doublesTheDelayUpToTheCap() {
    Supervised service = new Supervised().lived();
    List<Long> delays = new ArrayList<>();
    for (int n = 0; n < 10; n++) {
      service.dies();
      delays.add(
          service
              .state
              .log()
              .down()
              .map(d -> d.nextAt().minus(service.now).toSeconds())
              .orElse(0L));
      if (delays.getLast() > 0) {
        service.after(delays.getLast());
      }
      service.does(Action.Start.class).done();
    }
    assertEquals(List.of(0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L), delays);
  }

  @Test
  void jitterNeverShortens() {
    Policy base = policy(false);
    Policy.CrashPolicy crash = base.crash();
    for (long seed = 0; seed < 2000; seed++) {
      Policy policy =
          new Policy(
              base.dependsOn(),
              base.startGrace(),
              base.deadBelievedAfter(),
              false,
              false,
              Set.of(),
              new Policy.CrashPolicy(
                  crash.firstDelay(),
                  crash.maxDelay(),
                  0.25,
                  crash.resetAfter(),
                  crash.stepDownEvery(),
                  crash.budget(),
                  crash.budgetWindow(),
                  crash.slowRetryEvery(),
                  crash.initGrace()),
              base.kill(),
              List.of(),
              seed);
      Duration delay = Backoff.delay(policy, 8);
      assertTrue(
          delay.compareTo(seconds(60)) >= 0 && delay.compareTo(seconds(75)) <= 0, delay::toString);
    }
  }

  @Test
  void goesToSlowRetryAfterElevenDeathsAndNeverGivesUp() {
    Supervised service = new Supervised().lived().crashes(10);
    service.dies().is("SLOW_RETRY", Because.CRASH_BUDGET_SPENT).doesNothing();
    for (int n = 0; n < 500; n++) {
      service.after(59).doesNothing();
      service.after(1).does(Action.Start.class).done().dies().doesNothing();
    }
  }

  @Test
  void resetsAfterTenHealthyMinutes() {
    Supervised service = new Supervised().lived().crashes(10).healthy("a").after(600);
    assertEquals(0, service.state.log().attempt());
    service.dies().does(Action.Start.class);
    assertEquals(1, service.state.log().attempt());
  }

  @Test
  void forgetsOneAttemptPerTwoHealthyMinutes() {
    Supervised service = new Supervised().lived().crashes(5).healthy("a").after(250);
    service.dies();
    assertEquals(4, service.state.log().attempt());
  }

  @Test
  void failingProbesBeforeADeathDoNotUndoTheHealthyTime() {
    Supervised service = new Supervised().lived().crashes(5).healthy("a").after(250);
    service.judged(Supervised.FAILING).dies();
    assertEquals(4, service.state.log().attempt());
  }

  @Test
  void configExitGoesStraightToSlowRetry() {
    new Supervised()
        .lived()
        .dies(new Exit(Exit.Kind.EXITED, 78, ""))
        .doesNothing()
        .is("SLOW_RETRY", Because.CONFIG_EXIT)
        .after(60)
        .does(Action.Start.class);
  }

  @Test
  void changedCauseCutsTheDelayShort() {
    new Supervised()
        .lived()
        .dies(new Exit(Exit.Kind.EXITED, 78, ""))
        .on(new Event.CauseChanged("/etc/kubernetes/kubelet.conf"))
        .does(Action.Start.class)
        .is("STARTING", Because.CAUSE_CHANGED);
  }

  @Test
  void waitsForADeadDependencyWithoutCounting() {
    Supervised service =
        new Supervised().lived().on(missing(dependency(false))).dies().doesNothing();
    service.after(100_000).doesNothing().is("WAITING", Because.DEPENDENCY_NOT_HEALTHY);
    assertEquals(1, service.state.log().attempt());
  }

  @Test
  void startsAtOnceWhenTheDependencyIsBack() {
    Supervised service = new Supervised().lived().crashes(6).on(missing(dependency(false))).dies();
    service.doesNothing().on(missing()).does(Action.Start.class);
    service.is("STARTING", Because.DEPENDENCY_BACK);
  }

  @Test
  void aDependencyThatLivesButIsSickIsWaitedForOnlyForAWhile() {
    Supervised service =
        new Supervised().lived().on(missing(dependency(true))).dies().doesNothing();
    service.after(59).doesNothing().after(1).does(Action.Start.class);
  }

  @Test
  void aFailedStartIsCountedOnce() {
    Supervised service =
        new Supervised().lived().dies().finished(new Outcome.Failed("no such file"));
    service.dies().is("BACKOFF", Because.BACKING_OFF);
    assertEquals(2, service.state.log().attempt());
  }

  @Test
  void leavesTheFirstMoveToAnInitThatRestarts() {
    Supervised service = new Supervised();
    service
        .seen(new RunState.RestartingByInit(Supervised.EXIT_1, service.now.plusSeconds(5)))
        .doesNothing()
        .is("BACKOFF", Because.INIT_RESTARTS)
        .after(14)
        .doesNothing()
        .after(1)
        .does(Action.Start.class);
  }

  @Test
  void releasingAHoldLeavesTheMoveToAnInitThatRestarts() {
    Supervised service = new Supervised();
    RunState restarting = new RunState.RestartingByInit(Supervised.EXIT_1, seconds(1005));
    service.seen(restarting);
    service.ordered(new Event.Order.Keep(Supervised.hold(Hold.Kind.OPERATOR, Optional.empty())));
    service.ordered(new Event.Order.Release("root")).seen(restarting).doesNothing();
    service.is("BACKOFF", Because.INIT_RESTARTS);
  }

  @Test
  void clearsAStartLimitByStartingAtOnceTheFirstTime() {
    new Supervised()
        .lived()
        .dies(new Exit(Exit.Kind.START_LIMIT, 0, "start-limit-hit"))
        .does(Action.Start.class);
  }

  @Test
  void aMissingPidfileRightAfterAStartIsNoDeath() {
    Policy base = policy(false);
    Supervised service =
        new Supervised(
            new Policy(
                base.dependsOn(),
                base.startGrace(),
                seconds(10),
                false,
                false,
                Set.of(),
                base.crash(),
                base.kill(),
                List.of(),
                7));
    service.lived().dies().done().dies().doesNothing().is("STARTING", Because.PIDFILE_AWAITED);
    service.after(10).is("BACKOFF", Because.BACKING_OFF);
  }

  @Test
  void nothingIsStartedOnNoEvidence() {
    Supervised service = new Supervised().healthy("a").seen(new RunState.Unclear("no bus"));
    service.after(100_000).doesNothing();
  }

  @Test
  void staleEvidenceFromBeforeAnActionIsIgnored() {
    Supervised service = new Supervised().lived().dies().does(Action.Start.class);
    Event late = new Event.Seen(new RunReport(new RunState.Dead(Supervised.EXIT_1), service.now));
    service.now = service.now.plusSeconds(2);
    service.done().on(late).doesNothing();
    assertEquals(1, service.state.log().attempt());
  }

  @Test
  void aDeathDuringAHoldIsAnsweredWhenTheHoldIsOver() {
    Supervised service = new Supervised().healthy("a");
    service.ordered(
        new Event.Order.Keep(
            Supervised.hold(Hold.Kind.OPERATOR, Optional.of(service.now.plusSeconds(60)))));
    service.dies().is("HELD", Because.HELD).after(59).doesNothing();
    service.after(1).does(Action.Start.class).is("STARTING", Because.HOLD_OVER);
  }

  @Test
  void isHealthyOnlyOnceAProbePassed() {
    Supervised service = new Supervised().dies().done().runs("a");
    service.is("STARTING", Because.IN_GRACE).judged(Verdict.HEALTHY);
    service.is("HEALTHY", Because.PROBES_PASS);
  }
}
