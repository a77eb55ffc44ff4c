package io.hasupervisor.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.GateRefusal;
import io.hasupervisor.decide.disruption.LockFacts;
import io.hasupervisor.decide.disruption.RepairLog;
import io.hasupervisor.decide.disruption.RepairPhase;
import io.hasupervisor.decide.disruption.RepairState;
import io.hasupervisor.decide.disruption.Ruling;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.publish.LockStatus.FreezeStatus;
import io.hasupervisor.publish.LockStatus.HolderStatus;
import io.hasupervisor.publish.LockStatus.PastStatus;
import io.hasupervisor.publish.LockStatus.RollingStatus;
import io.hasupervisor.publish.Status.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a repair, and the lock of the masters, look like to people and programs. */
final class RepairStatusTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration NOW = Duration.ofHours(1);
  private static final Disruption RESTART =
      new Disruption(Disruption.Kind.RESTART, "docker", Disruption.Origin.DAEMON);
  private static final GateRefusal REFUSAL =
      new GateRefusal(
          GateReason.WOULD_LOSE_QUORUM,
          "Restarting docker would stop this host's member; 1 of the 2 left is not enough.",
          "Bring master-3 back.",
          Duration.ofMinutes(1));
  private static final RepairPhase.Blocked PHASE =
      new RepairPhase.Blocked(RESTART, REFUSAL, NOW.minusMinutes(5), NOW.plusMinutes(5));

  static final ControlPlane BLOCKED =
      Masters.WELL.with(
          Optional.of(status(PHASE)),
          Optional.of(
              new LockStatus(
                  true,
                  "",
                  Optional.of(
                      new HolderStatus(
                          "master-2",
                          "m",
                          Optional.of("5"),
                          "restart docker",
                          "it hangs",
                          NOON,
                          Optional.of(NOON),
                          900)),
                  Optional.of(new FreezeStatus("eva", "the network is moved", NOON)),
                  List.of(new PastStatus("master-1", "restart docker", "DONE", NOON, NOON)),
                  Optional.of(
                      new RollingStatus(
                          "r",
                          "restart docker",
                          "eva",
                          "new kernel",
                          NOON,
                          List.of("a", "b"),
                          List.of("a"),
                          Optional.of("failed"))),
                  Optional.of(NOON),
                  Optional.of(412L))));

  private static RepairStatus status(RepairPhase phase) {
    RepairState.Self self = new RepairState.Self("m", "master-1", "b");
    RepairState start = RepairState.start(self, RepairLog.EMPTY);
    RepairState state =
        new RepairState(
            self,
            phase,
            start.scene(),
            start.lock(),
            start.log(),
            start.accepted(),
            start.inFlight(),
            start.unsettled(),
            start.unused(),
            start.rest());
    return RepairStatusView.of(state, _ -> new Ruling.Refused(REFUSAL), NOW, NOON);
  }

  private static String text(ControlPlane plane) {
    return StatusText.of(Masters.status(plane), Rendering.TEXT);
  }

  @Test
  void aRepairThatWaitsSaysWhyAndWhatToDo() {
    assertEquals(
        new RepairStatus(
            "REPAIR_BLOCKED",
            Optional.of("restart docker"),
            Optional.of(2),
            false,
            Optional.of("WOULD_LOSE_QUORUM"),
            REFUSAL.why(),
            "Bring master-3 back.",
            Optional.of(NOON.minusSeconds(300))),
        status(PHASE));
    Status status = Masters.status(BLOCKED);
    assertEquals(Level.ATTENTION, status.verdict());
    assertTrue(
        status.summary().contains("restart docker waits (WOULD_LOSE_QUORUM)"), status.summary());
    String text = text(BLOCKED).replaceAll("\\s+", " ");
    assertTrue(text.contains("REPAIR REPAIR_BLOCKED restart docker"), text);
    assertTrue(text.contains("Bring master-3 back."), text);
    assertTrue(text.contains("LOCK held by master-2 to restart docker"), text);
    assertTrue(text.contains("LOCK frozen by eva: the network is moved"), text);
  }

  @Test
  void aRepairThatDidNotHelpIsCritical() {
    RepairPhase.Settling settling =
        new RepairPhase.Settling("restart docker", "n", NOW, false, Optional.empty(), true);
    ControlPlane plane = Masters.WELL.with(Optional.of(status(settling)), Optional.empty());
    assertEquals(Level.CRITICAL, Masters.status(plane).verdict());
    assertEquals("docker", RepairStatusView.subject(settling).orElseThrow());
    assertEquals("REPAIR_UNFINISHED", RepairStatusView.findings(settling).getFirst().code());
  }

  @Test
  void nothingIsSaidWhileNothingIsWantedAndTheLockIsFree() {
    LockFacts free =
        new LockFacts(
            Optional.of(new LockSeen.Readable(LockDocument.EMPTY, 0)),
            NOW,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    ControlPlane plane =
        Masters.WELL.with(
            Optional.of(status(new RepairPhase.Idle())),
            Optional.of(LockStatusView.of(free, NOW.plusSeconds(3), NOON)));
    assertEquals(text(Masters.WELL), text(plane));
    assertEquals(Optional.of(3000L), plane.lock().orElseThrow().ageMillis());
    assertEquals(Level.OK, Masters.status(plane).verdict());
  }

  @Test
  void whatIsNotUnderstoodIsSaidAndCleaned() {
    LockFacts garbage =
        new LockFacts(
            Optional.of(new LockSeen.Unreadable("not \033[31mours", false, 7)),
            NOW,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    LockStatus lock = LockStatusView.of(garbage, NOW, NOON);
    assertFalse(lock.readable());
    String text = text(Masters.WELL.with(Optional.empty(), Optional.of(lock)));
    assertTrue(text.contains("LOCK not understood"), text);
    assertFalse(text.contains("\033"), text);
  }
}
