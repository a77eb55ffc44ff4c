package io.hasupervisor.assess.etcd;

import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Instant;
import java.util.Optional;

/**
 * The most that was ever proven to this host (control-plane 3.1.6): an older or emptier cluster
 * under the same id shows itself by it.
 *
 * @param member this host's own; empty where it has none or it was never seen
 * @param at wall time, for people
 */
public record EtcdMaxima(
    EtcdId cluster, Optional<EtcdId> member, long revision, long index, long term, Instant at) {}
