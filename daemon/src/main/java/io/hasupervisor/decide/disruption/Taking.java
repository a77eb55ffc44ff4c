package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.decide.disruption.RepairPhase.Asking;
import io.hasupervisor.decide.disruption.RepairPhase.Confirming;
import io.hasupervisor.decide.disruption.RepairPhase.Locking;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockDocument.Rolling;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.ProcessSeen;
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

  static RepairStep next(Turn turn, Asking asking) {
    Disruption wanted = asking.wanted();
    Optional<LockSeen> seen = turn.lock().seen();
    Optional<GateReason> failure = turn.lock().failure();
    if (failure.isPresent()) {
      return switch (turn.ruling(wanted)) {
        case Ruling.Free(Duration delay) -> Answers.freed(turn, delay);
        case Ruling.Refused(GateRefusal refusal) -> refused(turn, wanted, refusal);
        case Ruling.Locked ruling -> unlocked(turn, asking, ruling, LockRule.failed(failure.get()));
      };
    }
    if (seen.isEmpty() || turn.lock().at().compareTo(asking.since()) < 0) {
      return turn.isPast(asking.until())
          ? refused(turn, wanted, LockRule.failed(GateReason.LOCK_UNREACHABLE))
          : turn.again(new RepairAction.ReadLock(), PAUSE);
    }
    Optional<Holder> ours = turn.lock().holder().filter(turn::isOurs);
    if (ours.isPresent() && !turn.state().unused().contains(ours.get().nonce())) {
      return held(turn, wanted, ours.get());
    }
    return switch (turn.ruling(wanted)) {
      case Ruling.Free(Duration delay) -> Answers.freed(turn, delay);
      case Ruling.Refused(GateRefusal refusal) -> refused(turn, wanted, refusal);
      case Ruling.Locked ruling -> locked(turn, asking, ruling, seen.get());
    };
  }

  /** An earlier taking of ours: the second act under it, or the rest of an earlier life's. */
  private static RepairStep held(Turn turn, Disruption wanted, Holder holder) {
    return turn.state().unsettled().filter(x -> x.nonce().equals(holder.nonce())).isPresent()
        ? confirming(turn, wanted, holder.nonce())
        : Answers.refused(
            turn.with(turn.state().owing(Optional.of(Watch.resumed(turn, holder)))),
            wanted,
            "",
            Duration.ZERO,
            LockRule.busy("it is not steady yet after " + holder.action()));
  }

  private static RepairStep locked(Turn turn, Asking asking, Ruling.Locked ruling, LockSeen seen) {
    Optional<GateRefusal> refusal =
        turn.gate(ruling, asking.wanted()).or(() -> LockRule.refusal(withoutUnused(turn, seen)));
    if (refusal.isPresent()) {
      return unlocked(turn, asking, ruling, refusal.get());
    }
    String nonce = turn.moment().nonce();
    LockDocument known = turn.lock().document().orElse(LockDocument.EMPTY);
    RepairState next =
        turn.state()
            .owing(Optional.empty())
            .in(new Locking(asking.wanted(), nonce, turn.now(), turn.now().plus(WRITING)));
    return turn.with(next)
        .act(
            new RepairAction.WriteLock(
                LockChange.taken(known, holder(turn, asking.wanted(), known, nonce)),
                seen.revision()));
  }

  /** A taking of ours that came late is as good as a free slot. */
  private static LockSeen withoutUnused(Turn turn, LockSeen seen) {
    return turn.lock()
            .holder()
            .filter(holder -> turn.state().unused().contains(holder.nonce()))
            .isPresent()
        ? turn.lock().unheld().seen().orElse(seen)
        : seen;
  }

  private static Holder holder(Turn turn, Disruption wanted, LockDocument known, String nonce) {
    RepairState.Self self = turn.state().self();
    String origin = wanted.origin().name().toLowerCase(Locale.ROOT);
    Optional<Rolling> rolling =
        known.rolling().filter(x -> wanted.origin() == Disruption.Origin.ROLLING);
    return new Holder(
        self.machineId(),
        self.node(),
        turn.member(),
        self.bootId(),
        wanted.words(),
        rolling.map(LockChange::turn).orElse("asked for by " + origin),
        turn.moment().wall(),
        turn.settings().deadline(),
        nonce,
        turn.scene().ownApiserver());
  }

  /** The lock cannot be had now: wait, go without, or give up. */
  private static RepairStep unlocked(
      Turn turn, Asking asking, Ruling.Locked ruling, GateRefusal refusal) {
    Disruption wanted = asking.wanted();
    if (turn.isAccepted(wanted)) {
      return confirming(turn, wanted, "");
    }
    boolean dead = !ruling.vote() && turn.scene().process() instanceof ProcessSeen.Absent;
    boolean waits =
        refusal.reason() == GateReason.LOCK_HELD || refusal.reason() == GateReason.LOCK_UNREACHABLE;
    if (!dead || !waits) {
      return refused(turn, wanted, refusal);
    }
    if (!turn.isPast(asking.until())) {
      Asking longer = new Asking(wanted, turn.now(), asking.until());
      return turn.stay(
          turn.state()
              .knowing(turn.lock().failed(Optional.empty()))
              .in(longer)
              .resting(turn.now().plus(HELD)));
    }
    // Its vote is lost already: without the lock, as with it, nobody loses anything.
    return refusal.reason() == GateReason.LOCK_HELD
        ? Answers.freed(turn, Duration.ZERO)
        : refused(turn, wanted, refusal);
  }

  static RepairStep next(Turn turn, Locking locking) {
    if (turn.lock().at().compareTo(locking.since()) < 0 || turn.lock().seen().isEmpty()) {
      GateReason reason = turn.lock().failure().orElse(GateReason.LOCK_UNREACHABLE);
      return turn.isPast(locking.until())
          ? Answers.refused(
              turn, locking.wanted(), locking.nonce(), locking.since(), LockRule.failed(reason))
          : turn.again(new RepairAction.ReadLock(), PAUSE);
    }
    if (turn.holdsWith(locking.nonce())) {
      return confirming(turn, locking.wanted(), locking.nonce());
    }
    return turn.isPast(locking.until())
        ? Answers.refused(turn, locking.wanted(), locking.nonce(), locking.since(), LockRule.lost())
        : turn.stay(
            turn.state()
                .without(locking.nonce())
                .in(new Asking(locking.wanted(), locking.since(), locking.until())));
  }

  private static RepairStep confirming(Turn turn, Disruption wanted, String nonce) {
    return turn.to(new Confirming(wanted, nonce, turn.now(), turn.now().plus(CONFIRMING)));
  }

  private static RepairStep refused(Turn turn, Disruption wanted, GateRefusal refusal) {
    return Answers.refused(turn, wanted, "", Duration.ZERO, refusal);
  }

  /** Whether a view is of after that time. */
  static boolean isAfter(Scene scene, Duration time) {
    return scene.etcd().map(EtcdView::at).filter(at -> at.compareTo(time) > 0).isPresent()
        || scene.processAt().compareTo(time) > 0;
  }
}
