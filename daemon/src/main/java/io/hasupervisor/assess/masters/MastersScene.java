package io.hasupervisor.assess.masters;

import io.hasupervisor.assess.entry.EntryView;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.etcd.Attestation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is known at a moment.
 *
 * @param now monotonic time
 * @param master this one
 * @param own what it would say of itself now
 * @param etcd empty before the first round
 * @param entry empty before the first round
 * @param stored what lies in this host's own member, of unknown age: read once where the cluster
 *     cannot be asked
 */
public record MastersScene(
    Duration now,
    Master master,
    Word own,
    Optional<EtcdView> etcd,
    Optional<EntryView> entry,
    List<Attestation> stored) {
  public MastersScene {
    stored = List.copyOf(stored);
  }
}
