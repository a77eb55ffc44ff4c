package io.hasupervisor.observe.etcd;

import java.util.List;

/** One line of a member list. */
public record MemberSeen(
    EtcdId id, String name, List<String> peerUrls, List<String> clientUrls, boolean learner) {
  public MemberSeen {
    peerUrls = List.copyOf(peerUrls);
    clientUrls = List.copyOf(clientUrls);
  }

  /** A member that was added and has never run has neither. */
  public boolean started() {
    return !name.isEmpty() && !clientUrls.isEmpty();
  }

  /** Whether it tells other hosts nothing but addresses that would lead them to themselves. */
  public boolean servesItsHostAlone() {
    return started()
        && clientUrls.stream()
            .allMatch(url -> Endpoint.parse(url).filter(Endpoint::here).isPresent());
  }
}
