package io.hasupervisor.assess.etcd;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.Chaos.Assessor;
import io.hasupervisor.assess.etcd.EtcdAssessor.Judgement;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.MemberList;
import io.hasupervisor.observe.etcd.MemberSeen;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random misfortune: nothing that is judged is better than the truth. */
final class ChaosTest {
  private static final int ROUNDS = 200;

  @Test
  void noJudgementIsBetterThanTheTruth() {
    for (long seed = 0; seed < 250; seed++) {
      run(seed, EtcdAssessor::assess);
    }
  }

  /** The checks are worth something: each of the mistakes that others make is found. */
  @ParameterizedTest
  @EnumSource(Mistake.class)
  void findsEachUsualMistake(Mistake mistake) {
    assertTrue(
        LongStream.range(0, 300).anyMatch(seed -> mistake.isFoundBy(seed)), "it was never found");
  }

  private static void run(long seed, Assessor assessor) {
    try {
      new Chaos(seed, assessor, "").run(ROUNDS);
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  /** Mistakes of other judges of etcd, and of ours while it was written. */
  enum Mistake {
    COUNT_FOR_PROOF(
        Chaos.PROOF,
        (before, round) -> {
          Judgement right = EtcdAssessor.assess(before, round);
          EtcdView view = right.view();
          boolean proven = view.available() >= view.quorum();
          return new Judgement(right.next(), changed(view, proven, view.canLose()));
        }),
    HEALTHY_BY_NAME(
        Chaos.SPARE,
        (before, round) -> {
          Judgement right = EtcdAssessor.assess(before, round);
          EtcdView view = right.view();
          int spare = view.proven() ? new Quorum(view.voters()).spare(view.healthy()) : 0;
          return new Judgement(right.next(), changed(view, view.proven(), spare));
        }),
    STORE_READ_FOR_PROOF(Chaos.PROOF, asked(member -> member.serializable().got())),
    STATUS_FOR_PROOF(Chaos.PROOF, asked(member -> member.status().got().map(StatusSeen::header))),
    PEER_PORT_FOR_PROOF(
        Chaos.PROOF,
        asked(
            member ->
                member.peer().ok()
                    ? member.status().got().map(StatusSeen::header)
                    : Optional.empty())),
    LEARNER_COUNTED(
        Chaos.SPARE,
        seen(
            round ->
                with(
                    round,
                    round.members().stream()
                        .map(member -> proven(member, learner(member)))
                        .toList(),
                    round.lists().stream().map(Mistake::allVote).toList(),
                    round.attestations()))),
    ATTESTED_BY_WALL_CLOCK(
        Chaos.SPARE,
        seen(
            round ->
                with(
                    round,
                    round.members(),
                    round.lists(),
                    round.attestations().got().isPresent()
                        ? Masters.got(
                            round.attestations().got().get().stream()
                                .map(word -> byWallClock(word, round))
                                .toList())
                        : round.attestations())));

    // A function without state; the compiler cannot know.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Assessor assessor;

    private final String claim;

    /**
     * A mistake.
     *
     * @param claim what it must be found to break
     */
    Mistake(String claim, Assessor assessor) {
      this.claim = claim;
      this.assessor = assessor;
    }

    boolean isFoundBy(long seed) {
      try {
        new Chaos(seed, assessor, claim).run(ROUNDS);
        return false;
      } catch (AssertionError _) {
        return true;
      }
    }

    private static Assessor seen(UnaryOperator<EtcdRound> misread) {
      return (before, round) -> EtcdAssessor.assess(before, misread.apply(round));
    }

    private static Assessor asked(Function<MemberEvidence, Optional<Header>> proof) {
      return seen(
          round ->
              with(
                  round,
                  round.members().stream()
                      .map(member -> proven(member, proof.apply(member)))
                      .toList(),
                  round.lists(),
                  round.attestations()));
    }

    private static Optional<Header> learner(MemberEvidence member) {
      return member
          .status()
          .got()
          .filter(StatusSeen::learner)
          .filter(status -> status.leader().isPresent())
          .map(StatusSeen::header);
    }

    private static MemberEvidence proven(MemberEvidence member, Optional<Header> proof) {
      return new MemberEvidence(
          member.url(),
          member.own(),
          member.listed(),
          member.unreachableByDesign(),
          proof.<Answer<Header>>map(Masters::got).orElse(member.linearizable()),
          member.serializable(),
          member.status(),
          member.peer());
    }

    private static MemberList allVote(MemberList list) {
      return new MemberList(
          list.by(),
          list.cluster(),
          list.linearizable(),
          list.members().stream()
              .map(m -> new MemberSeen(m.id(), m.name(), m.peerUrls(), m.clientUrls(), false))
              .toList());
    }

    /** Called new where its date is. */
    private static Attestation byWallClock(Attestation word, EtcdRound round) {
      boolean young = word.at().isAfter(round.wall().minusSeconds(75));
      return new Attestation(
          word.member(),
          word.cluster(),
          word.node(),
          word.machineId(),
          word.bootId(),
          young ? round.at().toNanos() : 0,
          word.revision(),
          word.applied(),
          word.version(),
          word.slow(),
          word.alarms(),
          word.healthy(),
          word.docker(),
          word.apiserver(),
          word.repair(),
          word.host(),
          word.at());
    }

    private static EtcdRound with(
        EtcdRound round,
        List<MemberEvidence> members,
        List<MemberList> lists,
        Answer<List<Attestation>> attestations) {
      return new EtcdRound(
          round.at(),
          round.wall(),
          round.took(),
          members,
          lists,
          attestations,
          round.metrics(),
          round.process(),
          round.elsewhere(),
          round.lock());
    }

    private static EtcdView changed(EtcdView view, boolean proven, int canLose) {
      return new EtcdView(
          view.state(),
          view.underlying(),
          view.since(),
          view.at(),
          view.external(),
          proven,
          view.proof(),
          view.proofVia(),
          view.voters(),
          view.learners(),
          view.quorum(),
          view.healthy(),
          view.available(),
          canLose,
          view.canLoseAvailable(),
          view.tolerance(),
          view.cluster(),
          view.leader(),
          view.term(),
          view.revision(),
          view.remembered(),
          view.alarms(),
          view.reasons(),
          view.unstable(),
          view.othersUnstable(),
          view.membersChanged(),
          view.members(),
          view.attested(),
          view.summary());
    }
  }
}
