package io.hasupervisor.observe.etcd;

import java.util.List;

/**
 * A member list.
 *
 * @param by who gave it
 * @param linearizable whether it went through consensus (3.5 and later); earlier ones are the
 *     giver's own and count only where the giver proved quorum in the same round
 */
public record MemberList(
    EtcdId by, EtcdId cluster, boolean linearizable, List<MemberSeen> members) {
  public MemberList {
    members = List.copyOf(members);
  }
}
