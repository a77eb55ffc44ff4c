package io.hasupervisor.decide;

import static io.hasupervisor.decide.Supervised.FAILING;
import static io.hasupervisor.decide.Supervised.SICK;
import static io.hasupervisor.decide.Supervised.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Verdict;
import io.hasupervisor.decide.Event.Order;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is alive is killed only when everything asks for it. */
final class LivingServiceTest {
  private static final Outcome REFUSED =
      new Outcome.Refused("etcd", "quorum would be lost", Duration.ofSeconds(60));

  private static Event.Dependencies dependencies(boolean healthy) {
    return new Event.Dependencies(
        healthy ? List.of() : List.of(new Event.Dependency("docker", true)));
  }

  /** Kills the present life and starts the next. */
  private static void killed(Supervised service, String next) {
    service.sickUpTo(Action.Stop.class).done().dies().does(Action.Start.class).done();
    service.healthy(next);
  }

  @Test
  void bearsFailuresBelowTheTolerance() {
    new Supervised()
        .healthy("a")
        .judged(FAILING)
        .doesNothing()
        .is("SUSPECT", Because.BELOW_TOLERANCE);
  }

  @Test
  void asksConsentTakesEvidenceAsksToActNowAndOnlyThenStops() {
    Supervised service = new Supervised().healthy("a").judged(SICK);
    service.asks(Consent.Stage.FIRST).done().does(Action.Capture.class).done();
    service.asks(Consent.Stage.NOW).is("KILLING", Because.CONSENT_ASKED).done();
    service.does(Action.Stop.class).is("KILLING", Because.TERM_SENT);
  }

  @Test
  void killsAfterTermsPatienceAndReportsStuckAfterKills() {
    Supervised service = new Supervised().healthy("a").sickUpTo(Action.Stop.class).done();
    service.stillRuns().after(29).doesNothing();
    service.after(1).does(Action.Kill.class);
    assertEquals(new Action.Kill(service.state.log().life()), service.action.orElseThrow());
    service.done().stillRuns().after(9).doesNothing();
    service.after(1).doesNothing().is("STUCK", Because.SURVIVES_KILL);
  }

  @Test
  void aKillThatCouldNotBeSentIsNoProofOfStuck() {
    Supervised service = new Supervised().healthy("a").sickUpTo(Action.Stop.class).done();
    service.stillRuns().after(30).does(Action.Kill.class);
    service.finished(new Outcome.Failed("no bus")).stillRuns().doesNothing();
    service.after(10).does(Action.Kill.class);
  }

  @Test
  void startsWhatItKilledAtOnceWithoutCountingACrash() {
    Supervised service = new Supervised().healthy("a").sickUpTo(Action.Stop.class).done();
    service.dies().does(Action.Start.class).is("STARTING", Because.KILLED);
    assertEquals(List.of(), service.state.log().crashes());
  }

  @Test
  void turnsBackWhenItRecoversDuringCapture() {
    Supervised service = new Supervised().healthy("a").sickUpTo(Action.Capture.class);
    service.judged(Verdict.HEALTHY).done().doesNothing().is("HEALTHY", Because.RECOVERED);
    assertEquals(List.of(), service.state.log().kills());
  }

  @Test
  void turnsBackWhenTheInitSystemIsLostDuringCapture() {
    Supervised service = new Supervised().healthy("a").sickUpTo(Action.Capture.class);
    service.seen(new RunState.Unclear("no bus")).after(6).done().doesNothing();
    service.after(3600).doesNothing().is("UNKNOWN", Because.INIT_UNREACHABLE);
    service.stillRuns().judged(SICK).does(Action.AskConsent.class);
  }

  @Test
  void busLostInTheMiddleOfAKillWaitsForEvidence() {
    Supervised service = new Supervised().healthy("a").sickUpTo(Action.Stop.class).done();
    service.after(1).seen(new RunState.Unclear("no bus")).after(3600).doesNothing();
    service.is("KILLING", Because.INIT_UNREACHABLE);
    assertTrue(service.state.phase().deadline().orElseThrow().compareTo(service.now) > 0);
    service.dies().does(Action.Start.class);
  }

  @Test
  void aReplacedLifeIsNotKilled() {
    Supervised service = new Supervised().healthy("a").sickUpTo(Action.Stop.class).done();
    service.healthy("b").after(3600).doesNothing().is("HEALTHY", Because.PROBES_PASS);
  }

  @Test
  void aReplacedLifeThatIsBeingStoppedIsNotKilled() {
    Supervised service = new Supervised().healthy("a").sickUpTo(Action.Stop.class).done();
    Incarnation other = new Incarnation("b", 43, service.now);
    service.seen(new RunState.Stopping(other, service.now)).after(31).doesNothing();
  }

  @Test
  void neverKillsOnInconclusiveEvidence() {
    Supervised service = new Supervised().healthy("a");
    service.judged(Verdict.UNKNOWN).after(100_000).doesNothing();
    service.is("UNKNOWN", Because.PROBES_INCONCLUSIVE);
  }

  @Test
  void isNotShownHealthyOnFailingProbesWithoutTheInitSystem() {
    Supervised service = new Supervised().healthy("a").seen(new RunState.Unclear("no bus"));
    service.judged(SICK).doesNothing().is("UNKNOWN", Because.INIT_UNREACHABLE);
  }

  @Test
  void aSlowStarterIsNotKilledWithinItsGrace() {
    Supervised service = new Supervised().dies().done().runs("a").judged(Verdict.UNKNOWN);
    service.after(119).doesNothing().is("STARTING", Because.IN_GRACE);
  }

  @Test
  void waitsForItsDependencyUnjudged() {
    Supervised service = new Supervised().healthy("a").on(dependencies(false));
    service.judged(SICK).after(3600).doesNothing().is("WAITING", Because.DEPENDENCY_NOT_HEALTHY);
  }

  @Test
  void aDependencyThatCameBackGivesAGrace() {
    Supervised service = new Supervised().healthy("a").on(dependencies(false)).judged(SICK);
    service.on(dependencies(true)).doesNothing().is("SUSPECT", Because.DEPENDENCY_SETTLING);
    service.after(119).doesNothing().after(1).does(Action.AskConsent.class);
  }

  @Test
  void spacesKillsAndKeepsTheBudget() {
    Supervised service = new Supervised().healthy("a");
    killed(service, "b");
    service.judged(SICK).doesNothing().is("SUSPECT", Because.KILL_SPACING).after(120);
    service.does(Action.AskConsent.class).judged(Verdict.HEALTHY).done().judged(Verdict.HEALTHY);
    killed(service, "c");
    service.judged(Verdict.HEALTHY).after(120);
    killed(service, "d");
    service.after(120).judged(SICK).doesNothing().is("SLOW_RETRY", Because.KILL_BUDGET_SPENT);
    service.after(1800).does(Action.AskConsent.class);
  }

  @Test
  void refusedConsentIsAskedAgainLater() {
    Supervised service = new Supervised().healthy("a").judged(SICK).finished(REFUSED);
    service.is("HELD", Because.CONSENT_REFUSED).after(59).doesNothing();
    service.after(1).does(Action.AskConsent.class);
  }

  @Test
  void aRefusalThatAsksForNoPauseStillGetsOne() {
    Supervised service = new Supervised().healthy("a").judged(SICK);
    service.finished(new Outcome.Refused("etcd", "no", Duration.ZERO)).doesNothing();
  }

  @Test
  void refusedConsentKeepsADeadServiceStartable() {
    new Supervised().healthy("a").judged(SICK).finished(REFUSED).dies().does(Action.Start.class);
  }

  @Test
  void consentThatNobodyCouldGiveIsNone() {
    Supervised service = new Supervised().healthy("a").judged(SICK);
    service.finished(new Outcome.Uncertain("timed out")).doesNothing();
    service.is("HELD", Because.CONSENT_REFUSED);
  }

  @Test
  void aSickServiceIsKilledAfterAnEndlessHoldIsReleased() {
    Supervised service = new Supervised().healthy("a");
    service.ordered(new Order.Keep(Supervised.hold(Hold.Kind.OPERATOR, Optional.empty())));
    service.judged(SICK).doesNothing().is("HELD", Because.HELD);
    service.ordered(new Order.Release("root")).does(Action.AskConsent.class);
  }

  @Test
  void observeOnlyKillsNothing() {
    Supervised service = new Supervised(policy(true)).healthy("a").judged(SICK);
    service.after(3600).doesNothing().is("SUSPECT", Because.OBSERVE_ONLY);
  }

  @Test
  void aStopBySomebodyElseIsWaitedForAndHelpedWhenItHangs() {
    Supervised service = new Supervised().healthy("a");
    service.on(dependencies(false));
    Incarnation life = service.state.log().life().orElseThrow();
    service.seen(new RunState.Stopping(life, service.now)).is("SUSPECT", Because.INIT_BUSY);
    service.after(99).doesNothing();
    service.after(1).ladder();
  }

  private static Supervised stuck() {
    Supervised service = new Supervised().healthy("a").sickUpTo(Action.Stop.class).done();
    service.stillRuns().after(30).done().stillRuns().judged(SICK).after(10);
    return service.is("STUCK", Because.SURVIVES_KILL);
  }

  @Test
  void stuckIsReportedAndLeftWhenItDies() {
    Supervised service = stuck().dies().does(Action.Start.class).is("STARTING", Because.KILLED);
    assertEquals(List.of(), service.state.log().crashes());
  }

  @Test
  void theHookRunsOnceAndOnlyWithConsent() {
    Supervised service = stuck().after(599).doesNothing();
    service.after(1).does(Action.AskConsent.class).finished(REFUSED).doesNothing();
    service.after(600).does(Action.AskConsent.class).done().does(Action.RunHook.class);
    service.done().after(100_000).doesNothing().is("STUCK", Because.SURVIVES_KILL);
  }

  @Test
  void theHookDoesNotRunWhenAHoldCameWhileConsentWasAsked() {
    Supervised service = stuck().after(600).does(Action.AskConsent.class);
    service.ordered(new Order.Keep(Supervised.hold(Hold.Kind.OPERATOR, Optional.empty())));
    service.done().doesNothing();
  }

  @Test
  void theHookThatCouldNotRunForWantOfEvidenceIsAskedForAgain() {
    Supervised service = stuck().after(600).does(Action.AskConsent.class);
    service.seen(new RunState.Unclear("no bus")).done().doesNothing().stillRuns();
    service.judged(SICK).after(600).does(Action.AskConsent.class);
  }
}
