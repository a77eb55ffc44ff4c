package io.hasupervisor.decide;

/** Why a living service would be stopped or its host disturbed. */
public enum Purpose {
  HEALTH,
  OPERATOR_RESTART,
  OPERATOR_STOP,
  STUCK_HOOK
}
