package io.hasupervisor.assess.etcd;

import io.hasupervisor.assess.etcd.QuorumProof.Proof;
import io.hasupervisor.assess.etcd.Roster.Subject;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.MemberSeen;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges etcd after a round. */
public final class EtcdAssessor {
  private static final Answer<Header> NOT_ASKED = new Answer.NotAsked<>("not asked");

  private EtcdAssessor() {}

  /** What is thought now, and what is to be remembered for the next round. */
  public record Judgement(EtcdHistory next, EtcdView view) {}

  /** Pure; all times come from the round. */
  public static Judgement assess(EtcdHistory before, EtcdRound round) {
    Identity seen = before.identity().seen(round);
    Optional<EtcdId> cluster = seen.cluster();
    Roster roster = before.roster().after(round, cluster, answering(round, cluster));
    Scene scene = scene(before, round, cluster, roster);
    List<Judged> members =
        scene.subjects().stream()
            .map(subject -> Judged.of(scene, subject, before.member(subject, round.at())))
            .toList();
    List<Header> proofs = scene.proofs();
    Identity identity = seen.proven(proofs, index(scene, proofs), roster.own(), round.wall());
    QuorumProof proof = proof(before, scene, members);
    Accord accord =
        before
            .accord()
            .after(
                scene,
                Roster.eligible(round, cluster, answering(round, cluster)).toList(),
                strangers(round, cluster));
    Leadership leadership = before.leadership().after(scene.statuses().toList());
    ClusterRule rule =
        new ClusterRule(
            before.started(),
            round.at(),
            identity,
            accord,
            scene.alarms(),
            proof,
            Tally.of(members, roster.list().isPresent()),
            members);
    ClusterState state = rule.state();
    boolean unsettled =
        scene.late() || leadership.differs(before.leadership()) || changed(before.roster(), roster);
    boolean byOthers = members.stream().anyMatch(m -> !m.subject().own() && m.disturbs());
    boolean disturbed = unsettled || members.stream().anyMatch(Judged::disturbs);
    EtcdHistory next =
        new EtcdHistory(
            before.started(),
            before.period(),
            identity,
            roster,
            members.stream()
                .collect(Collectors.toMap(m -> m.subject().key(), Judged::track, (a, _) -> a)),
            scene.attestations(),
            scene.alarms(),
            proof,
            accord,
            leadership,
            disturbed ? round.at() : before.disturbed(),
            unsettled || byOthers ? round.at() : before.disturbedByOthers(),
            changed(before.roster(), roster) ? Optional.of(round.at()) : before.listChanged(),
            state,
            state == before.state() ? before.since() : round.at(),
            Optional.of(round.at()),
            doubt(scene, members, accord, state == ClusterState.QUORUM_LOST, proof));
    return new Judgement(next, Views.of(next, scene, rule, state));
  }

  private static Scene scene(
      EtcdHistory before, EtcdRound round, Optional<EtcdId> cluster, Roster roster) {
    List<Subject> subjects = roster.subjects(round);
    return Scene.of(
        round,
        before.late(round),
        cluster,
        subjects,
        before.alarms().after(Scene.statuses(subjects, cluster).toList()),
        before.attestations().after(round));
  }

  /** Through whom a linearizable read of the cluster succeeded in this round. */
  private static Set<EtcdId> answering(EtcdRound round, Optional<EtcdId> cluster) {
    return round.members().stream()
        .flatMap(member -> member.linearizable().got().stream())
        .filter(header -> cluster.filter(header.cluster()::equals).isPresent())
        .map(Header::member)
        .collect(Collectors.toSet());
  }

  private static boolean strangers(EtcdRound round, Optional<EtcdId> cluster) {
    return round.members().stream()
        .flatMap(member -> member.linearizable().got().stream())
        .anyMatch(header -> cluster.filter(c -> !c.equals(header.cluster())).isPresent());
  }

  /** Raft index of the furthest member that proved quorum. */
  private static long index(Scene scene, List<Header> proofs) {
    Set<EtcdId> proven = proofs.stream().map(Header::member).collect(Collectors.toSet());
    return scene
        .statuses()
        .filter(status -> proven.contains(status.header().member()))
        .mapToLong(StatusSeen::index)
        .max()
        .orElse(0);
  }

  private static QuorumProof proof(EtcdHistory before, Scene scene, List<Judged> members) {
    EtcdRound round = scene.round();
    QuorumProof known = elsewhere(before.proof().of(scene.cluster()), round);
    Optional<Proof> newest =
        members.stream()
            .flatMap(member -> proof(scene, member.subject()).stream())
            .max(Comparator.comparing(Proof::at));
    if (newest.isPresent()) {
      return known.after(newest.get());
    }
    // What was called lost before the pause is lost after it too.
    return scene.late() && before.state() != ClusterState.QUORUM_LOST
        ? known.afterLate()
        : known.afterNone(
            round.at().minus(round.took()), round.at(), ClusterRule.gone(scene, members));
  }

  /** A read of a voter of the cluster, whoever was asked. */
  private static Optional<Proof> proof(Scene scene, Subject subject) {
    return switch (subject.evidence().map(MemberEvidence::linearizable).orElse(NOT_ASKED)) {
      case Answer.Got<Header>(Header header, Duration took) ->
          scene.proofs().contains(header)
              ? Optional.of(
                  new Proof(
                      scene.answeredAt(took),
                      header.member(),
                      subject.called(),
                      header.cluster(),
                      header.revision()))
              : Optional.empty();
      case Answer.Failed<Header> _, Answer.NotAsked<Header> _ -> Optional.empty();
    };
  }

  private static QuorumProof elsewhere(QuorumProof proof, EtcdRound round) {
    return switch (round.elsewhere()) {
      case Answer.Got<String> got -> proof.elsewhere(Optional.of(got.value()), round.at());
      case Answer.Failed<String> _ -> proof.elsewhere(Optional.empty(), round.at());
      case Answer.NotAsked<String> _ -> proof;
    };
  }

  /** Whether members came, went, or became voters. */
  private static boolean changed(Roster before, Roster now) {
    return before.list().isPresent() && !roles(before).equals(roles(now));
  }

  private static Map<EtcdId, Boolean> roles(Roster roster) {
    return roster.list().stream()
        .flatMap(list -> list.members().stream())
        .collect(Collectors.toMap(MemberSeen::id, MemberSeen::learner, (one, _) -> one));
  }

  private static boolean doubt(
      Scene scene, List<Judged> members, Accord accord, boolean lost, QuorumProof proof) {
    Duration at = scene.round().at();
    return scene.late()
        || members.stream().anyMatch(member -> member.track().doubtful(at))
        || (accord.since().isPresent() && !accord.lasting())
        || (!lost && proof.doubtful(at));
  }
}
