package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.decide.disruption.Disruption.Origin;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Claims that hold for whatever evidence there is, probable or not. */
class RandomScenesTest {
  private static final int SCENES = 30_000;
  private static final List<Disruption> WANTED =
      List.of(
          Evidence.RESTART,
          Evidence.START,
          Evidence.STOP,
          Evidence.ORDER,
          Evidence.REBOOT,
          Evidence.PLACE_ETCD,
          new Disruption(Disruption.Kind.RESTART, "docker", Origin.ROLLING),
          new Disruption(Disruption.Kind.START, "docker", Origin.INIT));

  private static final Set<ClusterState> SPENDABLE =
      EnumSet.of(
          ClusterState.QUORUM_FULL, ClusterState.QUORUM_DEGRADED, ClusterState.QUORUM_AT_RISK);

  private interface Claim {
    void holds(Evidence evidence, Disruption wanted, long seed);
  }

  private static void always(Claim claim) {
    for (long seed = 0; seed < SCENES; seed++) {
      Random random = new Random(seed);
      Evidence evidence = random(random);
      claim.holds(evidence, WANTED.get(random.nextInt(WANTED.size())), seed);
    }
  }

  /** Mostly well, so that what is permitted is reached; anything may be amiss. */
  private static Evidence random(Random random) {
    Evidence evidence = Evidence.of(1 + random.nextInt(5));
    evidence.state =
        random.nextInt(3) > 0 ? pick(random, SPENDABLE) : any(random, ClusterState.values());
    evidence.proven = random.nextInt(8) > 0;
    evidence.proof = ago(random, 25);
    evidence.at = Evidence.NOW.minusMillis(random.nextInt(25_000));
    for (Evidence.Member member : evidence.members) {
      member.state =
          random.nextInt(4) > 0 ? MemberState.HEALTHY : any(random, MemberState.values());
      member.learner = random.nextInt(20) == 0;
      member.lag = random.nextInt(12) == 0 ? 2000 : 0;
      member.answered = random.nextBoolean();
      member.proof = random.nextInt(10) == 0 ? ago(random, 100) : ago(random, 40);
    }
    evidence.learners = random.nextInt(20) == 0 ? 1 : 0;
    evidence.alarms = random.nextInt(15) == 0 ? List.of("NOSPACE 1") : List.of();
    evidence.reasons = random.nextInt(15) == 0 ? List.of("NO_MEMBER_LIST") : List.of();
    evidence.othersUnstable = random.nextInt(6) == 0 ? ago(random, 90) : Optional.empty();
    evidence.membersChanged = random.nextInt(6) == 0 ? ago(random, 500) : Optional.empty();
    evidence.process =
        switch (random.nextInt(8)) {
          case 0 -> new ProcessSeen.Absent();
          case 1 -> new ProcessSeen.Unknown("");
          default -> new ProcessSeen.Alive(7, 'S', 1);
        };
    evidence.ownApiserver = random.nextBoolean();
    evidence.apiserverDead = random.nextInt(4) == 0 ? ago(random, 900) : Optional.empty();
    evidence.otherApiservers = random.nextInt(6) == 0 ? List.of() : List.of("m2");
    evidence.busy = random.nextInt(10) == 0 ? List.of("m2") : List.of();
    evidence.maintenance = random.nextInt(15) == 0;
    evidence.dataLost = random.nextInt(25) == 0;
    evidence.up = random.nextInt(10) == 0 ? Duration.ofSeconds(90) : Evidence.NOW;
    evidence.dockerSick = ago(random, 900);
    evidence.pastSince = random.nextInt(6) == 0 ? ago(random, 1200) : Optional.empty();
    if (random.nextInt(6) == 0) {
      evidence.log = new RepairLog(ago(random, 4000).stream().toList(), random.nextInt(3));
    }
    return evidence;
  }

  private static Optional<Duration> ago(Random random, int seconds) {
    return Optional.of(Evidence.NOW.minusMillis(random.nextInt(seconds * 1000)));
  }

  private static <T> T any(Random random, T[] all) {
    return all[random.nextInt(all.length)];
  }

  private static <T> T pick(Random random, Set<T> all) {
    return all.stream().sorted().skip(random.nextInt(all.size())).findFirst().orElseThrow();
  }

  /** Whether it is let through though a living voter of this host may be spent. */
  private static boolean spends(Evidence evidence, Disruption wanted) {
    return evidence.refused(wanted).isEmpty()
        && !(evidence.process instanceof ProcessSeen.Absent)
        && evidence.state != ClusterState.SINGLE;
  }

  private static long othersHeardOf(Evidence evidence, Duration limit) {
    return evidence.members.stream()
        .skip(1)
        .filter(member -> !member.learner)
        .filter(
            member ->
                member.state == MemberState.HEALTHY
                    || member.state == MemberState.UNREACHABLE_ATTESTED)
        .filter(member -> Evidence.NOW.minus(member.proof.orElseThrow()).compareTo(limit) <= 0)
        .count();
  }

  @Test
  void noLivingVoterIsSpentWhereTooFewOthersAreKnownToBeWell() {
    int[] spent = new int[1];
    always(
        (evidence, wanted, seed) -> {
          if (spends(evidence, wanted)) {
            spent[0]++;
            long voters = evidence.members.stream().filter(m -> !m.learner).count();
            assertTrue(
                othersHeardOf(evidence, Duration.ofSeconds(75)) >= voters / 2 + 1, "seed " + seed);
          }
        });
    assertTrue(spent[0] > SCENES / 100, "enough of them are let through: " + spent[0]);
  }

  @Test
  void noLivingVoterIsSpentOnAProofThatIsStale() {
    always(
        (evidence, wanted, seed) -> {
          if (spends(evidence, wanted)) {
            assertTrue(
                evidence.proven
                    && Evidence.NOW.minus(evidence.proof.orElseThrow()).toMillis() <= 15_000,
                "seed " + seed);
          }
        });
  }

  @Test
  void noLivingVoterIsSpentInAnotherStateOrNextToAnAlarmOrAnotherRepair() {
    always(
        (evidence, wanted, seed) -> {
          if (spends(evidence, wanted)) {
            assertTrue(SPENDABLE.contains(evidence.state), "seed " + seed);
            assertEquals(List.of(), evidence.alarms, "seed " + seed);
            assertEquals(List.of(), evidence.busy, "seed " + seed);
            assertEquals(0, evidence.learners, "seed " + seed);
            assertFalse(evidence.dataLost && wanted.kind() != Disruption.Kind.STOP, "seed " + seed);
          }
        });
  }

  @Test
  void whatSpendsALivingVoterTakesTheLock() {
    always(
        (evidence, wanted, seed) -> {
          if (spends(evidence, wanted)) {
            assertTrue(
                evidence.ruling(wanted) instanceof Ruling.Locked(boolean vote, boolean _) && vote,
                "seed " + seed);
          }
        });
  }

  @Test
  void whatIsRightBeforeActingWasRightBefore() {
    always(
        (evidence, wanted, seed) -> {
          Duration locked = Evidence.NOW.minusSeconds(30);
          if (Gate.rightBefore(evidence.settings, wanted, evidence.scene(), locked, Evidence.NOW)
              .isEmpty()) {
            assertTrue(
                evidence.members.stream()
                        .skip(1)
                        .filter(m -> m.proof.orElseThrow().compareTo(locked) > 0)
                        .count()
                    >= evidence.members.stream().filter(m -> !m.learner).count() / 2 + 1,
                "seed " + seed);
            assertTrue(Evidence.NOW.minus(evidence.at).toMillis() <= 2000, "seed " + seed);
          }
        });
  }

  /** Each makes what is known worse. */
  private static Map<String, Consumer<Evidence>> worse() {
    Map<String, Consumer<Evidence>> worse = new LinkedHashMap<>();
    worse.put("not proven", e -> e.proven = false);
    worse.put("no proof", e -> e.proof = Optional.empty());
    worse.put("older proof", e -> e.proof = e.proof.map(at -> at.minusSeconds(15)));
    worse.put("lost", e -> e.state = ClusterState.QUORUM_LOST);
    worse.put("unknown", e -> e.state = ClusterState.QUORUM_UNKNOWN);
    worse.put("corrupt", e -> e.state = ClusterState.CORRUPT);
    worse.put("regression", e -> e.state = ClusterState.DATA_REGRESSION);
    worse.put("healthy ones down", e -> healthy(e, m -> m.state = MemberState.DOWN));
    worse.put("healthy ones slow", e -> healthy(e, m -> m.state = MemberState.DEGRADED));
    worse.put("healthy ones silent", e -> healthy(e, m -> m.proof = Optional.empty()));
    worse.put("another behind", e -> e.members.getLast().lag = 5000);
    worse.put("learner", e -> e.learners = 1);
    worse.put("changed", e -> e.membersChanged = Optional.of(Evidence.NOW));
    worse.put("alarm", e -> e.alarms = List.of("NOSPACE 1"));
    worse.put("unstable", e -> e.othersUnstable = Optional.of(Evidence.NOW));
    worse.put("no other apiserver", e -> e.otherApiservers = List.of());
    worse.put("busy", e -> e.busy = List.of("m3"));
    worse.put("just before", e -> e.pastSince = Optional.of(Evidence.NOW));
    worse.put("maintenance", e -> e.maintenance = true);
    worse.put("booted", e -> e.up = Duration.ZERO);
    worse.put("repaired", e -> e.log = new RepairLog(List.of(Evidence.NOW), 2));
    worse.put("data lost", e -> e.dataLost = true);
    worse.put("unlisted", e -> e.reasons = List.of("NO_MEMBER_LIST"));
    return worse;
  }

  private static void healthy(Evidence evidence, Consumer<Evidence.Member> make) {
    evidence.members.stream().skip(1).filter(m -> m.state == MemberState.HEALTHY).forEach(make);
  }

  @Test
  void worseEvidenceNeverTurnsARefusalIntoAGrant() {
    Map<String, Consumer<Evidence>> worse = worse();
    always(
        (evidence, wanted, seed) -> {
          // Where no etcd lives, a lost quorum is a reason to hurry; a lone member has no others.
          boolean refused =
              evidence.refused(wanted).isPresent()
                  && !(evidence.process instanceof ProcessSeen.Absent)
                  && evidence.members.size() > 1;
          if (refused) {
            worse.forEach(
                (name, make) -> {
                  Evidence same = random(new Random(seed));
                  make.accept(same);
                  assertTrue(same.refused(wanted).isPresent(), name + ", seed " + seed);
                });
          }
        });
  }

  @Test
  void whatIsDeadIsStartedWhateverElseIsSoButForItsData() {
    always(
        (evidence, wanted, seed) -> {
          evidence.dead();
          Optional<GateReason> refused = evidence.refused(Evidence.START);
          boolean data = evidence.dataLost || evidence.state == ClusterState.DATA_REGRESSION;
          assertEquals(data, refused.isPresent(), "seed " + seed);
        });
  }

  /** No refusal over a dead etcd outlives its cause, or what somebody can take away. */
  @Test
  void aHungDockerOverADeadEtcdIsNeverWaitedForForEver() {
    Set<GateReason> byHand =
        EnumSet.of(
            GateReason.DATA_REGRESSION,
            GateReason.DATA_DIR_LOST,
            GateReason.MAINTENANCE,
            GateReason.LAST_APISERVER);
    always(
        (evidence, wanted, seed) -> {
          evidence.dead();
          evidence.dockerSick = Optional.of(Duration.ZERO);
          evidence.log = RepairLog.EMPTY;
          evidence
              .refused(Evidence.RESTART)
              .ifPresent(reason -> assertTrue(byHand.contains(reason), reason + ", seed " + seed));
        });
  }
}
