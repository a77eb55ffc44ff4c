package io.hasupervisor.disruption;

import io.hasupervisor.cluster.RepairSettings;
import java.time.Duration;

/**
 * What does not change in a world.
 *
 * @param lease milliseconds after which etcd drops the lock's holder; 0 as shipped, never
 * @param asksToStart whether a start of docker is asked for, as shipped
 * @param prompt whether etcd is ended at once or not at all, as shipped
 * @param loopback whether no member can be asked from another host, as in the seed's era
 */
record Setup(
    RepairSettings settings,
    Rules rules,
    long lease,
    boolean asksToStart,
    boolean prompt,
    boolean loopback) {

  /**
   * The same rules with shorter waits, so that a bounded search sees the second master act. Their
   * order is kept: steady, then spacing, then the time after which a lock may be broken.
   */
  static final RepairSettings SHORT =
      new RepairSettings(
          Duration.ofSeconds(90),
          Duration.ofSeconds(120),
          50,
          Duration.ofSeconds(20),
          Duration.ofSeconds(120),
          Duration.ofSeconds(120),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          false,
          false);

  static Setup shipped(RepairSettings settings, boolean loopback) {
    return new Setup(settings, Rules.REAL, 0, true, true, loopback);
  }

  Setup with(Rules other) {
    return new Setup(settings, other, lease, asksToStart, prompt, loopback);
  }

  Setup withLease(Duration length) {
    return new Setup(settings, rules, length.toMillis(), asksToStart, prompt, loopback);
  }

  Setup withoutAskingToStart() {
    return new Setup(settings, rules, lease, false, prompt, loopback);
  }

  Setup withoutHaste() {
    return new Setup(settings, rules, lease, asksToStart, false, loopback);
  }
}
