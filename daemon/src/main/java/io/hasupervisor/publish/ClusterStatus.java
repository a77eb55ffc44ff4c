package io.hasupervisor.publish;

import io.hasupervisor.publish.Status.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All masters as this one knows them, at one moment. Its JSON form is the contract of {@code GET
 * /cluster}.
 *
 * @param schema version of the JSON form; it grows only when a field changes its meaning or goes
 * @param cluster its name; {@code node} is who tells
 * @param summary one sentence
 * @param heard whether the masters' words come through etcd now
 * @param etcd the state of the quorum as seen from here
 * @param lock by which the masters take turns; empty before it was read
 */
public record ClusterStatus(
    int schema,
    String cluster,
    String node,
    Instant at,
    Level verdict,
    String summary,
    boolean heard,
    String etcd,
    List<MasterStatus> masters,
    List<DifferenceStatus> differences,
    Optional<LockStatus> lock) {

  /** The schema written by this version. */
  public static final int SCHEMA = 1;

  public ClusterStatus {
    masters = List.copyOf(masters);
    differences = List.copyOf(differences);
  }

  /**
   * One master.
   *
   * @param address empty for one that the configuration does not name
   * @param daemon a name of {@link io.hasupervisor.assess.masters.DaemonState}
   * @param heardAt when {@code said} was said at the latest by our own clock; empty where that is
   *     not known
   * @param etcd its member's state as seen from here, {@code apiserver} its apiserver's; empty
   *     where they are not known
   */
  public record MasterStatus(
      String name,
      String address,
      boolean self,
      String daemon,
      Optional<Instant> heardAt,
      Optional<String> etcd,
      Optional<String> apiserver,
      Optional<SaidStatus> said) {}

  /** What its daemon said of its host; an empty word is not known. */
  public record SaidStatus(
      String supervisor,
      boolean etcdHealthy,
      String etcdVersion,
      String apiserver,
      String docker,
      String kubelet,
      Optional<Integer> manifests,
      Optional<Integer> lastKnownGood,
      String repair,
      String worst,
      String bootId,
      Map<String, String> secrets) {}

  /**
   * What is not the same on all masters that speak.
   *
   * @param kind a name of {@link io.hasupervisor.assess.masters.Difference.Kind}
   * @param what a secret's file, else empty
   */
  public record DifferenceStatus(String kind, String what, Instant since, List<SideStatus> sides) {}

  /** Masters that have the same. */
  public record SideStatus(String value, List<String> masters) {}
}
