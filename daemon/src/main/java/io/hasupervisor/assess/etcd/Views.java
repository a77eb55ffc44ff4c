package io.hasupervisor.assess.etcd;

import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.QuorumProof.Proof;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What others are to see of a judgement. */
final class Views {
  private Views() {}

  static EtcdView of(EtcdHistory history, Scene scene, ClusterRule rule, ClusterState state) {
    Duration at = rule.at();
    boolean proven = rule.proof().proven(at);
    Optional<EtcdId> leader = proven ? history.leadership().last() : history.leadership().named();
    Tally tally = rule.tally();
    Optional<Proof> newest = rule.proof().newest();
    List<MemberView> members =
        rule.members().stream().map(member -> member.view(scene, leader)).toList();
    return new EtcdView(
        state,
        rule.underlying(state),
        history.since(),
        at,
        scene.round().own().isEmpty(),
        proven,
        newest.map(Proof::at),
        newest.map(Proof::via),
        tally.voters(),
        tally.learners(),
        tally.quorum().needed(),
        tally.healthy(),
        tally.available(),
        rule.canLose(state, tally.serving()),
        rule.canLose(state, tally.answering()),
        tally.quorum().tolerance(),
        scene.cluster(),
        leader,
        history.leadership().term(),
        newest.map(Proof::revision).orElse(0L),
        history.maxima().map(EtcdMaxima::revision).orElse(0L),
        scene.alarms().texts(),
        Reasons.of(history, scene, rule, state).stream().map(EtcdReason::name).toList(),
        lately(history.disturbed(), at),
        lately(history.disturbedByOthers(), at),
        history.listChanged(),
        members,
        history.attestations().of(scene.cluster()),
        new Summary(history, rule, state).text());
  }

  private static Optional<Duration> lately(Duration then, Duration at) {
    return Optional.of(then).filter(it -> Limits.within(Limits.STABLE, it, at));
  }
}
