package io.hasupervisor.observe.etcd;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a master's daemon wrote through its own member (E6): that it could be written proves that
 * this member serves and that quorum existed.
 *
 * @param member the writer's own member
 * @param machineId tells hosts apart, {@code bootId} boots
 * @param sequence grows with each one; freshness is judged by its change, never by {@code at}
 * @param revision of the writer's last linearizable read, {@code applied} index of its member
 * @param slow 95th percentile of its linearizable reads
 * @param healthy whether the writer's own assessment calls its member HEALTHY
 * @param docker the state of its docker service, empty where it has none
 * @param apiserver the state of the writer's own apiserver, empty where that is not known
 * @param repair "none", "running" or "blocked"; empty while its daemon does not know whether it
 *     holds the lock
 * @param host what else there is to say of the writer's host
 */
public record Attestation(
    EtcdId member,
    EtcdId cluster,
    String node,
    String machineId,
    String bootId,
    long sequence,
    long revision,
    long applied,
    String version,
    Duration slow,
    List<String> alarms,
    boolean healthy,
    String docker,
    String apiserver,
    String repair,
    HostReport host,
    Instant at) {
  public Attestation {
    alarms = List.copyOf(alarms);
  }
}
