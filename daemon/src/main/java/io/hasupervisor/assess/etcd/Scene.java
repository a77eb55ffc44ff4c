package io.hasupervisor.assess.etcd;

import io.hasupervisor.assess.etcd.Roster.Subject;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One round in the light of what was known before: what each member is judged by.
 *
 * @param late whether the round tells more of this host than of etcd: silence in it means nothing
 * @param cluster that is judged
 * @param subjects who is judged
 * @param versions of the members that told theirs
 * @param furthest raft index up to which the furthest member has applied; 0 where none told
 */
record Scene(
    EtcdRound round,
    boolean late,
    Optional<EtcdId> cluster,
    List<Subject> subjects,
    Alarms alarms,
    Attestations attestations,
    Versions versions,
    long furthest) {

  static Scene of(
      EtcdRound round,
      boolean late,
      Optional<EtcdId> cluster,
      List<Subject> subjects,
      Alarms alarms,
      Attestations attestations) {
    long furthest = statuses(subjects, cluster).mapToLong(StatusSeen::applied).max().orElse(0);
    Versions versions =
        new Versions(subjects.stream().map(Versions::told).flatMap(Optional::stream).toList());
    return new Scene(round, late, cluster, subjects, alarms, attestations, versions, furthest);
  }

  /** Of members of the cluster; a foreign one's word is no word about it. */
  static Stream<StatusSeen> statuses(List<Subject> subjects, Optional<EtcdId> cluster) {
    return subjects.stream()
        .flatMap(subject -> subject.evidence().stream())
        .flatMap(seen -> seen.status().got().stream())
        .filter(status -> cluster.filter(status.header().cluster()::equals).isPresent());
  }

  Stream<StatusSeen> statuses() {
    return statuses(subjects, cluster);
  }

  /**
   * The voters through which a linearizable read succeeded in this round (P): in the cluster, and
   * known to vote.
   */
  List<Header> proofs() {
    return subjects.stream()
        .flatMap(subject -> subject.evidence().stream())
        .flatMap(seen -> seen.linearizable().got().stream())
        .filter(header -> cluster.filter(header.cluster()::equals).isPresent())
        .filter(header -> votes(header.member()))
        .distinct()
        .toList();
  }

  /** No later than the moment at which a question was answered that took so long. */
  Duration answeredAt(Duration took) {
    Duration within = took.compareTo(round.took()) < 0 ? took : round.took();
    return round.at().minus(round.took()).plus(within);
  }

  private boolean votes(EtcdId member) {
    return subjects.stream()
        .anyMatch(subject -> subject.voter() && subject.id().filter(member::equals).isPresent());
  }

  /** Whether this member says that it knows no leader; a foreign one's word does not count. */
  boolean leaderless(MemberEvidence seen) {
    Optional<StatusSeen> status = seen.status().got();
    boolean ours =
        Identity.clusters(seen).allMatch(named -> cluster.filter(c -> !c.equals(named)).isEmpty());
    return ours
        && (status.filter(s -> s.leader().isEmpty() || saysNoLeader(s)).isPresent()
            || seen.linearizable().failure().filter(Fault.NO_LEADER::equals).isPresent());
  }

  private static boolean saysNoLeader(StatusSeen status) {
    return status.errors().stream().anyMatch(error -> error.contains("no leader"));
  }
}
