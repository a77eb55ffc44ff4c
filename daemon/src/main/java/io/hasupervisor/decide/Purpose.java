package io.hasupervisor.decide;

/** Why a living service would be stopped, a dead one started, or its host disturbed. */
public enum Purpose {
  /** It is dead, and its start may end what survived it. */
  START,
  /** The same, by an operator's order. */
  OPERATOR_START,
  HEALTH,
  OPERATOR_RESTART,
  OPERATOR_STOP,
  STUCK_HOOK;

  boolean ordered() {
    return switch (this) {
      case OPERATOR_START, OPERATOR_RESTART, OPERATOR_STOP -> true;
      case START, HEALTH, STUCK_HOOK -> false;
    };
  }
}
