package io.hasupervisor.decide.disruption;

import io.hasupervisor.decide.disruption.Disruption.Kind;
import io.hasupervisor.decide.disruption.Disruption.Origin;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockDocument.Rolling;
import java.util.Optional;

/** Work that every master does in its turn: whose turn it is; pure. */
public final class RollingTurn {
  private static final String RESTART = "restart ";

  private RollingTurn() {}

  /** In the form that {@link Rolling#action} has. */
  public static String restart(String service) {
    return RESTART + service;
  }

  /**
   * What the master of this name is to do now in its turn; empty where it is not its turn, somebody
   * holds the lock, or nobody may take it.
   */
  public static Optional<Disruption> now(LockDocument lock, String node) {
    return lock.holder().isEmpty() && lock.freeze().isEmpty() ? of(lock, node) : Optional.empty();
  }

  /** An operator's restart of what is to be restarted in this very turn is the turn. */
  public static Disruption origin(Disruption wanted, LockDocument lock, String node) {
    return wanted.origin() == Origin.OPERATOR
        ? of(lock, node).filter(turn -> turn.words().equals(wanted.words())).orElse(wanted)
        : wanted;
  }

  /** What it is to do in its turn, even if it may not begin now. */
  static Optional<Disruption> of(LockDocument lock, String node) {
    return lock.rolling()
        .filter(Rolling::goesOn)
        .filter(rolling -> rolling.next().filter(node::equals).isPresent())
        .map(Rolling::action)
        .filter(action -> action.startsWith(RESTART))
        .map(
            action ->
                new Disruption(Kind.RESTART, action.substring(RESTART.length()), Origin.ROLLING));
  }
}
