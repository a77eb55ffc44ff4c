package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.assess.etcd.Quorum;
import io.hasupervisor.assess.etcd.Words;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The votes of etcd at one moment, this host's own apart: names of states age, proofs tell. */
record Voters(EtcdView view, Duration now) {
  /** Age of a read through consensus up to which it proves quorum. */
  static final Duration PROOF = Duration.ofSeconds(15);

  /** Age of what is known of another voter up to which it is counted on. */
  static final Duration KNOWN = Duration.ofSeconds(45);

  /** The same where only its own daemon can tell, which does so every 30 seconds. */
  static final Duration ATTESTED = Duration.ofSeconds(75);

  /** Whether quorum is proven now, and not only when the round ended. */
  boolean proven() {
    return view.proven() && within(PROOF, view.proof());
  }

  /** The other voters, well or not. */
  Stream<MemberView> others() {
    return view.members().stream()
        .filter(member -> !member.own() && !member.learner())
        .filter(
            member ->
                member.state() != MemberState.REMOVED && member.state() != MemberState.LEARNER);
  }

  /** The other voters that are counted on. */
  List<MemberView> healthy() {
    return others().filter(this::healthy).toList();
  }

  /** Those that are not, each with what is wrong with it. */
  String unhealthy() {
    List<String> told = others().filter(Predicate.not(this::healthy)).map(this::trouble).toList();
    return told.isEmpty() ? "" : Words.list(told);
  }

  /** Names of those that are not. */
  List<String> missing() {
    return others().filter(Predicate.not(this::healthy)).map(MemberView::called).toList();
  }

  int needed() {
    return new Quorum(view.voters()).needed();
  }

  /** Whether quorum survives the end of this host's member. */
  boolean enoughWithoutOwn() {
    return view.voters() > 0 && healthy().size() >= needed();
  }

  /**
   * Whether all that are called healthy served in the newest round too: {@code canLose} counts no
   * others, while names wait for three rounds, and a failure of a second ago is told by nothing
   * else.
   */
  boolean borneOut() {
    return view.canLose() >= Math.max(0, view.healthy() - needed());
  }

  /**
   * Whether this host's member alone is not well, so that its vote is the one that is missing
   * already.
   */
  boolean onlyOwnUnwell() {
    return listed()
        && view.own().filter(own -> !own.learner() && !own.state().well()).isPresent()
        && healthy().size() == view.voters() - 1;
  }

  /** Whether the members are known; without a list nobody knows how many voters there are. */
  boolean listed() {
    return !view.reasons().contains("NO_MEMBER_LIST");
  }

  /** Whether somebody else than this host's member shows that quorum exists. */
  boolean provenByOthers() {
    boolean own = view.own().filter(member -> within(PROOF, member.proof())).isPresent();
    return others().anyMatch(member -> within(PROOF, member.proof())) || (own && attested() >= 2);
  }

  /** Other voters whose daemons wrote through them lately. */
  private long attested() {
    List<EtcdId> voters = others().flatMap(member -> member.id().stream()).toList();
    return view.attested().stream()
        .filter(heard -> heard.fresh(now) && voters.contains(heard.newest().member()))
        .count();
  }

  boolean healthy(MemberView member) {
    MemberState state = member.state();
    return state.well() && within(state == MemberState.HEALTHY ? KNOWN : ATTESTED, member.proof());
  }

  private String trouble(MemberView member) {
    return member.state().well()
        ? member.called() + " was last heard of " + age(member.proof()) + " ago"
        : member.called() + " is " + member.state() + " (" + member.why() + ")";
  }

  private String age(Optional<Duration> then) {
    return then.map(at -> Words.length(now.minus(at))).orElse("long");
  }

  private boolean within(Duration limit, Optional<Duration> then) {
    return then.filter(at -> now.minus(at).compareTo(limit) <= 0).isPresent();
  }
}
