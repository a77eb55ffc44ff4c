package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All evidence on which consent depends, at one moment. All times are monotonic.
 *
 * @param etcd of the newest round, with its own times; empty before the first one
 * @param process this host's etcd, seen in /proc at {@code processAt}
 * @param external whether no member of etcd is this host's
 * @param liveRestore whether containers are verified to survive a restart of docker
 * @param ownApiserver whether this host's apiserver is known to serve
 * @param apiserverDead since when this host's apiserver has certainly served nobody; empty while it
 *     serves, or where that is not known
 * @param otherApiservers names of other masters whose apiservers serve, by their own address or by
 *     their attestation
 * @param busy names of other masters whose daemons say that they are in repair
 * @param maintenance whether {@code /etc/ha-supervisor/no-repair} exists
 * @param dataLost whether this host was a member and its data is gone
 * @param up time since the boot
 * @param dockerSick since when docker has not been well, dead or hung; empty while it is
 * @param rank this host's place among the masters
 */
public record Scene(
    Optional<EtcdView> etcd,
    ProcessSeen process,
    Duration processAt,
    boolean external,
    boolean liveRestore,
    boolean ownApiserver,
    Optional<Duration> apiserverDead,
    List<String> otherApiservers,
    List<String> busy,
    boolean maintenance,
    boolean dataLost,
    Duration up,
    Optional<Duration> dockerSick,
    Rank rank) {
  /** A look into /proc that is older says nothing of now. */
  private static final Duration LOOK = Duration.ofSeconds(30);

  /** An answer of etcd's that is no older than this before the look contradicts it. */
  private static final Duration ANSWER = Duration.ofSeconds(15);

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
        Optional.empty(),
        List.of(),
        List.of(),
        false,
        false,
        Duration.ZERO,
        Optional.empty(),
        Rank.FIRST);
  }

  /** Whether this host's apiserver may serve: what is not known counts as serving. */
  boolean apiserverMayServe() {
    return apiserverDead.isEmpty();
  }

  /**
   * Whether this host's etcd certainly does not run. What is not known counts as running, and so
   * does a member that answers though no process was found: then the wrong directory was looked at.
   */
  public boolean memberDead(Duration now) {
    return process instanceof ProcessSeen.Absent
        && now.minus(processAt).compareTo(LOOK) <= 0
        && !answers();
  }

  private boolean answers() {
    return etcd.filter(view -> view.at().plus(ANSWER).compareTo(processAt) >= 0)
        .flatMap(EtcdView::own)
        .filter(MemberView::answered)
        .isPresent();
  }

  /** Whether etcd is, or was when it was last known, in this state. */
  boolean hasBeen(ClusterState state) {
    return etcd.stream()
        .anyMatch(
            view -> view.state() == state || view.underlying().filter(state::equals).isPresent());
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
        apiserverDead,
        otherApiservers,
        busy,
        maintenance,
        dataLost,
        up,
        dockerSick,
        rank);
  }
}
