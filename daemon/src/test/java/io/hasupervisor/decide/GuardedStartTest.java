package io.hasupervisor.decide;

import static io.hasupervisor.decide.Supervised.guarded;
import static io.hasupervisor.decide.Supervised.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.assess.Verdict;
import io.hasupervisor.decide.Event.Order;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is dead, but whose start may end what survived it, is started with consent only. */
final class GuardedStartTest {
  private static final Outcome REFUSED =
      new Outcome.Refused("WOULD_LOSE_QUORUM", "etcd lives", Duration.ofSeconds(25));

  private static Supervised dead() {
    Supervised service = new Supervised(guarded()).healthy("a").dies();
    return service.asks(Consent.Stage.NOW).is("ASKING", Because.CONSENT_ASKED);
  }

  private static Purpose purpose(Supervised service) {
    return service.action.orElseThrow() instanceof Action.AskConsent ask
        ? ask.purpose()
        : Purpose.STUCK_HOOK;
  }

  @Test
  void isStartedAtOnceWithAYes() {
    dead().done().does(Action.Start.class).is("STARTING", Because.DIED);
  }

  @Test
  void isAskedForAgainForEverAfterANo() {
    Supervised service = dead();
    for (int n = 0; n < 100; n++) {
      service.finished(REFUSED).doesNothing().is("HELD", Because.CONSENT_REFUSED);
      service.dies().after(24).doesNothing().after(1).asks(Consent.Stage.NOW);
    }
    service.done().does(Action.Start.class);
    assertEquals(1, service.state.log().crashes().size());
    assertEquals(1, service.state.log().attempt());
  }

  @Test
  void aQuestionThatNobodyAnsweredIsANo() {
    Supervised service = dead().finished(new Outcome.Uncertain("timed out")).doesNothing();
    service.is("HELD", Because.CONSENT_REFUSED).after(30).asks(Consent.Stage.NOW);
  }

  @Test
  void aYesThatComesTooLateIsNone() {
    Supervised service = dead();
    Duration answered = service.now;
    service.now = answered.plusMillis(2001);
    service.on(new Event.Finished(new Outcome.Done(), answered)).doesNothing();
    service.is("HELD", Because.CONSENT_REFUSED);
  }

  @Test
  void whatComesAliveMeanwhileIsLeftAlone() {
    Supervised service = dead().runs("b").done().doesNothing().is("STARTING", Because.IN_GRACE);
    service.judged(Verdict.HEALTHY).is("HEALTHY", Because.PROBES_PASS);
  }

  @Test
  void aLifeThatCameAndEndedMeanwhileIsADeathOfItsOwn() {
    Supervised service = dead().runs("b").dies().done().doesNothing();
    service.is("BACKOFF", Because.BACKING_OFF).after(1).asks(Consent.Stage.NOW);
    assertEquals(2, service.state.log().crashes().size());
  }

  @Test
  void aYesWithoutEvidenceLapses() {
    Supervised service = dead().seen(new RunState.Unclear("no bus")).done().doesNothing();
    service.is("UNKNOWN", Because.INIT_UNREACHABLE).after(3600).doesNothing();
    service.dies().asks(Consent.Stage.NOW);
  }

  @Test
  void aHoldThatCameMeanwhileKeepsItDown() {
    Supervised service = dead();
    service.ordered(new Order.Keep(Supervised.hold(Hold.Kind.OPERATOR, Optional.empty())));
    service.done().doesNothing().is("HELD", Because.HELD);
    service.ordered(new Order.Release("root")).asks(Consent.Stage.NOW);
  }

  @Test
  void anOrderToStartAsksToo() {
    Supervised service = dead().finished(REFUSED).ordered(new Order.Start("root"));
    service.asks(Consent.Stage.NOW);
    assertEquals(Purpose.OPERATOR_START, purpose(service));
    service.done().does(Action.Start.class).is("STARTING", Because.OPERATOR_START);
  }

  @Test
  void anOrderOnTheFirstLookAsksAndIsNoDeath() {
    Supervised service = new Supervised(guarded()).ordered(new Order.Start("root")).dies();
    service.asks(Consent.Stage.NOW).finished(REFUSED).after(25).asks(Consent.Stage.NOW);
    service.done().does(Action.Start.class).is("STARTING", Because.OPERATOR_START);
    assertEquals(List.of(), service.state.log().crashes());
  }

  @Test
  void theStartAfterAKillAsksWithoutWaitingForTheKillsRefusal() {
    Supervised service = new Supervised(guarded()).healthy("a").judged(Supervised.SICK);
    service.finished(REFUSED).is("HELD", Because.CONSENT_REFUSED).after(1);
    service.dies().asks(Consent.Stage.NOW);
    assertEquals(Purpose.START, purpose(service));
  }

  @Test
  void aRestartIsLeftToTheInitSystemWhoseTurnItIs() {
    Supervised service = new Supervised(guarded()).healthy("a");
    service.seen(new RunState.RestartingByInit(Supervised.EXIT_1, service.now.plusSeconds(2)));
    service.doesNothing().is("BACKOFF", Because.INIT_RESTARTS).after(11).doesNothing();
    service.after(1).asks(Consent.Stage.NOW);
  }

  @Test
  void aStartThatIsRefusedWhileItIsGivenIsNoCrash() {
    Supervised service = new Supervised().healthy("a").dies().does(Action.Start.class);
    int crashes = service.state.log().crashes().size();
    service.finished(REFUSED).dies().doesNothing().is("HELD", Because.CONSENT_REFUSED);
    service.after(25).does(Action.Start.class).is("STARTING", Because.DIED);
    assertEquals(crashes, service.state.log().crashes().size());
    assertEquals(seconds(1025), service.now);
  }

  @Test
  void aRefusalAtTheLastMomentCountsNoKillAndIsNotFollowedByMoreEvidenceAtOnce() {
    Supervised service = new Supervised(guarded()).healthy("a").judged(Supervised.SICK);
    service.confirms().finished(REFUSED).doesNothing().is("HELD", Because.CONSENT_REFUSED);
    assertEquals(List.of(), service.state.log().kills());
    service.after(59).doesNothing().after(1).asks(Consent.Stage.FIRST);
  }

  @Test
  void aRefusedRestartSaysSoUntilItWouldBeAskedAgain() {
    Supervised service = new Supervised(guarded()).healthy("a").ordered(new Order.Restart("root"));
    service.finished(REFUSED).is("HEALTHY", Because.CONSENT_REFUSED);
    service.after(24).is("HEALTHY", Because.CONSENT_REFUSED);
    service.after(1).is("HEALTHY", Because.PROBES_PASS).doesNothing();
  }
}
