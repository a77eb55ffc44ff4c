package io.hasupervisor.assess.storage;

import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What earlier rounds told, from which rates are made; replaced, never changed.
 *
 * @param metrics of the own member
 * @param growth of each member's database
 * @param clocks difference of each other member's
 * @param compaction how long the store has not been compacted
 * @param stuck since when each look found the own process waiting for the disk, monotonic
 */
public record SpeedHistory(
    MetricsWindow metrics,
    Map<EtcdId, Growth> growth,
    Map<EtcdId, ClockSeen> clocks,
    Optional<Compaction> compaction,
    Optional<Duration> stuck) {
  public SpeedHistory {
    growth = Map.copyOf(growth);
    clocks = Map.copyOf(clocks);
  }

  /** At the daemon's start. */
  public static SpeedHistory none() {
    return new SpeedHistory(
        MetricsWindow.EMPTY, Map.of(), Map.of(), Optional.empty(), Optional.empty());
  }

  /**
   * With one round more.
   *
   * @param revision the newest known; 0 unknown
   */
  SpeedHistory with(EtcdRound round, long revision) {
    return new SpeedHistory(
        metrics.with(round),
        Growth.of(growth, round),
        ClockSeen.of(clocks, round),
        Compaction.of(compaction, round, revision),
        stuck(round));
  }

  private Optional<Duration> stuck(EtcdRound round) {
    return round.process() instanceof ProcessSeen.Alive alive && alive.state() == 'D'
        ? Optional.of(stuck.orElse(round.at()))
        : Optional.empty();
  }
}
