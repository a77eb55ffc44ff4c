package io.hasupervisor.assess.etcd;

import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the other masters' daemons wrote through their members, and when (control-plane 3.1.3).
 * Their clocks are not believed: a member is attested by a sequence number that changed under our
 * eyes.
 */
record Attestations(Map<EtcdId, Heard> of) {
  static final Attestations NONE = new Attestations(Map.of());

  Attestations {
    of = Map.copyOf(of);
  }

  Attestations after(EtcdRound round) {
    Map<EtcdId, Heard> next = new HashMap<>(of);
    for (Attestation read : round.attestations().got().orElse(List.of())) {
      Heard before = next.get(read.member());
      next.put(
          read.member(),
          before == null
              ? new Heard(read, round.at(), Optional.empty())
              : before.after(read, round.at()));
    }
    return new Attestations(next);
  }

  /** Of all members of this cluster. */
  List<Heard> of(Optional<EtcdId> cluster) {
    return of.values().stream()
        .filter(heard -> cluster.filter(heard.newest().cluster()::equals).isPresent())
        .sorted(Comparator.comparing(heard -> heard.newest().node()))
        .toList();
  }

  /** Of this member, as a member of this cluster. */
  Optional<Heard> of(Optional<EtcdId> member, Optional<EtcdId> cluster) {
    return member
        .map(of::get)
        .filter(heard -> cluster.filter(heard.newest().cluster()::equals).isPresent());
  }
}
