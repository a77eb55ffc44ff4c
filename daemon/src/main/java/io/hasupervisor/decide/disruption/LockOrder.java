package io.hasupervisor.decide.disruption;

import java.util.List;

/** What an operator can order about the lock of all masters. */
public sealed interface LockOrder {

  /** Take the slot from whoever holds it; replace what is not understood. */
  record Break() implements LockOrder {}

  /** Nobody may take the slot from now on. */
  record Freeze(String why) implements LockOrder {}

  record Unfreeze() implements LockOrder {}

  /**
   * Every master is to do something in its turn.
   *
   * @param action such as {@code restart docker}
   * @param why may be empty
   * @param masters in the order of their turns
   */
  record Roll(String action, String why, List<String> masters) implements LockOrder {
    public Roll {
      masters = List.copyOf(masters);
    }
  }

  /** No further master begins with what goes on in turns. */
  record StopRolling() implements LockOrder {}
}
