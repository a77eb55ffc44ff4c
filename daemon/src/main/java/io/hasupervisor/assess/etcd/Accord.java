package io.hasupervisor.assess.etcd;

import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.MemberList;
import io.hasupervisor.observe.etcd.MemberSeen;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether the members agree on who they are; what differs for 30 s is no matter of the moment.
 *
 * @param since when they were first seen to differ
 * @param about in what
 * @param lasting whether they still differed 30 s later
 */
record Accord(Optional<Duration> since, Set<EtcdReason> about, boolean lasting) {
  static final Accord FULL = new Accord(Optional.empty(), Set.of(), false);

  Accord {
    about = Set.copyOf(about);
  }

  /**
   * After one more round.
   *
   * @param lists those that are to be believed; where fewer than two were given, what the last ones
   *     said stands
   * @param strangers whether a member of another cluster proved quorum
   */
  Accord after(Scene scene, List<MemberList> lists, boolean strangers) {
    Set<EtcdReason> now = EnumSet.noneOf(EtcdReason.class);
    if (lists.size() > 1 && lists.stream().map(Accord::ids).distinct().count() > 1) {
      now.add(EtcdReason.LISTS_DIFFER);
    }
    if (twoLeaders(scene.statuses().toList())) {
      now.add(EtcdReason.TWO_LEADERS);
    }
    if (strangers && !scene.proofs().isEmpty()) {
      now.add(EtcdReason.TWO_CLUSTERS);
    }
    boolean stands = lists.size() < 2 && about.contains(EtcdReason.LISTS_DIFFER);
    if (now.isEmpty() && !stands) {
      return FULL;
    }
    Duration at = scene.round().at();
    Duration first = since.orElse(at);
    boolean confirmed = !now.isEmpty() && !Limits.within(Limits.DISAGREEMENT, first, at);
    if (stands) {
      now.add(EtcdReason.LISTS_DIFFER);
    }
    return new Accord(Optional.of(first), now, lasting || confirmed);
  }

  private static Set<EtcdId> ids(MemberList list) {
    return list.members().stream().map(MemberSeen::id).collect(Collectors.toSet());
  }

  private static boolean twoLeaders(Collection<StatusSeen> answers) {
    Map<Long, Set<EtcdId>> leaders =
        answers.stream()
            .filter(status -> status.leader().isPresent())
            .collect(
                Collectors.groupingBy(
                    status -> status.header().term(),
                    Collectors.mapping(
                        status -> status.leader().orElseThrow(), Collectors.toSet())));
    return leaders.values().stream().anyMatch(named -> named.size() > 1);
  }
}
