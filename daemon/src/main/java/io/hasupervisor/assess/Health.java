package io.hasupervisor.assess;

/** Health of one service; not knowing is a value of its own and never leads to a restart. */
public enum Health {
  HEALTHY,
  SICK,
  UNKNOWN
}
