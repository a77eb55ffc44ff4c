package io.hasupervisor.publish;

import java.time.Instant;
import java.util.Optional;

/**
 * What somebody wants to do to this master, and whether it may be done.
 *
 * @param state a label of {@link io.hasupervisor.decide.disruption.RepairPhase}
 * @param wanted such as {@code restart docker}; empty where nothing is wanted
 * @param cost its class: 0 costs nothing, 1 perhaps, 2 this host's vote in etcd
 * @param reason a name of {@link io.hasupervisor.decide.disruption.GateReason}, or {@code
 *     REPAIR_UNFINISHED}; empty where nothing holds it up
 * @param next what to do, or what comes next; may be empty
 */
public record RepairStatus(
    String state,
    Optional<String> wanted,
    Optional<Integer> cost,
    boolean allowed,
    Optional<String> reason,
    String explain,
    String next,
    Optional<Instant> since) {}
