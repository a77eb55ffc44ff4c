package io.hasupervisor.loop;

import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;

/**
 * What of a master can be seen on the host itself at once, without asking anybody.
 *
 * @param process this host's etcd, found in /proc at {@code at}
 * @param liveRestore whether containers are verified to survive a restart of docker
 * @param maintenance whether {@code /etc/ha-supervisor/no-repair} exists
 * @param member whether etcd's data is where it belongs
 */
public record HostSeen(
    ProcessSeen process, Duration at, boolean liveRestore, boolean maintenance, boolean member) {

  /** Where looking failed: nothing is taken for granted. */
  static HostSeen unclear(String why, Duration at) {
    return new HostSeen(new ProcessSeen.Unknown(why), at, false, false, true);
  }
}
