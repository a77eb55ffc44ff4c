package io.hasupervisor.observe.etcd;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a member's peer port says (E4).
 *
 * @param version of the server
 * @param members its member list; empty where it was not asked or not understood
 * @param ahead its clock minus ours, known to about a second; empty without a Date header
 */
public record PeerSeen(String version, List<MemberSeen> members, Optional<Duration> ahead) {
  public PeerSeen {
    members = List.copyOf(members);
  }
}
