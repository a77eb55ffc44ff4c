package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.decide.disruption.RepairPhase.Asking;
import io.hasupervisor.decide.disruption.RepairPhase.Confirming;
import io.hasupervisor.decide.disruption.RepairPhase.Locking;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockDocument.Rolling;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The lock is read anew, taken by compare-and-set, and read back, before it counts as ours. */
final class Taking {
  /** For the others' evidence that is newer than the lock. */
  private static final Duration CONFIRMING = Duration.ofSeconds(90);

  /** For writing, until it is known whether that went well. */
  private static final Duration WRITING = Duration.ofSeconds(30);

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration HELD = Duration.ofSeconds(5);

  private Taking() {}

  static RepairStep next(Situation here, Asking asking) {
    Disruption wanted = asking.wanted();
    Optional<LockSeen> seen = here.lock().seen();
    Optional<GateReason> failure = here.lock().failure();
    if (failure.isPresent()) {
      return switch (here.ruling(wanted)) {
        case Ruling.Free(Duration delay) -> Answers.freed(here, wanted, delay);
        case Ruling.Refused(GateRefusal refusal) -> refused(here, wanted, refusal);
        case Ruling.Locked ruling ->
            unlocked(here, asking, ruling, LockRule.failed(wanted, failure.get()));
      };
    }
    if (seen.isEmpty() || here.lock().at().compareTo(asking.since()) < 0) {
      return here.isPast(asking.until())
          ? refused(here, wanted, LockRule.failed(wanted, GateReason.LOCK_UNREACHABLE))
          : here.again(new RepairAction.ReadLock(), PAUSE);
    }
    Optional<Holder> ours = here.lock().holder().filter(here::isOurs);
    if (ours.isPresent() && !here.state().unused().contains(ours.get().nonce())) {
      return held(here, wanted, ours.get());
    }
    return switch (here.ruling(wanted)) {
      case Ruling.Free(Duration delay) -> Answers.freed(here, wanted, delay);
      case Ruling.Refused(GateRefusal refusal) -> refused(here, wanted, refusal);
      case Ruling.Locked ruling -> locked(here, asking, ruling, seen.get());
    };
  }

  /** An earlier taking of ours: the second act under it, or the rest of an earlier life's. */
  private static RepairStep held(Situation here, Disruption wanted, Holder holder) {
    return here.state().unsettled().filter(x -> x.nonce().equals(holder.nonce())).isPresent()
        ? confirming(here, wanted, holder.nonce())
        : Answers.refused(
            here.with(here.state().owing(Optional.of(Watch.resumed(here, holder)))),
            wanted,
            "",
            Duration.ZERO,
            Hindrance.busy(wanted, "it is not steady yet after " + holder.action()));
  }

  private static RepairStep locked(
      Situation here, Asking asking, Ruling.Locked ruling, LockSeen seen) {
    // A taking of ours that came late is as good as a free slot.
    boolean late = here.lock().holder().filter(here::isOurs).isPresent();
    String us = late ? here.state().self().machineId() : "";
    Optional<GateRefusal> refusal =
        here.gate(asking.wanted(), ruling)
            .or(() -> LockRule.refusal(asking.wanted(), here.lock(), us, here.now()));
    if (refusal.isPresent()) {
      return unlocked(here, asking, ruling, refusal.get());
    }
    String nonce = here.moment().nonce();
    LockDocument known = here.lock().document().orElse(LockDocument.EMPTY);
    RepairState next =
        here.state()
            .owing(Optional.empty())
            .in(new Locking(asking.wanted(), nonce, here.now(), here.now().plus(WRITING)));
    return here.with(next)
        .act(
            new RepairAction.WriteLock(
                LockChange.taken(known, holder(here, asking.wanted(), known, nonce)),
                seen.revision()));
  }

  private static Holder holder(
      Situation here, Disruption wanted, LockDocument known, String nonce) {
    RepairState.Self self = here.state().self();
    String origin = wanted.origin().name().toLowerCase(Locale.ROOT);
    Optional<Rolling> rolling =
        known.rolling().filter(x -> wanted.origin() == Disruption.Origin.ROLLING);
    return new Holder(
        self.machineId(),
        self.node(),
        here.member(),
        self.bootId(),
        wanted.words(),
        rolling.map(LockChange::turn).orElse("asked for by " + origin),
        here.moment().wall(),
        here.settings().deadline(),
        nonce,
        here.scene().ownApiserver());
  }

  /** The lock cannot be had now: wait, go without, or give up. */
  private static RepairStep unlocked(
      Situation here, Asking asking, Ruling.Locked ruling, GateRefusal refusal) {
    Disruption wanted = asking.wanted();
    if (here.isAccepted(wanted)) {
      return confirming(here, wanted, "");
    }
    boolean waits =
        !ruling.vote()
            && here.scene().memberDead(here.now())
            && refusal.reason() == GateReason.LOCK_HELD;
    // Its vote is lost already; once the lock was waited for in vain, the table does without it.
    return waits && !here.isPast(asking.until())
        ? here.stay(
            here.state()
                .in(new Asking(wanted, here.now(), asking.until()))
                .resting(here.now().plus(HELD)))
        : refused(here, wanted, refusal);
  }

  static RepairStep next(Situation here, Locking locking) {
    if (here.lock().at().compareTo(locking.since()) < 0 || here.lock().seen().isEmpty()) {
      GateReason reason = here.lock().failure().orElse(GateReason.LOCK_UNREACHABLE);
      return here.isPast(locking.until())
          ? Answers.refused(
              here,
              locking.wanted(),
              locking.nonce(),
              locking.since(),
              LockRule.failed(locking.wanted(), reason))
          : here.again(new RepairAction.ReadLock(), PAUSE);
    }
    if (here.holdsWith(locking.nonce())) {
      return confirming(here, locking.wanted(), locking.nonce());
    }
    return here.isPast(locking.until())
        ? Answers.refused(
            here,
            locking.wanted(),
            locking.nonce(),
            locking.since(),
            Hindrance.lost(locking.wanted()))
        : here.stay(
            here.state()
                .without(locking.nonce())
                .in(new Asking(locking.wanted(), locking.since(), locking.until())));
  }

  private static RepairStep confirming(Situation here, Disruption wanted, String nonce) {
    return here.to(new Confirming(wanted, nonce, here.now(), here.now().plus(CONFIRMING)));
  }

  private static RepairStep refused(Situation here, Disruption wanted, GateRefusal refusal) {
    return Answers.refused(here, wanted, "", Duration.ZERO, refusal);
  }

  /** Whether a view is of after that time. */
  static boolean isAfter(Scene scene, Duration time) {
    return scene.etcd().map(EtcdView::at).filter(at -> at.compareTo(time) > 0).isPresent()
        || scene.processAt().compareTo(time) > 0;
  }
}
