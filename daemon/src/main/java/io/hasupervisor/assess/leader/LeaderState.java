package io.hasupervisor.assess.leader;

/** How the election of one component's leader stands. */
public enum LeaderState {
  /** The record could not be read, or not often enough yet. */
  UNKNOWN,
  /** There is no record: nobody was ever elected. */
  NONE,
  /** The record cannot be understood. */
  MALFORMED,
  /** The holder has not renewed it: nobody leads. */
  STALE,
  /** The leader changes again and again. */
  FLAPPING,
  /** The holder is on none of the masters. */
  FOREIGN_HOLDER,
  /** Somebody leads, and renews. */
  HELD
}
