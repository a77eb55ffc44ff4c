package io.hasupervisor.assess.masters;

import io.hasupervisor.assess.etcd.ClusterState;
import java.time.Duration;
import java.util.List;

/**
 * All masters of the cluster as this one knows them.
 *
 * @param cluster its name
 * @param at monotonic time
 * @param etcd the state of etcd's quorum as seen from here
 * @param heard whether masters can be heard at all now: etcd takes their words and gives them
 * @param masters in the order of the configuration, then others that attest
 */
public record MastersView(
    String cluster,
    Duration at,
    ClusterState etcd,
    boolean heard,
    List<MasterView> masters,
    List<Difference> differences) {
  public MastersView {
    masters = List.copyOf(masters);
    differences = List.copyOf(differences);
  }
}
