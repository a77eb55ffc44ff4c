package io.hasupervisor.observe;

import java.time.Duration;

/**
 * One life of a service: from one start to the next death.
 *
 * @param id what tells this life from every other: systemd's InvocationID, or {@code
 *     pid:starttime}; never the pid alone
 * @param pid the main process
 * @param startedAt monotonic time since boot at which the start began (systemd's
 *     InactiveExitTimestamp, or the process's start time)
 */
public record Incarnation(String id, long pid, Duration startedAt) {}
