package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All evidence on which consent depends, at one moment.
 *
 * @param etcd of the newest round, with its own times; empty before the first one
 * @param process this host's etcd, seen in /proc at {@code processAt}
 * @param external whether no member of etcd is this host's
 * @param liveRestore whether containers are verified to survive a restart of docker
 * @param ownApiserver whether this host's apiserver serves
 * @param otherApiservers names of other masters whose apiservers serve, by their own address or by
 *     their attestation
 * @param busy names of other masters whose daemons say that they are in repair
 * @param maintenance whether {@code /etc/ha-supervisor/no-repair} exists
 * @param dataLost whether this host was a member and its data is gone
 * @param up time since the boot
 */
public record Scene(
    Optional<EtcdView> etcd,
    ProcessSeen process,
    Duration processAt,
    boolean external,
    boolean liveRestore,
    boolean ownApiserver,
    List<String> otherApiservers,
    List<String> busy,
    boolean maintenance,
    boolean dataLost,
    Duration up) {
  public Scene {
    otherApiservers = List.copyOf(otherApiservers);
    busy = List.copyOf(busy);
  }

  /** Before anything was looked at. */
  public static Scene unseen() {
    return new Scene(
        Optional.empty(),
        new ProcessSeen.Unknown("not looked at yet"),
        Duration.ZERO,
        false,
        false,
        false,
        List.of(),
        List.of(),
        false,
        false,
        Duration.ZERO);
  }

  /** As if no leader had changed and no voter had failed in the last minute. */
  Scene calm() {
    return new Scene(
        etcd.map(EtcdView::calm),
        process,
        processAt,
        external,
        liveRestore,
        ownApiserver,
        otherApiservers,
        busy,
        maintenance,
        dataLost,
        up);
  }
}
