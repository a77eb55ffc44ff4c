package io.hasupervisor.decide.disruption;

import java.time.Duration;

/** What the asker is told. */
public sealed interface RepairAnswer {

  /**
   * Act within two seconds.
   *
   * @param vote whether the act will spend the vote of a member that lives, so that it must not be
   *     done later; where etcd has ended already, what is late is better than what is left undone
   */
  record Granted(boolean vote) implements RepairAnswer {}

  /** Act after this time, without the lock: it costs no vote. */
  record GrantedAfter(Duration delay) implements RepairAnswer {}

  record Refused(GateRefusal refusal) implements RepairAnswer {}
}
