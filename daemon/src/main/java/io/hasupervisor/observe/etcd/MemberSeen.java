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
}
