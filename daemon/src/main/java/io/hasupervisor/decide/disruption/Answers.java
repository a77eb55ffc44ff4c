package io.hasupervisor.decide.disruption;

import io.hasupervisor.decide.disruption.RepairPhase.Acting;
import io.hasupervisor.decide.disruption.RepairPhase.Blocked;
import io.hasupervisor.decide.disruption.RepairPhase.Idle;
import io.hasupervisor.decide.disruption.RepairPhase.Releasing;
import io.hasupervisor.observe.disruption.LockDocument.Result;
import java.time.Duration;
import java.util.Optional;

/** How the waiting of an asker ends. */
final class Answers {
  /** A refusal is shown for so long, or for twice the time after which it is asked again. */
  private static final Duration SHOWN = Duration.ofMinutes(10);

  private Answers() {}

  /** It needs no lock, whatever else goes on here. */
  static RepairStep free(Situation here, Disruption wanted, Duration delay) {
    RepairState next = counted(here, wanted);
    return here.answer(next.phase() instanceof Blocked ? next.in(new Idle()) : next, free(delay));
  }

  /** The same for him who waited: nothing was taken for him. */
  static RepairStep freed(Situation here, Disruption wanted, Duration delay) {
    Situation counted = here.with(counted(here, wanted));
    return here.answer(over(counted, "", Duration.ZERO, new Idle()).next(), free(delay));
  }

  /** To start what is dead may be tried as often as one likes. */
  private static RepairState counted(Situation here, Disruption wanted) {
    return switch (wanted.kind()) {
      case START, PLACE -> here.state();
      case RESTART, STOP, REBOOT -> here.logged(wanted);
    };
  }

  private static RepairAnswer free(Duration delay) {
    return delay.isZero() ? new RepairAnswer.Granted(false) : new RepairAnswer.GrantedAfter(delay);
  }

  /**
   * He may act, with the lock of this nonce.
   *
   * @param vote whether that spends the vote of a member that lives
   */
  static RepairStep granted(Situation here, Disruption wanted, String nonce, boolean vote) {
    RepairState next =
        here.state().in(new Acting(wanted, nonce, here.now())).owing(Optional.empty());
    return here.answer(next, new RepairAnswer.Granted(vote));
  }

  /**
   * He may not.
   *
   * @param nonce of the lock that is, or may be, ours; empty where none is
   * @param since only a reading of the lock that began later tells whether it is
   */
  static RepairStep refused(
      Situation here, Disruption wanted, String nonce, Duration since, GateRefusal refusal) {
    return here.answer(
        over(here, nonce, since, blocked(here, wanted, refusal)).next(),
        new RepairAnswer.Refused(refusal));
  }

  static Blocked blocked(Situation here, Disruption wanted, GateRefusal refusal) {
    Duration twice = refusal.again().multipliedBy(2);
    Duration until = here.now().plus(twice.compareTo(SHOWN) > 0 ? twice : SHOWN);
    return here.state().phase() instanceof Blocked before
            && before.wanted().equals(wanted)
            && before.refusal().reason() == refusal.reason()
        ? new Blocked(wanted, refusal, before.since(), until)
        : new Blocked(wanted, refusal, here.now(), until);
  }

  /** Nobody waits any more, and nothing was done: back to what was before. */
  static RepairStep over(Situation here, String nonce, Duration since, RepairPhase then) {
    if (here.state().unsettled().isPresent()) {
      return here.stay(here.state().in(here.state().unsettled().get()).owing(Optional.empty()));
    }
    return nonce.isEmpty()
        ? here.to(then)
        : here.stay(
            here.state().without(nonce).in(new Releasing(nonce, Result.NOT_NEEDED, since, then)));
  }
}
