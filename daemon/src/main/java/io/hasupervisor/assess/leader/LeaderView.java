package io.hasupervisor.assess.leader;

import io.hasupervisor.observe.leader.LeaderRecord;
import java.time.Duration;
import java.util.Optional;

/**
 * The election of one component's leader as this host judges it.
 *
 * @param master on which the holder runs; empty where that is none of the masters, or unknown
 * @param since monotonic time since which {@code state} holds
 * @param changed monotonic time at which the record was last seen to change
 * @param why a few words
 */
public record LeaderView(
    String component,
    LeaderState state,
    Optional<String> master,
    Optional<LeaderRecord> record,
    Duration since,
    Optional<Duration> changed,
    String why) {}
