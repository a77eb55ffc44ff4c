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

  static RepairStep next(Situation here, Confirming confirming) {
    String nonce = confirming.nonce();
    if (isLost(here, nonce)) {
      return refused(here, confirming, "", Hindrance.lost(confirming.wanted()));
    }
    Optional<GateRefusal> frozen = frozen(here, confirming.wanted());
    if (frozen.isPresent()) {
      return refused(here, confirming, nonce, frozen.get());
    }
    if (here.isPast(confirming.until())) {
      return refused(
          here,
          confirming,
          nonce,
          refusal(here, confirming).orElseGet(() -> Hindrance.old(confirming.wanted())));
    }
    if (!nonce.isEmpty() && here.now().minus(here.lock().at()).compareTo(LOCK_AGE) > 0) {
      return here.again(new RepairAction.ReadLock(), PAUSE);
    }
    if (!Taking.isAfter(here.scene(), confirming.lockedAt())) {
      return here.again(new RepairAction.Look(), PAUSE);
    }
    Optional<GateRefusal> refusal = refusal(here, confirming);
    if (refusal.isPresent()) {
      return mayCome(refusal.get())
          ? here.again(new RepairAction.Look(), PAUSE)
          : refused(here, confirming, nonce, refusal.get());
    }
    return permitted(here, confirming);
  }

  /** Whether a newer reading says that another one has it, or nobody. */
  static boolean isLost(Situation here, String nonce) {
    return !nonce.isEmpty() && !here.holdsWith(nonce);
  }

  static Optional<GateRefusal> frozen(Situation here, Disruption wanted) {
    return here.lock()
        .document()
        .flatMap(LockDocument::freeze)
        .filter(freeze -> !here.isAccepted(wanted) && !isWayBack(here, wanted, freeze))
        .map(freeze -> LockRule.frozen(wanted, freeze));
  }

  /** What this master's own failure has frozen is mended under the lock that it still holds. */
  private static boolean isWayBack(Situation here, Disruption wanted, LockDocument.Freeze freeze) {
    return wanted.kind() == Disruption.Kind.PLACE
        && freeze.by().equals(LockChange.daemon(here.state().self().node()))
        && here.lock()
            .document()
            .filter(
                known ->
                    known
                        .holder()
                        .filter(here::isOurs)
                        .filter(holder -> LockChange.isFailed(known, holder.nonce()))
                        .isPresent())
            .isPresent();
  }

  private static Optional<GateRefusal> refusal(Situation here, Confirming confirming) {
    return switch (here.ruling(confirming.wanted())) {
      case Ruling.Free free -> Optional.empty();
      case Ruling.Refused(GateRefusal refusal) -> Optional.of(refusal);
      case Ruling.Locked ruling ->
          ruling.vote()
              ? here.gate(confirming.wanted(), ruling)
                  .or(
                      () ->
                          Gate.rightBefore(
                              here.settings(),
                              confirming.wanted(),
                              here.scene(),
                              confirming.lockedAt(),
                              here.now()))
              : Optional.empty();
    };
  }

  /** Whether it is only that evidence is missing, which may come. */
  static boolean mayCome(GateRefusal refusal) {
    return refusal.reason() == GateReason.EVIDENCE_OLD
        || refusal.reason() == GateReason.NO_INDEPENDENT_PROOF;
  }

  private static RepairStep permitted(Situation here, Confirming confirming) {
    Disruption wanted = confirming.wanted();
    return switch (here.ruling(wanted)) {
      case Ruling.Locked(boolean _, boolean endsEtcd) when endsEtcd ->
          here.to(
              new Yielding(
                  wanted,
                  confirming.nonce(),
                  confirming.lockedAt(),
                  confirming.lockedAt(),
                  false,
                  false));
      case Ruling.Locked(boolean vote, boolean _) ->
          Answers.granted(here.with(here.logged(wanted)), wanted, confirming.nonce(), vote);
      case Ruling.Free _ -> Answers.granted(here, wanted, confirming.nonce(), false);
      case Ruling.Refused(GateRefusal refusal) ->
          refused(here, confirming, confirming.nonce(), refusal);
    };
  }

  private static RepairStep refused(
      Situation here, Confirming confirming, String nonce, GateRefusal refusal) {
    return Answers.refused(here, confirming.wanted(), nonce, Duration.ZERO, refusal);
  }
}
