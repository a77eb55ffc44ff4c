package io.hasupervisor.decide.disruption;

import java.time.Duration;

/** What the decision table says of a disruption (control-plane 3.2.4). */
public sealed interface Ruling {

  /** It costs no vote and needs no lock; to be done after {@code delay}, lest hosts act in step. */
  record Free(Duration delay) implements Ruling {}

  /**
   * The lock is to be taken first.
   *
   * @param vote whether a living voter of this host is spent, so that the whole gate must be passed
   * @param endsEtcd whether etcd is asked to end before, and its leadership moved away
   */
  record Locked(boolean vote, boolean endsEtcd) implements Ruling {}

  /** Not now. */
  record Refused(GateRefusal refusal) implements Ruling {}
}
