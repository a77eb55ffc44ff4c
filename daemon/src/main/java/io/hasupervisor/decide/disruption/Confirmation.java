package io.hasupervisor.decide.disruption;

import io.hasupervisor.decide.disruption.RepairPhase.Confirming;
import io.hasupervisor.decide.disruption.RepairPhase.Yielding;
import io.hasupervisor.observe.disruption.LockDocument;
import java.time.Duration;
import java.util.Optional;

/** The second look: by evidence that is newer than the lock it is decided whether to act. */
final class Confirmation {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** The lock may have been broken, or everything frozen, since it was taken. */
  private static final Duration LOCK_AGE = Duration.ofSeconds(5);

  private Confirmation() {}

  static RepairStep next(Turn turn, Confirming confirming) {
    String nonce = confirming.nonce();
    if (isLost(turn, nonce)) {
      return refused(turn, confirming, "", LockRule.lost());
    }
    Optional<GateRefusal> frozen = frozen(turn, confirming.wanted());
    if (frozen.isPresent()) {
      return refused(turn, confirming, nonce, frozen.get());
    }
    if (turn.isPast(confirming.until())) {
      return refused(turn, confirming, nonce, refusal(turn, confirming).orElse(LockRule.old()));
    }
    if (!nonce.isEmpty() && turn.now().minus(turn.lock().at()).compareTo(LOCK_AGE) > 0) {
      return turn.again(new RepairAction.ReadLock(), PAUSE);
    }
    if (!Taking.isAfter(turn.scene(), confirming.lockedAt())) {
      return turn.again(new RepairAction.Look(), PAUSE);
    }
    Optional<GateRefusal> refusal = refusal(turn, confirming);
    if (refusal.isPresent()) {
      return mayCome(refusal.get())
          ? turn.again(new RepairAction.Look(), PAUSE)
          : refused(turn, confirming, nonce, refusal.get());
    }
    return permitted(turn, confirming);
  }

  /** Whether a newer reading says that another one has it, or nobody. */
  static boolean isLost(Turn turn, String nonce) {
    return !nonce.isEmpty() && !turn.holdsWith(nonce);
  }

  static Optional<GateRefusal> frozen(Turn turn, Disruption wanted) {
    return turn.lock()
        .document()
        .flatMap(LockDocument::freeze)
        .filter(freeze -> !turn.isAccepted(wanted))
        .map(LockRule::frozen);
  }

  private static Optional<GateRefusal> refusal(Turn turn, Confirming confirming) {
    return switch (turn.ruling(confirming.wanted())) {
      case Ruling.Free free -> Optional.empty();
      case Ruling.Refused(GateRefusal refusal) -> Optional.of(refusal);
      case Ruling.Locked ruling ->
          ruling.vote()
              ? turn.gate(ruling, confirming.wanted())
                  .or(
                      () ->
                          Gate.rightBefore(
                              turn.settings(),
                              confirming.wanted(),
                              turn.scene(),
                              confirming.lockedAt(),
                              turn.now()))
              : Optional.empty();
    };
  }

  /** Whether it is only that evidence is missing, which may come. */
  static boolean mayCome(GateRefusal refusal) {
    return refusal.reason() == GateReason.EVIDENCE_OLD
        || refusal.reason() == GateReason.NO_INDEPENDENT_PROOF;
  }

  private static RepairStep permitted(Turn turn, Confirming confirming) {
    Disruption wanted = confirming.wanted();
    boolean accepted = turn.isAccepted(wanted);
    return switch (turn.ruling(wanted)) {
      case Ruling.Locked(boolean vote, boolean endsEtcd) when endsEtcd ->
          turn.to(new Yielding(wanted, confirming.nonce(), confirming.lockedAt(), false, false));
      case Ruling.Locked(boolean vote, boolean endsEtcd) ->
          Answers.granted(turn, wanted, confirming.nonce(), vote || accepted);
      case Ruling.Free free -> Answers.granted(turn, wanted, confirming.nonce(), false);
      case Ruling.Refused refused ->
          refused(turn, confirming, confirming.nonce(), refused.refusal());
    };
  }

  private static RepairStep refused(
      Turn turn, Confirming confirming, String nonce, GateRefusal refusal) {
    return Answers.refused(turn, confirming.wanted(), nonce, Duration.ZERO, refusal);
  }
}
