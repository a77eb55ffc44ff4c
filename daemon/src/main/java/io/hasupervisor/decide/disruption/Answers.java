package io.hasupervisor.decide.disruption;

import io.hasupervisor.decide.disruption.RepairPhase.Acting;
import io.hasupervisor.decide.disruption.RepairPhase.Blocked;
import io.hasupervisor.decide.disruption.RepairPhase.Idle;
import io.hasupervisor.decide.disruption.RepairPhase.Releasing;
import io.hasupervisor.observe.disruption.LockDocument.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the waiting of an asker ends. */
final class Answers {
  /** A refusal is shown for so long, or for twice the time after which it is asked again. */
  private static final Duration SHOWN = Duration.ofMinutes(10);

  private Answers() {}

  /** It costs no vote, whatever else goes on here. */
  static RepairStep free(Turn turn, Duration delay) {
    RepairState next =
        turn.state().phase() instanceof Blocked ? turn.state().in(new Idle()) : turn.state();
    return turn.answer(next, free(delay));
  }

  /** The same for him who waited: nothing was taken for him. */
  static RepairStep freed(Turn turn, Duration delay) {
    return turn.answer(over(turn, "", Duration.ZERO, new Idle()).next(), free(delay));
  }

  private static RepairAnswer free(Duration delay) {
    return delay.isZero() ? new RepairAnswer.Granted() : new RepairAnswer.GrantedAfter(delay);
  }

  /** He may act, with the lock of this nonce; an operator's word is used up. */
  static RepairStep granted(Turn turn, Disruption wanted, String nonce, boolean spent) {
    RepairState next =
        turn.state()
            .in(new Acting(wanted, nonce, turn.now()))
            .owing(Optional.empty())
            .accepting(turn.state().accepted().filter(word -> !turn.isAccepted(wanted)));
    return turn.answer(spent ? next.logged(acted(turn)) : next, new RepairAnswer.Granted());
  }

  static RepairLog acted(Turn turn) {
    List<Duration> acted = new ArrayList<>(turn.state().log().acted());
    acted.removeIf(time -> turn.now().minus(time).compareTo(Duration.ofHours(24)) > 0);
    acted.add(turn.now());
    return new RepairLog(acted, turn.state().log().failures());
  }

  /**
   * He may not.
   *
   * @param nonce of the lock that is, or may be, ours; empty where none is
   * @param since only a reading of the lock that began later tells whether it is
   */
  static RepairStep refused(
      Turn turn, Disruption wanted, String nonce, Duration since, GateRefusal refusal) {
    return turn.answer(
        over(turn, nonce, since, blocked(turn, wanted, refusal)).next(),
        new RepairAnswer.Refused(refusal));
  }

  static Blocked blocked(Turn turn, Disruption wanted, GateRefusal refusal) {
    Duration twice = refusal.again().multipliedBy(2);
    Duration until = turn.now().plus(twice.compareTo(SHOWN) > 0 ? twice : SHOWN);
    return turn.state().phase() instanceof Blocked before
            && before.wanted().equals(wanted)
            && before.refusal().reason() == refusal.reason()
        ? new Blocked(wanted, refusal, before.since(), until)
        : new Blocked(wanted, refusal, turn.now(), until);
  }

  /** Nobody waits any more, and nothing was done: back to what was before. */
  static RepairStep over(Turn turn, String nonce, Duration since, RepairPhase then) {
    if (turn.state().unsettled().isPresent()) {
      return turn.stay(turn.state().in(turn.state().unsettled().get()).owing(Optional.empty()));
    }
    return nonce.isEmpty()
        ? turn.to(then)
        : turn.stay(
            turn.state().without(nonce).in(new Releasing(nonce, Result.NOT_NEEDED, since, then)));
  }
}
