package io.hasupervisor.assess.etcd;

import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.MemberEvidence;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What is to be told beside the cluster's state. */
final class Reasons {
  private Reasons() {}

  static Set<EtcdReason> of(
      EtcdHistory history, Scene scene, ClusterRule rule, ClusterState state) {
    Set<EtcdReason> told = EnumSet.noneOf(EtcdReason.class);
    rule.members().stream()
        .map(member -> member.track().shown().reason())
        .flatMap(Optional::stream)
        .forEach(told::add);
    if (scene.late()) {
      told.add(EtcdReason.LATE_ROUND);
    }
    if (history.identity().changed()) {
      told.add(EtcdReason.CLUSTER_CHANGED);
    }
    if (history.accord().lasting()) {
      told.addAll(history.accord().about());
    }
    if (rule.members().stream().anyMatch(m -> m.subject().own() && m.is(MemberState.REMOVED))) {
      told.add(EtcdReason.OWN_REMOVED);
    }
    if (peerLink(rule)) {
      told.add(EtcdReason.PEER_LINK);
    }
    Tally tally = rule.tally();
    if (tally.listed() && tally.voters() % 2 == 0) {
      told.add(tally.voters() == 2 ? EtcdReason.TWO_VOTERS : EtcdReason.EVEN_VOTERS);
    }
    boolean proven = rule.proof().proven(rule.at());
    if (proven && !tally.listed()) {
      told.add(EtcdReason.NO_MEMBER_LIST);
    }
    if (state == ClusterState.QUORUM_UNKNOWN
        && Limits.within(Limits.GRACE, rule.started(), rule.at())) {
      told.add(EtcdReason.STARTING);
    }
    return told;
  }

  /** Enough others answer on their peer ports, so that it is the own member's links. */
  private static boolean peerLink(ClusterRule rule) {
    Collection<Judged> members = rule.members();
    long others =
        members.stream()
            .filter(member -> member.subject().voter() && !member.subject().own())
            .flatMap(member -> member.subject().evidence().stream())
            .map(MemberEvidence::peer)
            .filter(Answer::ok)
            .count();
    return ClusterRule.cutOff(members).isPresent() && others >= rule.tally().quorum().needed();
  }
}
