package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.decide.disruption.Disruption.Kind;
import io.hasupervisor.decide.disruption.Disruption.Origin;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Freeze;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What somebody reads who is woken by a refusal. */
class RefusalTextTest {

  @Test
  void namesWhoIsMissingWhatItWouldCostAndWhatToDo() {
    GateRefusal refusal =
        Evidence.three()
            .in(ClusterState.QUORUM_AT_RISK)
            .states(MemberState.HEALTHY, MemberState.HEALTHY, MemberState.DOWN)
            .refusal(Evidence.RESTART);
    assertEquals(
        "Restarting docker would stop this host's member of etcd, and no voter can be spared while"
            + " m3 is DOWN (refused on 2380 and 4001): quorum needs 2 of 3.",
        refusal.why());
    assertEquals(
        "Bring back m3; it is then done by itself. To do it all the same, at that price:"
            + " ha-supervisor restart docker --accept-quorum-loss",
        refusal.cure());
  }

  @Test
  void countsWhatWouldBeLeft() {
    Evidence evidence = Evidence.three();
    evidence.member(3).state = MemberState.DEGRADED;
    assertEquals(
        "Starting docker would end what outlived it, this host's member of etcd among it, and then"
            + " 1 healthy voter of 3 would be left where quorum needs 2: m3 is DEGRADED (refused on"
            + " 2380 and 4001).",
        evidence.refusal(Evidence.START).why());
  }

  @Test
  void saysWhenEveryVoterIsNeededThoughAllAreWell() {
    GateRefusal refusal = Evidence.of(2).in(ClusterState.QUORUM_AT_RISK).refusal(Evidence.RESTART);
    assertTrue(refusal.why().contains("none of the 2 voters can be spared"), refusal.why());
    assertTrue(refusal.cure().startsWith("Add a master"), refusal.cure());
  }

  @Test
  void saysThatARunningMemberIsNeededForTheQuorumToComeBack() {
    GateRefusal refusal = Evidence.three().in(ClusterState.QUORUM_LOST).refusal(Evidence.RESTART);
    assertTrue(refusal.why().contains("must come back together"), refusal.why());
  }

  @Test
  void noOrderIsOfferedWhereTheDataMayBeTheOnlyCopy() {
    GateRefusal refusal =
        Evidence.three().in(ClusterState.DATA_REGRESSION).dead().refusal(Evidence.START);
    assertFalse(refusal.cure().contains("--accept-quorum-loss"), refusal.cure());
    assertTrue(refusal.cure().endsWith("ha-supervisor etcd accept-restore"), refusal.cure());
  }

  @Test
  void tellsTheCommandForEachKindOfOrder() {
    Evidence lost = Evidence.three().in(ClusterState.QUORUM_LOST);
    assertTrue(cure(lost, Evidence.START).endsWith("start docker --accept-quorum-loss"));
    assertTrue(cure(lost, Evidence.STOP).endsWith("stop docker --accept-quorum-loss"));
    // Without --when-safe there is no such command.
    assertTrue(
        cure(lost, Evidence.REBOOT)
            .endsWith("ha-supervisor reboot --when-safe --accept-quorum-loss"));
    assertTrue(cure(lost, Evidence.KUBELET).endsWith("restart kubelet --accept-quorum-loss"));
  }

  private static String cure(Evidence evidence, Disruption wanted) {
    return evidence.refusal(wanted).cure();
  }

  @Test
  void everyRefusalSaysWhyAndWhatToDoAndWhenItIsAskedAgain() {
    List<Disruption> wanted =
        List.of(
            Evidence.RESTART,
            Evidence.START,
            Evidence.REBOOT,
            Evidence.KUBELET,
            Evidence.PLACE_ETCD,
            Evidence.PLACE_API);
    for (ClusterState state : ClusterState.values()) {
      for (boolean live : new boolean[] {true, false}) {
        for (Disruption each : wanted) {
          Evidence evidence = Evidence.three().in(state);
          evidence.otherApiservers = List.of();
          evidence.liveRestore = live;
          if (evidence.refused(each).isPresent()) {
            sound(evidence.refusal(each));
          }
        }
      }
    }
    for (long seed = 0; seed < 200; seed++) {
      Evidence evidence = Evidence.three();
      evidence.up = Duration.ofSeconds(new Random(seed).nextInt(299));
      sound(evidence.refusal(Evidence.RESTART));
    }
  }

  private static void sound(GateRefusal refusal) {
    assertTrue(refusal.why().matches("(?s)[A-Z/].*[^.]\\."), refusal.why());
    assertFalse(refusal.why().contains(".."), refusal.why());
    assertFalse(refusal.cure().isBlank(), refusal.why());
    assertTrue(refusal.again().isPositive(), refusal.why());
  }

  // The lock.

  private static Optional<GateRefusal> lock(Evidence evidence) {
    return LockRule.refusal(Evidence.RESTART, evidence.facts(), "machine-1", evidence.now);
  }

  private static Evidence held(String machine) {
    Evidence evidence = Evidence.three();
    evidence.holderSince = Optional.of(Evidence.NOW.minusSeconds(90));
    evidence.lock =
        Optional.of(
            new LockSeen.Readable(
                new LockDocument(
                    Optional.of(
                        new Holder(
                            machine,
                            "m2",
                            Optional.empty(),
                            "boot",
                            "restart docker",
                            "it hangs",
                            Instant.EPOCH,
                            Duration.ofMinutes(15),
                            "nonce",
                            true)),
                    Optional.of(new Freeze("root at m3", "upgrade of docker", Instant.EPOCH)),
                    List.of(),
                    Optional.empty()),
                4));
    return evidence;
  }

  @Test
  void namesTheHolderOfTheLockAndHowToBreakIt() {
    GateRefusal refusal = lock(held("machine-2")).orElseThrow();
    assertEquals(GateReason.LOCK_HELD, refusal.reason());
    assertTrue(
        refusal.why().startsWith("The lock of repairs is held by m2 (restart docker), as seen"),
        refusal.why());
    assertTrue(refusal.cure().contains("ha-supervisor lock break"), refusal.cure());
    sound(refusal);
  }

  @Test
  void itsOwnHoldIsNotInItsWayButAFreezeIs() {
    GateRefusal refusal = lock(held("machine-1")).orElseThrow();
    assertEquals(GateReason.FROZEN, refusal.reason());
    assertTrue(refusal.why().contains("upgrade of docker"), refusal.why());
    assertTrue(refusal.why().endsWith("to end that: ha-supervisor lock unfreeze."), refusal.why());
  }

  @Test
  void aFreeLockRefusesNobody() {
    assertEquals(Optional.empty(), lock(Evidence.three()));
  }

  @Test
  void whatIsNotUnderstoodCountsAsHeld() {
    for (boolean newer : new boolean[] {true, false}) {
      Evidence evidence = Evidence.three();
      evidence.lock = Optional.of(new LockSeen.Unreadable("schema 9", newer, 4));
      GateRefusal refusal = lock(evidence).orElseThrow();
      assertEquals(GateReason.LOCK_UNREADABLE, refusal.reason());
      assertEquals(newer, refusal.cure().contains("version"), refusal.cure());
      sound(refusal);
    }
  }

  @Test
  void saysWhyTheLockCouldNotBeUsed() {
    for (GateReason reason : List.of(GateReason.LOCK_READ_ONLY, GateReason.LOCK_UNREACHABLE)) {
      Evidence evidence = Evidence.three();
      evidence.failure = Optional.of(reason);
      assertEquals(reason, lock(evidence).orElseThrow().reason());
      sound(lock(evidence).orElseThrow());
    }
  }

  @Test
  void aRollingRestartIsToldWhatAnOperatorIsTold() {
    Disruption rolling = new Disruption(Kind.RESTART, "docker", Origin.ROLLING);
    Evidence evidence = Evidence.three().in(ClusterState.QUORUM_LOST);
    assertEquals(evidence.refusal(Evidence.ORDER), evidence.refusal(rolling));
  }
}
