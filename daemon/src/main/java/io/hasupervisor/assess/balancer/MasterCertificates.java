package io.hasupervisor.assess.balancer;

import io.hasupervisor.observe.api.ApiserverSeen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which certificate each master's apiserver last showed at its own address: by it a master is known
 * again behind the load balancer.
 *
 * @param byMaster SHA-256 by the master's name
 */
record MasterCertificates(Map<String, String> byMaster) {
  static final MasterCertificates NONE = new MasterCertificates(Map.of());

  MasterCertificates {
    byMaster = Map.copyOf(byMaster);
  }

  /** With what was shown in a round; a master that showed nothing keeps its earlier one. */
  MasterCertificates then(List<ApiserverSeen> shown) {
    Map<String, String> next = new HashMap<>(byMaster);
    for (ApiserverSeen one : shown) {
      one.certificate().ifPresent(certificate -> next.put(one.master(), certificate));
    }
    return new MasterCertificates(next);
  }

  /** Whose it is; empty where it is nobody's, or of several. */
  Optional<String> owner(String certificate) {
    List<String> owners =
        byMaster.entrySet().stream()
            .filter(each -> each.getValue().equals(certificate))
            .map(Map.Entry::getKey)
            .toList();
    return owners.size() == 1 ? Optional.of(owners.getFirst()) : Optional.empty();
  }

  /** Whether this master can be told from all others. */
  boolean tells(String master) {
    return Optional.ofNullable(byMaster.get(master)).flatMap(this::owner).isPresent();
  }
}
