package io.hasupervisor.observe.docker;

import io.hasupervisor.observe.DockerInfo;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.util.Optional;

/**
 * Docker of this host, and the etcd that may run in it.
 *
 * @param life empty while dockerd does not run
 * @param info of that life
 */
public record DockerSeen(
    UnitSeen unit,
    Optional<DockerLife> life,
    DockerInfo info,
    SettingsSeen settings,
    ProcessSeen etcd) {}
