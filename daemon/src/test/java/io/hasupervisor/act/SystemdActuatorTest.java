package io.hasupervisor.act;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.systemd.FakeSystemd;
import io.hasupervisor.host.systemd.SystemdUnavailable;
import io.hasupervisor.host.systemd.UnitFacts;
import io.hasupervisor.host.systemd.Units;
import io.hasupervisor.observe.Incarnation;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SystemdActuatorTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Optional<Incarnation> VICTIM =
      Optional.of(new Incarnation("id", 7, Duration.ofSeconds(1)));

  private final FakeSystemd systemd = new FakeSystemd();
  private final SystemdActuator actuator = new SystemdActuator(systemd, "k.service");

  @AfterEach
  void everyExpectedCallCame() {
    systemd.assertAllCalled();
  }

  @Test
  void clearsTheStartLimitBeforeAStart() throws InterruptedException {
    systemd.expect("reset-failed k.service").expect("start k.service");
    assertEquals(new Outcome.Done(), actuator.start(LIMIT));
  }

  @Test
  void startsAUnitThatIsNotLoadedYet() throws InterruptedException {
    systemd
        .expect("reset-failed k.service", FakeSystemd.refused("NoSuchUnit"))
        .expect("start k.service");
    assertEquals(new Outcome.Done(), actuator.start(LIMIT));
  }

  @Test
  void restartsByOneOrderSoThatNobodyCanDieInBetween() throws InterruptedException {
    systemd.expect("reset-failed k.service").expect("restart k.service");
    assertEquals(new Outcome.Done(), actuator.restart());
  }

  @Test
  void aRefusedStartFailsInSystemdsWords() throws InterruptedException {
    systemd
        .expect("reset-failed k.service")
        .expect("start k.service", FakeSystemd.refused("UnitMasked"));
    assertEquals(
        new Outcome.Failed("could not start k.service: words of systemd"), actuator.start(LIMIT));
  }

  @Test
  void anOrderThatNeverLeftHasFailed() throws InterruptedException {
    systemd.expect(
        "reset-failed k.service", FakeSystemd.unavailable(SystemdUnavailable.Order.NOT_GIVEN));
    assertEquals(
        new Outcome.Failed("could not start k.service: the bus is away"), actuator.start(LIMIT));
  }

  @Test
  void anUnansweredOrderIsUncertain() throws InterruptedException {
    systemd.expect("stop k.service", FakeSystemd.unavailable(SystemdUnavailable.Order.UNANSWERED));
    assertEquals(
        new Outcome.Uncertain("may or may not stop k.service: the bus is away"),
        actuator.stop(LIMIT));
  }

  @Test
  void aUnitThatIsNotLoadedIsStoppedAlready() throws InterruptedException {
    systemd.expect("stop k.service", FakeSystemd.refused("NoSuchUnit"));
    assertEquals(new Outcome.Done(), actuator.stop(LIMIT));
  }

  @Test
  void killsExactlyTheVictim() throws InterruptedException {
    systemd.expectFacts("k.service", stopping("id", 7)).expect("kill 9 k.service");
    assertEquals(new Outcome.Done(), actuator.kill(VICTIM));
  }

  @Test
  void sparesTheNextLife() throws InterruptedException {
    systemd.expectFacts("k.service", stopping("another", 7));
    assertEquals(new Outcome.Done(), actuator.kill(VICTIM));
  }

  @Test
  void killsWhateverRunsWhereNoVictimIsNamed() throws InterruptedException {
    systemd.expectFacts("k.service", stopping("another", 7)).expect("kill 9 k.service");
    assertEquals(new Outcome.Done(), actuator.kill(Optional.empty()));
  }

  @Test
  void killsNothingWhereThereIsNoProcess() throws InterruptedException {
    systemd.expectFacts("k.service", stopping("id", 0));
    assertEquals(new Outcome.Done(), actuator.kill(VICTIM));
  }

  @Test
  void aVictimThatDiesMeanwhileIsKilled() throws InterruptedException {
    systemd
        .expectFacts("k.service", stopping("id", 7))
        .expect("kill 9 k.service", FakeSystemd.refused("NoSuchProcess"));
    assertEquals(new Outcome.Done(), actuator.kill(VICTIM));
  }

  private static UnitFacts stopping(String id, int pid) {
    return Units.unit("deactivating", "stop-sigterm").started(id, pid, 1).facts();
  }
}
