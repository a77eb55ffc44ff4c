package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Freeze;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockDocument.Result;
import io.hasupervisor.observe.disruption.LockDocument.Rolling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LockChangeTest {
  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");
  private static final Rolling ROLLING =
      new Rolling(
          "r-1",
          "restart docker",
          "anna",
          "",
          THEN,
          List.of("m1", "m2", "m3"),
          List.of("m2"),
          Optional.empty());
  private static final LockDocument ROLLS =
      LockChange.rolling(LockDocument.EMPTY, Optional.of(ROLLING));

  private static Holder inTurn(String node) {
    Holder plain = Holders.of(node, 1, "n-" + node, THEN);
    return new Holder(
        plain.machineId(),
        node,
        plain.member(),
        plain.bootId(),
        plain.action(),
        LockChange.turn(ROLLING),
        THEN,
        Duration.ofMinutes(15),
        plain.nonce(),
        true);
  }

  private static List<String> done(LockDocument lock) {
    return lock.rolling().orElseThrow().done();
  }

  @Test
  void aTurnThatEndsWellIsDoneWithTheRelease() {
    LockDocument held = LockChange.taken(ROLLS, inTurn("m1"));
    assertEquals(List.of("m2", "m1"), done(LockChange.ended(held, Result.DONE, THEN)));
    assertEquals(List.of("m2"), done(LockChange.ended(held, Result.NOT_NEEDED, THEN)));
  }

  @Test
  void aRepairInBetweenIsNoTurn() {
    LockDocument held = LockChange.taken(ROLLS, Holders.of("m1", 1, "n", THEN));
    assertEquals(List.of("m2"), done(LockChange.ended(held, Result.DONE, THEN)));
    assertEquals(Optional.empty(), LockChange.failed(held, THEN).rolling().orElseThrow().stopped());
  }

  @Test
  void theFirstFailureStopsTheTurns() {
    LockDocument failed = LockChange.failed(LockChange.taken(ROLLS, inTurn("m1")), THEN);
    assertEquals(
        Optional.of("restart docker on m1 did not end well"),
        failed.rolling().orElseThrow().stopped());
    assertEquals(Optional.empty(), failed.freeze());
  }

  @Test
  void aChangedManifestThatFailsFreezesAtOnceSoThatNoOtherMasterIsGivenIt() {
    Holder plain = Holders.of("m1", 1, "n", THEN);
    Holder places =
        new Holder(
            plain.machineId(),
            "m1",
            plain.member(),
            plain.bootId(),
            "place kube-apiserver",
            plain.reason(),
            THEN,
            plain.deadline(),
            "n",
            true);
    LockDocument failed = LockChange.failed(LockChange.taken(LockDocument.EMPTY, places), THEN);
    assertEquals(
        Optional.of(
            new Freeze("ha-supervisor on m1", "place kube-apiserver on m1 did not end well", THEN)),
        failed.freeze());
    assertEquals(failed.freeze(), LockChange.ended(failed, Result.DONE, THEN).freeze());
  }

  @Test
  void aFailureIsNotedOnce() {
    LockDocument failed =
        LockChange.failed(LockChange.taken(ROLLS, Holders.of("m1", 1, "n", THEN)), THEN);
    assertEquals(failed, LockChange.failed(failed, THEN.plusSeconds(60)));
  }

  @Test
  void whatIsTriedInVainAgainAndAgainPushesNothingOut() {
    LockDocument lock =
        LockChange.ended(
            LockChange.taken(LockDocument.EMPTY, Holders.of("m1", 1, "n", THEN)),
            Result.DONE,
            THEN);
    for (int i = 0; i < 50; i++) {
      lock =
          LockChange.ended(
              LockChange.taken(lock, Holders.of("m2", 2, "n" + i, THEN)), Result.NOT_NEEDED, THEN);
    }
    assertEquals(
        List.of(Result.DONE, Result.NOT_NEEDED),
        lock.history().stream().map(LockDocument.Past::result).toList());
  }

  @Test
  void theLastTwentyAreKept() {
    LockDocument lock = LockDocument.EMPTY;
    for (int i = 0; i < 50; i++) {
      lock =
          LockChange.ended(
              LockChange.taken(lock, Holders.of("m2", 2, "n" + i, THEN)), Result.DONE, THEN);
    }
    assertEquals(LockDocument.KEPT, lock.history().size());
    assertEquals("n49", lock.history().getLast().nonce());
  }

  @Test
  void anEarlierFreezeStaysAsItWasOrdered() {
    Freeze first = new Freeze("anna", "network", THEN);
    LockDocument frozen = LockChange.frozen(LockDocument.EMPTY, first);
    assertEquals(frozen, LockChange.frozen(frozen, new Freeze("bert", "disks", THEN)));
    assertEquals(LockDocument.EMPTY, LockChange.unfrozen(frozen));
  }

  @Test
  void whereNobodyHoldsItNothingEnds() {
    assertEquals(ROLLS, LockChange.ended(ROLLS, Result.BROKEN, THEN));
  }
}
