package io.hasupervisor.assess.balancer;

/** How the load balancer is. */
public enum BalancerState {
  /** Not enough was seen yet, or its name is not resolved. */
  UNKNOWN,
  /** Nothing listens there. */
  DOWN,
  /** No way there. */
  UNREACHABLE,
  /** It accepts connections and nothing comes back, though masters serve. */
  HUNG,
  /** It works, and no master behind it does: theirs is the fault. */
  NO_MASTER_SERVES,
  /** Masters serve, and it sends nobody to them. */
  NO_BACKEND,
  /** Some connections are led to a master that does not serve. */
  DEAD_BACKEND,
  /** Its certificate is none that clients take. */
  UNTRUSTED,
  /** Who answers is none of the masters. */
  FOREIGN,
  /** Every connection was served. */
  HEALTHY
}
