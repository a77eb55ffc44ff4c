package io.hasupervisor.observe.etcd;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the own member's {@code /metrics} say (E5): of its links to the others, and how fast it is.
 *
 * @param hasLeader false only where they say that it knows none
 * @param activePeers whether the raft stream to each other member is up
 * @param roundTrip by peer
 * @param fsync writes to the log; empty where the version does not tell
 * @param commit commits of the database
 * @param leaderChanges since the process started
 * @param quota of the database in bytes; 0 where it may grow without one
 * @param defragmenting whether a defragmentation is running
 * @param compactions since the process started
 */
public record MetricsSeen(
    boolean hasLeader,
    Map<EtcdId, Boolean> activePeers,
    Map<EtcdId, Histogram> roundTrip,
    Optional<Histogram> fsync,
    Optional<Histogram> commit,
    OptionalLong leaderChanges,
    OptionalLong quota,
    boolean defragmenting,
    OptionalLong compactions) {
  public MetricsSeen {
    activePeers = Map.copyOf(activePeers);
    roundTrip = Map.copyOf(roundTrip);
  }
}
