package io.hasupervisor.loop;

import static io.hasupervisor.loop.Memories.AT;
import static io.hasupervisor.loop.Memories.BOOT;
import static io.hasupervisor.loop.Memories.POLICY;
import static io.hasupervisor.loop.Memories.WALL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.Action;
import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.Facts;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.Purpose;
import io.hasupervisor.decide.RestartLog;
import io.hasupervisor.decide.RestartLog.Down;
import io.hasupervisor.decide.ServiceMachine;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.decide.Step;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes on after a restart of the daemon, and what after one of the host. */
final class MemoryTest {
  private static final Duration LATER = AT.plusSeconds(5);

  private static ServiceState docker(Memory memory, String boot, Duration now, Instant wall) {
    return memory.resumed("docker", POLICY, boot, now, wall);
  }

  private static ServiceState sameBoot(Memory memory, Duration now) {
    return docker(memory, BOOT, now, WALL.plus(now.minus(AT)));
  }

  private static Memory withoutHold() {
    Memory.Service docker = Memories.kept(Memories.docker());
    return Memories.memory(
        new Memory.Service(docker.log(), Optional.empty(), false, docker.tally()));
  }

  private static Memory delayedUntil(Duration nextAt, Because cause) {
    RestartLog log = Memories.kept(withoutHold()).log();
    Down down = new Down(AT, log.lastExit().orElseThrow(), nextAt, cause);
    return Memories.memory(
        new Memory.Service(
            new RestartLog(
                log.attempt(),
                log.crashes(),
                log.kills(),
                log.life(),
                Optional.of(down),
                Optional.empty(),
                log.lastExit()),
            Optional.empty(),
            false,
            Tally.EMPTY));
  }

  private static Duration nextAt(ServiceState state) {
    return state.log().down().orElseThrow().nextAt();
  }

  @Test
  void theSameBootResumesCountersAndDelayWithoutAnyEvidence() {
    ServiceState state = sameBoot(Memories.docker(), LATER);
    assertEquals(Memories.kept(Memories.docker()).log(), state.log());
    assertEquals(new Phase.Unknown(), state.phase());
    assertEquals(Facts.none().run(), state.facts().run());
    assertEquals(Facts.none().verdict(), state.facts().verdict());
    assertEquals(AT.plusSeconds(1800), state.facts().hold().orElseThrow().until().orElseThrow());
    assertTrue(state.inFlight().isEmpty());
  }

  @Test
  void aServiceFoundDeadWaitsForTheRestOfItsDelayUncounted() {
    RunReport dead = new RunReport(new RunState.Dead(Exit.unknown("")), LATER);
    Step step =
        ServiceMachine.step(POLICY, sameBoot(withoutHold(), LATER), new Event.Seen(dead), LATER);
    assertEquals(new Phase.Backoff(5, AT.plusSeconds(13)), step.next().phase());
    assertTrue(step.action().isEmpty());
  }

  @Test
  void aHeldServiceFoundDeadStaysHeld() {
    RunReport dead = new RunReport(new RunState.Dead(Exit.unknown("")), LATER);
    Step step =
        ServiceMachine.step(
            POLICY, sameBoot(Memories.docker(), LATER), new Event.Seen(dead), LATER);
    assertEquals("HELD", step.next().phase().label());
    assertTrue(step.action().isEmpty());
  }

  @Test
  void aDelayIsNeverLongerThanThePolicysCap() {
    Duration farAway = AT.plus(Duration.ofDays(30));
    ServiceState state = sameBoot(delayedUntil(farAway, Because.DIED), LATER);
    assertEquals(LATER.plusSeconds(75), nextAt(state));
    ServiceState slow = sameBoot(delayedUntil(farAway, Because.CRASH_BUDGET_SPENT), LATER);
    assertEquals(LATER.plusSeconds(75), nextAt(slow));
  }

  @Test
  void aNewBootKeepsTallyAndHoldButNoCounters() {
    Memory memory = Memories.docker();
    ServiceState state = docker(memory, "another", Duration.ofSeconds(20), WALL.plusSeconds(600));
    assertEquals(RestartLog.empty(), state.log());
    assertEquals(
        Duration.ofSeconds(20 + 1200), state.facts().hold().orElseThrow().until().orElseThrow());
    assertEquals(1, memory.tally("docker").deaths().size());
  }

  @Test
  void aHoldIsOverAfterItsWallTimeAlsoAcrossABoot() {
    Instant after = WALL.plusSeconds(1800);
    assertTrue(
        docker(Memories.docker(), "another", Duration.ofSeconds(20), after)
            .facts()
            .hold()
            .isEmpty());
    assertTrue(sameBoot(Memories.docker(), AT.plusSeconds(1800)).facts().hold().isEmpty());
  }

  @Test
  void aHostThatBootsWithAnEarlyClockKeepsTheRestOfAHold() {
    ServiceState state =
        docker(Memories.docker(), "another", Duration.ofSeconds(20), Instant.EPOCH);
    assertEquals(
        Duration.ofSeconds(1820), state.facts().hold().orElseThrow().until().orElseThrow());
  }

  @Test
  void aHoldWithoutEndOutlivesABoot() {
    Hold hold = new Hold(Hold.Kind.STOPPED, "eva", "moved away", Optional.empty());
    Memory memory =
        Memories.memory(
            new Memory.Service(RestartLog.empty(), Optional.of(hold), false, Tally.EMPTY));
    ServiceState state =
        docker(memory, "another", Duration.ofSeconds(20), WALL.plus(Duration.ofDays(900)));
    assertEquals(Optional.of(hold), state.facts().hold());
  }

  private static final Incarnation LIFE = new Incarnation("812:4711", 812, AT.minusSeconds(100));

  private static Step step(ServiceState state, Event event, Duration now) {
    return ServiceMachine.step(POLICY, state, event, now);
  }

  private static Event seen(RunState run, Duration at) {
    return new Event.Seen(new RunReport(run, at));
  }

  /** A service that lives and that an operator has just ordered to stop. */
  private static ServiceState beingStopped() {
    Hold hold = new Hold(Hold.Kind.STOPPED, "eva", "stopped by eva", Optional.empty());
    ServiceState alive =
        step(ServiceState.initial(AT), seen(new RunState.Running(LIFE), AT), AT).next();
    return step(alive, new Event.Ordered(new Event.Order.Stop(hold)), AT).next();
  }

  private static Memory remembered(ServiceState state) {
    return Memories.memory(Memory.Service.of(state, Tally.EMPTY));
  }

  @Test
  void aStopThatTheDaemonsEndInterruptedIsCarriedOn() {
    ServiceState resumed = sameBoot(remembered(beingStopped()), LATER);
    Step step = step(resumed, seen(new RunState.Running(LIFE), LATER), LATER);
    assertEquals(
        Optional.of(new Action.AskConsent(Purpose.OPERATOR_STOP, Consent.Stage.FIRST)),
        step.action());
  }

  @Test
  void aGuardedStartThatTheDaemonsEndInterruptedIsAskedForAnew() {
    Policy guarded = Plans.guarded("docker").policy();
    ServiceState state = ServiceState.initial(AT);
    for (RunState run : List.of(new RunState.Running(LIFE), new RunState.Dead(Exit.unknown("")))) {
      state = ServiceMachine.step(guarded, state, seen(run, AT), AT).next();
    }
    assertEquals("ASKING", state.phase().label());
    ServiceState resumed = sameBoot(remembered(state), LATER);
    Event dead = seen(new RunState.Dead(Exit.unknown("")), LATER);
    Step step = ServiceMachine.step(guarded, resumed, dead, LATER);
    assertEquals(
        Optional.of(new Action.AskConsent(Purpose.START, Consent.Stage.NOW)), step.action());
    assertEquals(1, step.next().log().crashes().size());
  }

  @Test
  void aStopThatWasOrderedWithoutEvidenceIsCarriedOnOnceThereIsSome() {
    Hold hold = new Hold(Hold.Kind.STOPPED, "eva", "stopped by eva", Optional.empty());
    Event stop = new Event.Ordered(new Event.Order.Stop(hold));
    ServiceState blind = step(ServiceState.initial(AT), stop, AT).next();
    ServiceState resumed = sameBoot(remembered(blind), LATER);
    Step step = step(resumed, seen(new RunState.Running(LIFE), LATER), LATER);
    assertEquals(
        Optional.of(new Action.AskConsent(Purpose.OPERATOR_STOP, Consent.Stage.FIRST)),
        step.action());
  }

  @Test
  void anInterruptedStopThatWasDoneMeanwhileStaysDone() {
    ServiceState resumed = sameBoot(remembered(beingStopped()), LATER);
    Step step = step(resumed, seen(new RunState.Dead(Exit.unknown("")), LATER), LATER);
    assertEquals(Optional.empty(), step.action());
    assertEquals("HELD", step.next().phase().label());
  }

  @Test
  void whatSomebodyStartedAfterAFinishedStopIsLeftAlone() {
    Hold hold = new Hold(Hold.Kind.STOPPED, "eva", "stopped by eva", Optional.empty());
    Event stop = new Event.Ordered(new Event.Order.Stop(hold));
    ServiceState ordered = step(ServiceState.initial(AT), stop, AT).next();
    ServiceState held = step(ordered, seen(new RunState.Dead(Exit.unknown("")), AT), AT).next();
    ServiceState byHand = step(held, seen(new RunState.Running(LIFE), LATER), LATER).next();
    Duration much = LATER.plusSeconds(60);
    Step step =
        step(sameBoot(remembered(byHand), much), seen(new RunState.Running(LIFE), much), much);
    assertEquals(Optional.empty(), step.action());
    assertEquals("HELD", step.next().phase().label());
  }

  @Test
  void aStopInterruptedByARebootIsNotCarriedOnButStaysAHold() {
    Duration now = Duration.ofSeconds(20);
    ServiceState resumed = docker(remembered(beingStopped()), "another", now, WALL);
    Step step = step(resumed, seen(new RunState.Running(LIFE), now), now);
    assertEquals(Optional.empty(), step.action());
    assertEquals("HELD", step.next().phase().label());
  }

  @Test
  void aClockBehindItsOwnBootResumesNoCounters() {
    ServiceState state = docker(Memories.docker(), BOOT, AT.minusSeconds(60), WALL);
    assertEquals(RestartLog.empty(), state.log());
  }

  @Test
  void anUnknownServiceStartsFresh() {
    assertEquals(
        ServiceState.initial(LATER),
        Memories.docker().resumed("kubelet", POLICY, BOOT, LATER, WALL));
    assertEquals(Tally.EMPTY, Memories.docker().tally("kubelet"));
  }

  @Test
  void remembersLogAndHoldOfAState() {
    ServiceState state = sameBoot(Memories.docker(), LATER);
    assertEquals(
        Memories.kept(Memories.docker()),
        Memory.Service.of(state, Memories.docker().tally("docker")));
  }

  @Test
  void onlyTimePassingIsNoDifferenceButAClockStepIs() {
    Memory memory = Memories.docker();
    Memory later = new Memory(BOOT, AT.plusSeconds(60), WALL.plusSeconds(61), memory.services());
    Memory stepped = new Memory(BOOT, AT.plusSeconds(60), WALL.plusSeconds(90), memory.services());
    assertFalse(later.differsFrom(memory));
    assertTrue(stepped.differsFrom(memory));
    assertTrue(Memories.withAttempt(6).differsFrom(memory));
    assertTrue(new Memory("other", AT, WALL, memory.services()).differsFrom(memory));
    assertTrue(memory.differsFrom(new Memory(BOOT, AT, WALL, Map.of())));
  }

  @Test
  void theTallyKeepsTheLastHundred() {
    Tally tally =
        IntStream.range(0, 250)
            .mapToObj(n -> new Tally.Death(WALL.plusSeconds(n), Exit.unknown(""), "death " + n))
            .reduce(Tally.EMPTY, Tally::with, (a, _) -> a);
    assertEquals(100, tally.deaths().size());
    assertEquals("death 249", tally.deaths().getLast().reason());
  }
}
