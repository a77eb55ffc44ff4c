package io.hasupervisor.decide.disruption;

import java.time.Duration;

/** What the asker is told. */
public sealed interface RepairAnswer {

  /** Act within two seconds. */
  record Granted() implements RepairAnswer {}

  /** Act after this time, without the lock: it costs no vote. */
  record GrantedAfter(Duration delay) implements RepairAnswer {}

  record Refused(GateRefusal refusal) implements RepairAnswer {}
}
