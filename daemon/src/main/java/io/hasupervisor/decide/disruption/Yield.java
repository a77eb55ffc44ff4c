package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.decide.disruption.RepairPhase.Yielding;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;
import java.util.Optional;

/**
 * etcd leaves in good order before its containers are taken from it: its leadership is moved away,
 * and the very process that was seen is asked to end, if all is still as it was.
 */
final class Yield {
  /** Older evidence must not end a member. */
  private static final Duration AGE = Duration.ofSeconds(2);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** From the taking of the lock. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private Yield() {}

  static RepairStep next(Situation here, Yielding yielding) {
    Optional<GateRefusal> stopped = stopped(here, yielding);
    if (stopped.isPresent()) {
      String nonce = Confirmation.isLost(here, yielding.nonce()) ? "" : yielding.nonce();
      return Answers.refused(here, yielding.wanted(), nonce, Duration.ZERO, stopped.get());
    }
    if (!yielding.moved()) {
      return successor(here)
          .map(to -> here.act(new RepairAction.MoveLeader(to)))
          .orElseGet(() -> here.to(moved(yielding, yielding.since())));
    }
    // A host on which whatever is decided comes too late is no place for a repair.
    boolean late = isLate(here, yielding);
    Optional<GateRefusal> refusal =
        rightBefore(here, yielding)
            .or(() -> Optional.of(Hindrance.old(yielding.wanted())).filter(_ -> late));
    if (refusal.isPresent()) {
      return Confirmation.mayCome(refusal.get()) && !late
          ? here.again(new RepairAction.Look(), PAUSE)
          : Answers.refused(
              here, yielding.wanted(), yielding.nonce(), Duration.ZERO, refusal.get());
    }
    if (!yielding.ended() && here.scene().process() instanceof ProcessSeen.Alive etcd) {
      // From here on its vote may be spent, even if this daemon ends now.
      return here.with(here.logged(yielding.wanted()))
          .act(new RepairAction.EndEtcd(etcd.pid(), etcd.startTicks()));
    }
    // Also where ending it failed: that was taken out of the log again.
    Situation counted = here.with(here.logged(yielding.wanted()));
    return Answers.granted(
        counted,
        yielding.wanted(),
        yielding.nonce(),
        here.scene().process() instanceof ProcessSeen.Alive);
  }

  private static Optional<GateRefusal> stopped(Situation here, Yielding yielding) {
    return Confirmation.isLost(here, yielding.nonce())
        ? Optional.of(Hindrance.lost(yielding.wanted()))
        : Confirmation.frozen(here, yielding.wanted());
  }

  private static boolean isLate(Situation here, Yielding yielding) {
    return here.isPast(yielding.lockedAt().plus(LONGEST));
  }

  private static Optional<EtcdId> successor(Situation here) {
    return here.scene()
        .etcd()
        .filter(view -> view.own().filter(MemberView::leader).isPresent())
        .flatMap(Steady::successor)
        .flatMap(MemberView::id);
  }

  /** Whether or not that went well, etcd's own end hands it over too. */
  static Yielding moved(Yielding yielding, Duration at) {
    return new Yielding(
        yielding.wanted(), yielding.nonce(), yielding.lockedAt(), at, true, yielding.ended());
  }

  static Yielding ended(Yielding yielding, Duration at) {
    return new Yielding(yielding.wanted(), yielding.nonce(), yielding.lockedAt(), at, true, true);
  }

  /** The last look: the change of leader was of our own making, and is no unrest. */
  private static Optional<GateRefusal> rightBefore(Situation here, Yielding yielding) {
    Disruption wanted = yielding.wanted();
    if (isOld(here, here.scene().processAt())
        || here.scene().processAt().compareTo(yielding.since()) <= 0
        || here.scene()
            .etcd()
            .filter(view -> view.at().compareTo(yielding.since()) > 0)
            .isEmpty()) {
      return Optional.of(Hindrance.old(wanted));
    }
    Scene calm = here.scene().calm();
    return switch (here.with(here.state().seeing(calm)).ruling(wanted)) {
      case Ruling.Free _ -> Optional.empty();
      case Ruling.Refused(GateRefusal refusal) -> Optional.of(refusal);
      case Ruling.Locked(boolean vote, boolean _) ->
          vote
              ? Gate.rightBefore(here.settings(), wanted, calm, yielding.lockedAt(), here.now())
              : Optional.empty();
    };
  }

  private static boolean isOld(Situation here, Duration time) {
    return here.now().minus(time).compareTo(AGE) > 0;
  }
}
