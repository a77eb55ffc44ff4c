package io.hasupervisor.observe;

import java.time.Duration;

/**
 * One life of a service: from one start to the next death.
 *
 * @param id what tells this life from every other: systemd's InvocationID, or {@code
 *     pid:starttime}; never the pid alone
 * @param pid the main process; 0 in {@link RunState.Stopping} when only the init system's own
 *     helpers are left, and never to be sent a signal then: kill(2) would take it for this process
 *     group
 * @param startedAt monotonic time since boot at which the start began (systemd's
 *     InactiveExitTimestamp, or the process's start time)
 */
public record Incarnation(String id, long pid, Duration startedAt) {}
