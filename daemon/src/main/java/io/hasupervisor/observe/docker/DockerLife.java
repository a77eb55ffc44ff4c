package io.hasupervisor.observe.docker;

import java.time.Instant;

/**
 * One life of dockerd.
 *
 * @param startTicks start time in clock ticks since boot: tells it from a later one of that pid
 * @param started wall time of its start, as the clock stands now
 */
public record DockerLife(long pid, long startTicks, Instant started) {

  /** Whether both are the same process, however the clock was set meanwhile. */
  public boolean same(DockerLife other) {
    return pid == other.pid && startTicks == other.startTicks;
  }
}
