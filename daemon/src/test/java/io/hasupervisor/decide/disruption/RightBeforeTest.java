package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.MemberState;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gate once more, while the lock is held. */
class RightBeforeTest {
  private static final Duration LOCKED = Evidence.NOW.minusSeconds(20);

  private static Optional<GateReason> rightBefore(Evidence evidence) {
    return Gate.rightBefore(
            evidence.settings, Evidence.RESTART, evidence.scene(), LOCKED, evidence.now)
        .map(GateRefusal::reason);
  }

  @Test
  void actsOnEvidenceThatIsNewerThanTheLock() {
    assertEquals(Optional.empty(), rightBefore(Evidence.three()));
  }

  @Test
  void aVoterThatWasNotHeardOfSinceTheLockDoesNotCount() {
    Evidence evidence = Evidence.three();
    evidence.member(3).proof = Optional.of(LOCKED);
    assertEquals(Optional.of(GateReason.EVIDENCE_OLD), rightBefore(evidence));
    evidence.member(3).proof = Optional.of(LOCKED.plusMillis(1));
    assertEquals(Optional.empty(), rightBefore(evidence));
  }

  @Test
  void aVoterThatIsDownAnywayIsNotWaitedFor() {
    Evidence evidence =
        Evidence.of(5)
            .in(ClusterState.QUORUM_DEGRADED)
            .states(
                MemberState.HEALTHY,
                MemberState.UNREACHABLE,
                MemberState.HEALTHY,
                MemberState.HEALTHY,
                MemberState.HEALTHY);
    // A round lasts as long as the member that does not answer.
    evidence.proof = Optional.of(Evidence.NOW.minusSeconds(7));
    assertEquals(Optional.empty(), rightBefore(evidence));
  }

  @Test
  void attestationsOfBeforeTheLockDoNotDo() {
    Evidence evidence =
        Evidence.three().attest(2, Duration.ofSeconds(5)).attest(3, Duration.ofSeconds(25));
    assertEquals(Optional.of(GateReason.EVIDENCE_OLD), rightBefore(evidence));
    evidence.member(3).proof = Optional.of(Evidence.NOW.minusSeconds(15));
    assertEquals(Optional.empty(), rightBefore(evidence));
  }

  @Test
  void aRoundThatEndedThreeSecondsAgoIsTooOld() {
    Evidence evidence = Evidence.three();
    evidence.at = Evidence.NOW.minusSeconds(3);
    assertEquals(Optional.of(GateReason.EVIDENCE_OLD), rightBefore(evidence));
  }

  @Test
  void aProofOfBeforeTheRoundIsTooOld() {
    Evidence evidence = Evidence.three();
    evidence.proof = Optional.of(Evidence.NOW.minusSeconds(11));
    assertEquals(Optional.of(GateReason.EVIDENCE_OLD), rightBefore(evidence));
  }

  @ParameterizedTest
  @MethodSource("io.hasupervisor.decide.disruption.Broken#votes")
  void whatChangedSinceTheLockIsSeenRightBefore(Broken one) {
    Evidence evidence = Evidence.three();
    one.breaks().accept(evidence);
    assertEquals(Optional.of(one.reason()), rightBefore(evidence));
  }
}
